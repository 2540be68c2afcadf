package dev.rotor.testserver.cursor;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.CommandRequest;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.Store;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The next batch of a cursor; on one that awaits, the reply waits until there is something. */
public final class GetMore {
    private static final long DEFAULT_AWAIT_MILLIS = 1000;

    private final Store store;
    private final Cursors cursors;

    public GetMore(Store store, Cursors cursors) {
        this.store = store;
        this.cursors = cursors;
    }

    /**
     * Reads on.
     *
     * @param batchSize at most so many documents; 0 for as many as fit
     * @param maxTimeMillis how long to await, or -1 if not said
     */
    public Document run(CommandRequest request, long id, Namespace namespace, int batchSize, long maxTimeMillis) {
        OpenCursor cursor = cursors.checkOut(request, id, namespace);
        CursorSource source = cursor.source();
        request.server().cursorCheckedOut(source.isChangeStream());
        if (maxTimeMillis > 0 && !source.awaitsMore()) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE, "cannot set maxTimeMS on getMore command for a non-awaitData cursor");
        }
        if (cursor.timeLimited() && !source.awaitsMore()) {
            request.server().timeLimited();
        }
        int most = batchSize == 0 ? Integer.MAX_VALUE : batchSize;
        List<Document> batch;
        try {
            batch = source.take(most, Cursors.BATCH_BYTES);
            if (batch.isEmpty() && source.awaitsMore() && !source.isFinished()) {
                batch = await(request, cursor, most, maxTimeMillis < 0 ? DEFAULT_AWAIT_MILLIS : maxTimeMillis);
            }
        } catch (CommandError error) {
            // A cursor whose reading has failed is gone.
            cursors.close(cursor);
            throw error;
        }
        if (source.isFinished()) {
            cursors.close(cursor);
        }
        Document reply = new Document("nextBatch", batch);
        source.describe(reply);
        reply.append("id", source.isFinished() ? 0L : id).append("ns", namespace.toString());
        return new Document("cursor", reply);
    }

    private List<Document> await(CommandRequest request, OpenCursor cursor, int most, long millis) {
        request.waiting().noTimeLimit();
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        List<Document> batch = List.of();
        while (batch.isEmpty() && left > 0 && !cursor.source().isFinished()) {
            left = request.waiting().await(store.lock(), store.changed(), left);
            if (!cursors.isOpen(cursor)) {
                throw new CommandError(ErrorCode.CURSOR_KILLED, "cursor id " + cursor.id() + " was killed");
            }
            batch = cursor.source().take(most, Cursors.BATCH_BYTES);
        }
        return batch;
    }
}
