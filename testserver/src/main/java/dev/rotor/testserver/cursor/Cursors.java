package dev.rotor.testserver.cursor;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.CommandRequest;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.SessionKey;
import dev.rotor.testserver.engine.SessionRequest;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The open cursors of all members. Used under the lock of the store only. */
public final class Cursors {
    /** The first batch if nothing else is said. */
    public static final int FIRST_BATCH = 101;

    /** How many bytes of documents a batch holds. */
    public static final int BATCH_BYTES = 16 * 1024 * 1024;

    private final Map<Long, OpenCursor> open = new HashMap<>();
    private final Random ids;

    public Cursors(Random ids) {
        this.ids = ids;
    }

    /**
     * The reply with the first batch; the cursor stays open if more may come.
     *
     * @param single whether it is closed after the first batch in any case
     * @param snapshot the time of the snapshot it reads, or null
     */
    public Document first(
            CommandRequest request,
            Namespace namespace,
            CursorSource source,
            int batchSize,
            boolean single,
            @Nullable Long snapshot) {
        List<Document> batch = batchSize == 0 ? List.of() : source.take(batchSize, BATCH_BYTES);
        long id = 0;
        if (!single && !(batchSize > 0 && source.isFinished())) {
            id = register(request, namespace, source);
        }
        Document cursor = new Document("firstBatch", batch);
        source.describe(cursor);
        if (snapshot != null) {
            cursor.append("atClusterTime", new BsonTimestamp(snapshot));
        }
        return new Document("cursor", cursor.append("id", id).append("ns", namespace.toString()));
    }

    private long register(CommandRequest request, Namespace namespace, CursorSource source) {
        long id;
        do {
            id = ids.nextLong() >>> 1;
        } while (id == 0 || open.containsKey(id));
        SessionRequest session = request.session();
        open.put(
                id,
                new OpenCursor(
                        id,
                        namespace,
                        source,
                        request.server().member(),
                        request.server().user(),
                        session == null ? null : session.key(),
                        session == null || session.autocommit() == null ? null : session.txnNumber(),
                        Values.whole(request.command().get("maxTimeMS"), 0) > 0));
        return id;
    }

    /** The cursor that a getMore names. */
    OpenCursor checkOut(CommandRequest request, long id, Namespace namespace) {
        OpenCursor cursor = open.get(id);
        if (cursor == null || cursor.member() != request.server().member()) {
            throw new CommandError(ErrorCode.CURSOR_NOT_FOUND, "cursor id " + id + " not found");
        }
        if (!cursor.namespace().equals(namespace)) {
            throw new CommandError(
                    ErrorCode.UNAUTHORIZED,
                    "Requested getMore on namespace '" + namespace + "', but cursor belongs to a different namespace "
                            + cursor.namespace());
        }
        if (!cursor.user().equals(request.server().user())) {
            throw new CommandError(
                    ErrorCode.UNAUTHORIZED, "cursor id " + id + " was not created by the authenticated user");
        }
        checkSession(cursor, request.session());
        return cursor;
    }

    private static void checkSession(OpenCursor cursor, @Nullable SessionRequest session) {
        SessionKey theirs = session == null ? null : session.key();
        SessionKey own = cursor.session();
        if (own != null && theirs == null) {
            throw new CommandError(
                    50736,
                    "Cannot run getMore on cursor " + cursor.id() + ", which was created in session " + own.id()
                            + ", without an lsid");
        }
        if (own == null && theirs != null) {
            throw new CommandError(
                    50737,
                    "Cannot run getMore on cursor " + cursor.id() + ", which was not created in a session, in session "
                            + theirs.id());
        }
        if (own != null && !own.equals(theirs)) {
            throw new CommandError(
                    50738,
                    "Cannot run getMore on cursor " + cursor.id() + ", which was created in session " + own.id()
                            + ", in another session");
        }
        Long number = session == null || session.autocommit() == null ? null : session.txnNumber();
        if (cursor.txnNumber() != null && !cursor.txnNumber().equals(number)) {
            throw new CommandError(
                    50740,
                    "Cannot run getMore on cursor " + cursor.id()
                            + ", which was created in a transaction, without that txnNumber");
        }
    }

    boolean isOpen(OpenCursor cursor) {
        return open.containsKey(cursor.id());
    }

    void close(OpenCursor cursor) {
        open.remove(cursor.id());
    }

    /** Closes the cursor if it is open on the member; tells whether it was. */
    public boolean kill(long id, int member) {
        OpenCursor cursor = open.get(id);
        if (cursor == null || cursor.member() != member) {
            return false;
        }
        open.remove(id);
        return true;
    }

    public void killOn(int member) {
        open.values().removeIf(cursor -> cursor.member() == member);
    }

    public void killOf(SessionKey session) {
        open.values().removeIf(cursor -> session.equals(cursor.session()));
    }

    /** Closes the cursors that a transaction has opened. */
    public void killOf(SessionKey session, long txnNumber) {
        open.values()
                .removeIf(cursor -> session.equals(cursor.session())
                        && Long.valueOf(txnNumber).equals(cursor.txnNumber()));
    }

    public void killAll() {
        open.clear();
    }

    /** How many are open. */
    public int size() {
        return open.size();
    }
}
