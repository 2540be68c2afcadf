package dev.rotor.gridfs;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is written into chunks, sends them in batches, several of which are under way at once, and stores the
 * document of the file when all of them have arrived. A state machine whose steps happen one at a time.
 */
final class UploadStream implements GridFsUpload {

    private static final int MAX_IN_FLIGHT = 3;
    private static final int FIRST_ALLOCATION = 8 * 1024;
    /** What a chunk costs besides its bytes, in memory and on the wire: it matters where chunks are tiny. */
    private static final int CHUNK_OVERHEAD = 128;

    private static final byte[] NOTHING = new byte[0];

    private enum State {
        OPEN,
        /** No more writes; what is there is being sent. */
        CLOSING,
        CLOSED,
        FAILED,
        /** What was sent is being awaited, then deleted. */
        ABORTING,
        ABORTED
    }

    private final BucketView bucket;
    private final BsonValue id;
    private final Limit limit;
    private final BsonDocument document;
    private final int chunkSize;
    private final long batchBytes;
    private final int maxInFlight;
    private final Turns turns = new Turns();
    private final CompletableFuture<GridFsFile> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();

    // Touched in turns only.
    private State state = State.OPEN;
    private @Nullable Throwable failure;
    private @Nullable ByteBuffer source;
    private @Nullable CompletableFuture<Void> written;
    private byte[] chunk = NOTHING;
    private int chunkLength;
    private List<Chunk> batch = new ArrayList<>();
    private long batched;
    private long length;
    private long chunks;
    private int inFlight;
    private boolean somethingSent;
    private boolean lookingAtIndexes;
    private boolean storingFile;
    private boolean abortWhenKnown;

    UploadStream(BucketView bucket, BsonValue id, String filename, GridFsUploadOptions options, Limit limit) {
        this.bucket = bucket;
        this.id = id;
        this.limit = limit;
        Integer ownChunkSize = options.chunkSizeBytes();
        this.chunkSize = ownChunkSize == null ? bucket.chunkSizeBytes() : ownChunkSize;
        // One batch is being filled while the others are under way.
        this.batchBytes = Math.max(chunkSize, (long) bucket.bufferBytes() / (MAX_IN_FLIGHT + 1));
        this.maxInFlight = bucket.inSession()
                ? 1
                : (int) Math.max(1, Math.min(MAX_IN_FLIGHT, bucket.bufferBytes() / batchBytes - 1));
        this.document = new BsonDocument("_id", id)
                .append("length", new BsonInt64(0))
                .append("chunkSize", new BsonInt32(chunkSize))
                .append("uploadDate", new BsonDateTime(0))
                .append("filename", new BsonString(filename));
        if (options.metadata() != null) {
            document.append("metadata", options.metadata().toBsonDocument(BsonDocument.class, bucket.codecRegistry()));
        }
    }

    @Override
    public BsonValue id() {
        return id;
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer from) {
        Objects.requireNonNull(from, "source");
        CompletableFuture<Void> done = new CompletableFuture<>();
        turns.run(() -> accept(from, done));
        return done;
    }

    @Override
    public CompletionStage<GridFsFile> closeAsync() {
        turns.run(() -> {
            if (state == State.OPEN) {
                state = State.CLOSING;
                goOn();
            }
        });
        return closed;
    }

    @Override
    public CompletionStage<Void> abort() {
        turns.run(() -> {
            switch (state) {
                case OPEN, CLOSING, FAILED -> {
                    // Whether the file's document is stored decides whether there still is something to abort.
                    abortWhenKnown = storingFile;
                    if (!storingFile) {
                        beginAbort();
                    }
                }
                case CLOSED -> tooLateToAbort();
                case ABORTING, ABORTED -> {
                    // Under way, or done.
                }
            }
        });
        return aborted;
    }

    // ---- in turns ----

    private void tooLateToAbort() {
        aborted.completeExceptionally(new IllegalStateException("file " + id + " is complete already"));
    }

    private void accept(ByteBuffer from, CompletableFuture<Void> done) {
        if (failure != null) {
            done.completeExceptionally(failure);
        } else if (state != State.OPEN) {
            done.completeExceptionally(new IllegalStateException("the upload of file " + id + " has ended"));
        } else if (source != null) {
            done.completeExceptionally(
                    new IllegalStateException("a write to file " + id + " began before the last one was complete"));
        } else {
            source = from;
            written = done;
            goOn();
        }
    }

    /** Does what can be done now; called again whenever something has changed. */
    private void goOn() {
        for (ByteBuffer from = source; from != null && isLive(); from = source) {
            if (batched >= batchBytes && !send()) {
                return;
            }
            if (from.hasRemaining()) {
                fill(from);
            } else {
                CompletableFuture<Void> done = Objects.requireNonNull(written);
                source = null;
                written = null;
                done.complete(null);
            }
        }
        if (state == State.CLOSING) {
            finish();
        } else if (state == State.OPEN && batched >= batchBytes) {
            send();
        } else if (state == State.ABORTING && inFlight == 0) {
            deleteChunks();
        }
    }

    private boolean isLive() {
        return state == State.OPEN || state == State.CLOSING;
    }

    private void fill(ByteBuffer from) {
        int wanted = Math.min(from.remaining(), chunkSize - chunkLength);
        if (chunk.length - chunkLength < wanted) {
            int size = Math.max(chunkLength + wanted, Math.max(FIRST_ALLOCATION, 2 * chunk.length));
            chunk = Arrays.copyOf(chunk, Math.min(chunkSize, size));
        }
        from.get(chunk, chunkLength, wanted);
        chunkLength += wanted;
        if (chunkLength == chunkSize) {
            chunkIsFull();
        }
    }

    private void chunkIsFull() {
        byte[] data = chunkLength == chunk.length ? chunk : Arrays.copyOf(chunk, chunkLength);
        batch.add(new Chunk(new ObjectId(), id, chunks, data));
        chunks++;
        batched += chunkLength + CHUNK_OVERHEAD;
        length += chunkLength;
        chunk = NOTHING;
        chunkLength = 0;
    }

    /** Sends the batch. Returns whether there is room for the next one now. */
    private boolean send() {
        if (inFlight >= maxInFlight || !indexesAreThere()) {
            return false;
        }
        List<Chunk> sent = batch;
        batch = new ArrayList<>();
        batched = 0;
        inFlight++;
        somethingSent = true;
        Stages.start(() -> limit.apply(bucket.chunks()).insertMany(sent))
                .whenComplete((result, failed) -> turns.run(() -> {
                    inFlight--;
                    arrived(failed);
                }));
        return true;
    }

    /** Whether something may be written; if not, it is seen to. */
    private boolean indexesAreThere() {
        if (bucket.indexes().ready()) {
            return true;
        }
        if (!lookingAtIndexes) {
            lookingAtIndexes = true;
            Stages.start(() -> bucket.indexes().ensure(limit))
                    .whenComplete((none, failed) -> turns.run(() -> {
                        lookingAtIndexes = false;
                        arrived(failed);
                    }));
        }
        return false;
    }

    private void arrived(@Nullable Throwable failed) {
        if (failed != null && isLive()) {
            fail(failed, State.FAILED);
        }
        goOn();
    }

    private void finish() {
        if (chunkLength > 0) {
            chunkIsFull();
        }
        boolean allSent = batch.isEmpty() || send();
        if (!allSent || inFlight > 0 || storingFile || !indexesAreThere()) {
            return;
        }
        storingFile = true;
        document.put("length", new BsonInt64(length));
        document.put("uploadDate", new BsonDateTime(bucket.time().now().toEpochMilli()));
        GridFsFile file = new GridFsFile(document, bucket.codecRegistry());
        Stages.start(() -> limit.apply(bucket.files()).insertOne(file))
                .whenComplete((result, failed) -> turns.run(() -> stored(file, failed)));
    }

    private void stored(GridFsFile file, @Nullable Throwable failed) {
        storingFile = false;
        if (failed == null) {
            state = State.CLOSED;
            closed.complete(file);
            if (abortWhenKnown) {
                tooLateToAbort();
            }
        } else {
            fail(failed, State.FAILED);
            if (abortWhenKnown) {
                beginAbort();
            }
        }
    }

    private void fail(Throwable why, State next) {
        state = next;
        failure = why;
        source = null;
        batch = new ArrayList<>();
        batched = 0;
        chunk = NOTHING;
        chunkLength = 0;
        CompletableFuture<Void> pending = written;
        written = null;
        if (pending != null) {
            pending.completeExceptionally(why);
        }
        closed.completeExceptionally(why);
    }

    private void beginAbort() {
        if (state == State.FAILED) {
            state = State.ABORTING;
        } else {
            fail(new MongoGridFsException(Reason.ABORTED, "The upload of file " + id + " was aborted"), State.ABORTING);
        }
        goOn();
    }

    private void deleteChunks() {
        if (lookingAtIndexes) {
            return;
        }
        state = State.ABORTED;
        if (!somethingSent) {
            aborted.complete(null);
            return;
        }
        Stages.start(() -> limit.apply(bucket.chunks()).deleteMany(new BsonDocument("files_id", id)))
                .whenComplete((result, failed) -> {
                    if (failed == null) {
                        aborted.complete(null);
                    } else {
                        aborted.completeExceptionally(failed);
                    }
                });
    }
}
