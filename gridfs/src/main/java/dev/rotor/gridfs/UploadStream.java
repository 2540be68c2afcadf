package dev.rotor.gridfs;

import dev.rotor.driver.MongoWriteException;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.gridfs.MongoGridFsException.Reason;
import dev.rotor.gridfs.internal.Sha256;
import dev.rotor.gridfs.internal.Stages;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is written into chunks, sends them in batches, several of which are under way at once, and stores the
 * document of the file when all of them have arrived. A state machine whose steps happen one at a time.
 */
final class UploadStream implements GridFsUpload {

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
    private final boolean idIsOurs;
    private final String filename;
    private final Limit limit;
    private final FileDocument document;
    private final int chunkSize;
    private final UploadBudget budget;
    private final @Nullable MessageDigest digest;
    private final @Nullable GridFsProgress progress;
    private final Turns turns = new Turns();
    private final CompletableFuture<GridFsFile> closed;
    private final CompletableFuture<Void> aborted;

    // Written in turns only, read by anyone.
    private volatile long taken;
    private volatile boolean ended;
    private volatile boolean broken;

    // Touched in turns only.
    private State state = State.OPEN;
    private @Nullable Throwable failure;
    /** The write under way: a buffer to be copied or a source to be asked, and who waits for it. */
    private @Nullable ByteBuffer pushed;

    private @Nullable ContentSource pulled;
    private @Nullable CompletableFuture<Void> written;
    /** Whether the source was asked and has not answered. */
    private boolean reading;

    private final ChunkBuffer chunk;
    private final SentDocuments sent;
    private List<Chunk> batch = new ArrayList<>();
    private long chunks;
    private long acknowledged;
    private long total = -1;
    private int inFlight;
    private boolean someArrived;
    private boolean lookingAtIndexes;
    private boolean storingFile;
    private boolean abortWhenKnown;

    UploadStream(
            BucketView bucket,
            BsonValue id,
            boolean idIsOurs,
            String filename,
            GridFsUploadOptions options,
            Limit limit) {
        this.bucket = bucket;
        this.id = id;
        this.idIsOurs = idIsOurs;
        this.filename = filename;
        this.limit = limit;
        this.closed = bucket.newFuture();
        this.aborted = bucket.newFuture();
        Integer ownChunkSize = options.chunkSizeBytes();
        this.chunkSize = ownChunkSize == null ? bucket.chunkSizeBytes() : ownChunkSize;
        this.budget = UploadBudget.of(bucket.bufferBytes(), chunkSize, bucket.inSession());
        this.digest = options.sha256() ? Sha256.begin() : null;
        this.progress = options.progress();
        this.chunk = new ChunkBuffer(chunkSize, digest);
        this.sent = new SentDocuments(id, idIsOurs);
        this.document = new FileDocument(id, filename, chunkSize, options, bucket.codecRegistry());
    }

    // ---- what it is ----

    @Override
    public BsonValue id() {
        return id;
    }

    @Override
    public String filename() {
        return filename;
    }

    @Override
    public int chunkSizeBytes() {
        return chunkSize;
    }

    @Override
    public long length() {
        return taken;
    }

    @Override
    public boolean isClosed() {
        return ended;
    }

    /** Whether it has ended because a command failed: then the specification wants no attempt to clean up. */
    boolean isBroken() {
        return broken;
    }

    /** Hears why it fails, as soon as it does: also while nothing is written. */
    void onFailure(Consumer<? super Throwable> hears) {
        closed.whenComplete((file, why) -> {
            if (why != null) {
                hears.accept(why);
            }
        });
    }

    // ---- writing ----

    @Override
    public CompletionStage<Void> write(ByteBuffer source) {
        Objects.requireNonNull(source, "source");
        CompletableFuture<Void> done = bucket.newFuture();
        turns.run(() -> accept(source, null, done));
        return done;
    }

    @Override
    public CompletionStage<Void> write(Iterable<ByteBuffer> sources) {
        Objects.requireNonNull(sources, "sources");
        CompletableFuture<Void> all = bucket.newFuture();
        SeveralWrites.begin(this, sources, all);
        return all;
    }

    /** Writes all that a source has. When it fails, so does the stage, but not the upload. */
    CompletionStage<Void> writeAll(ContentSource source) {
        CompletableFuture<Void> done = bucket.newFuture();
        turns.run(() -> accept(null, source, done));
        return done;
    }

    /** How many bytes will be written, for those who hear of the progress. */
    void expect(long length) {
        turns.run(() -> total = length);
    }

    @Override
    public OutputStream asOutputStream() {
        return new UploadOutputStream(this, bucket.newFuture());
    }

    @Override
    public AsynchronousByteChannel asChannel() {
        return new UploadChannel(this, bucket.newFuture());
    }

    @Override
    public CompletionStage<Void> setMetadata(String name, @Nullable Object value) {
        FileDocument.checkName(name);
        BsonValue encoded = FileDocument.encode(value, bucket.codecRegistry());
        CompletableFuture<Void> done = bucket.newFuture();
        turns.run(() -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (state == State.CLOSED || storingFile) {
                Stages.relay(closed.thenCompose(file -> updateMetadata(name, encoded)), done);
            } else {
                document.put(name, encoded);
                done.complete(null);
            }
        });
        return done;
    }

    private CompletionStage<Void> updateMetadata(String name, BsonValue value) {
        BsonDocument set = new BsonDocument("$set", new BsonDocument("metadata." + name, value));
        // The time of the upload has ended; this is an operation of its own.
        CompletionStage<UpdateResult> updated =
                bucket.limit().apply(bucket.files()).updateOne(new BsonDocument("_id", id), set);
        return updated.thenAccept(result -> {
            if (result.isAcknowledged() && result.matchedCount() == 0) {
                throw FileSelector.byId(id).notFound();
            }
        });
    }

    @Override
    public CompletionStage<GridFsFile> closeAsync() {
        turns.run(() -> {
            if (state == State.OPEN) {
                state = State.CLOSING;
                ended = true;
                Stages.onCancel(closed, this::abort);
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

    private void accept(@Nullable ByteBuffer buffer, @Nullable ContentSource source, CompletableFuture<Void> done) {
        Throwable refused = failure;
        if (refused == null && state != State.OPEN) {
            refused = new IllegalStateException("the upload of file " + id + " has ended: it was closed or aborted");
        } else if (refused == null && written != null) {
            refused = new IllegalStateException(
                    "a write to file " + id + " began before the last one was complete; chain the calls");
        }
        if (refused != null) {
            try {
                if (source != null) {
                    source.close();
                }
            } finally {
                done.completeExceptionally(refused);
            }
            return;
        }
        pushed = buffer;
        pulled = source;
        written = done;
        goOn();
    }

    /** Does what can be done now; called again whenever something has changed. */
    private void goOn() {
        try {
            step();
        } catch (Throwable e) {
            breakDown(e);
        }
    }

    /** Something failed that is neither a command nor a source: whoever waits is not to wait for ever. */
    private void breakDown(Throwable why) {
        if (isLive()) {
            fail(why, State.FAILED);
        } else {
            aborted.completeExceptionally(why);
        }
    }

    private void step() {
        while (written != null && isLive() && (!batchIsFull() || send())) {
            if (pushed != null && pushed.hasRemaining()) {
                chunk.fill(pushed);
                bytesCame();
            } else if (pulled != null) {
                if (reading) {
                    break;
                }
                ask(pulled);
            } else {
                endWrite(null);
            }
        }
        if (state == State.CLOSING && written == null) {
            finish();
        } else if (state == State.OPEN && batchIsFull()) {
            send();
        } else if (state == State.ABORTING && inFlight == 0) {
            deleteChunks();
        }
    }

    private boolean isLive() {
        return state == State.OPEN || state == State.CLOSING;
    }

    private boolean batchIsFull() {
        return batch.size() >= budget.chunksPerBatch();
    }

    /** Has a source write into the chunk. */
    private void ask(ContentSource source) {
        reading = true;
        ContentSource.Reply answer = new ContentSource.Reply() {
            @Override
            public void read(int bytes) {
                turns.run(() -> answered(source, bytes, null));
            }

            @Override
            public void failed(Throwable why) {
                turns.run(() -> answered(source, 0, why));
            }
        };
        try {
            source.read(chunk.room(total < 0 ? -1 : total - taken), answer);
        } catch (Throwable e) {
            answered(source, 0, e);
        }
    }

    private void answered(ContentSource source, int bytes, @Nullable Throwable why) {
        reading = false;
        if (pulled != source) {
            // The upload has ended meanwhile.
            source.close();
            return;
        }
        if (why != null || bytes < 0) {
            endWrite(why);
        } else {
            try {
                total = Math.max(total, source.total());
                chunk.advance(bytes);
                bytesCame();
            } catch (Throwable e) {
                breakDown(e);
            }
        }
        goOn();
    }

    /** Ends the write under way, whose source may have failed. */
    private void endWrite(@Nullable Throwable why) {
        CompletableFuture<Void> done = written;
        ContentSource source = pulled;
        written = null;
        pushed = null;
        pulled = null;
        try {
            // First, so that what a file is wanted for next finds it closed; one that is being read is closed later.
            if (source != null && !reading) {
                source.close();
            }
        } finally {
            if (done != null && why == null) {
                done.complete(null);
            } else if (done != null) {
                done.completeExceptionally(why);
            }
        }
    }

    private void bytesCame() {
        taken = chunks * chunkSize + chunk.length();
        if (chunk.isFull()) {
            chunkIsFull();
        }
    }

    private void chunkIsFull() {
        batch.add(new Chunk(new ObjectId(), id, chunks, chunk.take()));
        chunks++;
    }

    /** Sends the batch. Returns whether there is room for the next one now. */
    private boolean send() {
        // An id that is taken shows in the first batch; before that is known, nothing may follow that would then lie
        // among the chunks of somebody else's file.
        boolean onTrial = !idIsOurs && !sent.hasNoChunk() && !someArrived;
        if (inFlight >= budget.maxInFlight() || onTrial || !indexesAreThere()) {
            return false;
        }
        List<Chunk> sending = batch;
        batch = new ArrayList<>(sending.size());
        for (int i = 0; i < sending.size(); i++) {
            sent.add(Objects.requireNonNull(sending.get(i).id()));
        }
        inFlight++;
        Stages.start(() -> limit.apply(bucket.chunks()).insertMany(sending))
                .whenComplete((result, failed) -> turns.run(() -> {
                    inFlight--;
                    if (failed == null) {
                        acknowledged(sending);
                    }
                    arrived(failed);
                }));
        return true;
    }

    private void acknowledged(List<Chunk> arrivedChunks) {
        someArrived = true;
        for (int i = 0; i < arrivedChunks.size(); i++) {
            byte[] data = arrivedChunks.get(i).data();
            acknowledged += data.length;
            if (isLive()) {
                chunk.giveBack(data);
            }
        }
        if (progress != null && isLive()) {
            try {
                progress.transferred(acknowledged, total < acknowledged ? -1 : total);
            } catch (Throwable e) {
                // Whoever watches an upload does not decide about it.
            }
        }
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
            broken = true;
            fail(failed, State.FAILED);
        }
        goOn();
    }

    private void finish() {
        if (chunk.length() > 0) {
            chunkIsFull();
        }
        boolean allSent = batch.isEmpty() || send();
        if (!allSent || inFlight > 0 || storingFile || !indexesAreThere()) {
            return;
        }
        GridFsFile file = document.complete(taken, bucket.time().now(), digest == null ? null : digest.digest());
        storingFile = true;
        sent.add(file);
        Stages.start(() -> limit.apply(bucket.files()).insertOne(file))
                .whenComplete((result, failed) -> turns.run(() -> stored(file, failed)));
    }

    private void stored(GridFsFile file, @Nullable Throwable failed) {
        storingFile = false;
        if (failed == null) {
            state = State.CLOSED;
            chunk.clear();
            closed.complete(file);
            if (abortWhenKnown) {
                tooLateToAbort();
            }
        } else {
            if (failed instanceof MongoWriteException refused && refused.isDuplicateKey()) {
                // Then the file that is there is somebody else's.
                sent.withoutFile();
            }
            broken = true;
            fail(failed, State.FAILED);
            if (abortWhenKnown) {
                beginAbort();
            }
        }
    }

    private void fail(Throwable why, State next) {
        state = next;
        ended = true;
        failure = why;
        batch = List.of();
        chunk.clear();
        try {
            endWrite(why);
        } finally {
            closed.completeExceptionally(why);
        }
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
        Stages.relay(
                Stages.start(() -> sent.delete(() -> limit.apply(bucket.files()), () -> limit.apply(bucket.chunks()))),
                aborted);
    }
}
