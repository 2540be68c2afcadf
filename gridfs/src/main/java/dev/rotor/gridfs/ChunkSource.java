package dev.rotor.gridfs;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.gridfs.internal.Stages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.bson.BsonSerializationException;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a part of a file, as they come from one cursor. Belongs to the turns of whoever reads: all is called in
 * these.
 */
final class ChunkSource {

    private final DownloadStream stream;
    private final GridFsFile file;
    private final ChunkOrder order;
    private final Turns turns;

    private @Nullable AsyncCursor<RawBsonDocument> cursor;
    private List<RawBsonDocument> batch = List.of();
    private int next;
    private boolean noMore;
    private boolean asking;
    private boolean closed;

    /**
     * Asks for nothing yet.
     *
     * @throws MongoGridFsException if the file does not say how large it and its chunks are
     */
    ChunkSource(DownloadStream stream, GridFsFile file, ByteRange range, Turns turns) {
        this.stream = stream;
        this.file = file;
        this.order = new ChunkOrder(file, range);
        this.turns = turns;
        // Where nothing is wanted there is nothing to ask for.
        this.noMore = order.allThere();
    }

    /** Which chunks are wanted. */
    ChunkOrder order() {
        return order;
    }

    /** How many chunks are here, not yet taken. */
    int here() {
        return batch.size() - next;
    }

    /** Whether an answer of the server is awaited. */
    boolean isAsking() {
        return asking;
    }

    /** Whether all was taken, and the server has said that there is no more. */
    boolean hasEnded() {
        return noMore && here() == 0;
    }

    /**
     * The bytes of the next chunk that is here.
     *
     * @return the bytes, a view of the reply; {@code null} if the server has to be asked or has no more
     * @throws MongoGridFsException if the chunk is not the one that is expected, or missing
     * @throws MongoProtocolException if it is no BSON
     */
    @Nullable
    ByteBuffer poll() {
        while (next < batch.size()) {
            StoredChunk chunk = read(batch.get(next++));
            if (next == batch.size()) {
                // The reply's memory goes with the last one who uses it.
                batch = List.of();
                next = 0;
            }
            ByteBuffer data = order.accept(chunk);
            if (data != null) {
                return data;
            }
        }
        if (noMore) {
            order.end();
        }
        return null;
    }

    private StoredChunk read(RawBsonDocument document) {
        try {
            return StoredChunk.of(document);
        } catch (BsonSerializationException e) {
            ServerAddress server = Objects.requireNonNull(cursor).server();
            throw new MongoProtocolException(
                    server + " sent a chunk of " + file + " that cannot be read: " + e.getMessage(), e, server);
        }
    }

    /** Asks the server for a batch; {@code then} is told, in a turn, when it is here or why it is not. */
    void fetch(Consumer<? super @Nullable Throwable> then) {
        asking = true;
        AsyncCursor<RawBsonDocument> open = cursor;
        if (open == null) {
            Stages.start(() -> stream.chunks(file, order).open())
                    .whenComplete((opened, failure) -> turns.run(() -> {
                        if (opened != null && closed) {
                            opened.close();
                        } else if (opened != null) {
                            cursor = opened;
                            fetch(then);
                            return;
                        }
                        asking = false;
                        then.accept(failure);
                    }));
        } else {
            Stages.start(open::nextBatch)
                    .whenComplete((chunks, failure) -> turns.run(() -> {
                        asking = false;
                        if (chunks != null && !closed) {
                            batch = chunks;
                            next = 0;
                            noMore = chunks.isEmpty();
                        }
                        then.accept(failure);
                    }));
        }
    }

    /** Drops what is here and gives the server's cursor back. May be called more than once. */
    void close() {
        closed = true;
        batch = List.of();
        next = 0;
        AsyncCursor<RawBsonDocument> open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }
}
