package dev.rotor.testserver.engine;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** What a command sees of the member it was sent to, and of its connection. */
public interface ServerContext {

    /** The version the member poses as. */
    ServerVersion version();

    /** What the member is at the moment. */
    MemberRole role();

    /** The kind of the deployment. */
    DeploymentKind deployment();

    /**
     * Number of the member from 0. A cursor or, on mongos, a transaction belongs to the member that opened it: another
     * one answers CursorNotFound (43).
     */
    int member();

    /** Id of the connection, unique in the member. */
    long connectionId();

    /** {@code user@db} of the authenticated user, or empty. A cursor belongs to its user. */
    String user();

    /** The sessions that {@code $listLocalSessions} and {@code $listSessions} show, as their documents. */
    List<Document> localSessions(boolean allUsers);

    /** The operations that {@code $currentOp} shows. */
    List<Document> currentOperations();

    /** Whether the server parameter is set and not false. */
    boolean parameter(String name);

    /**
     * A getMore has found its cursor and is about to read (fail point {@code failGetMoreAfterCursorCheckout}).
     *
     * @param changeStream whether the cursor is that of a change stream
     * @throws CommandError if it must fail
     */
    void cursorCheckedOut(boolean changeStream);

    /**
     * The command has a time limit (fail point {@code maxTimeAlwaysTimeOut}): its own, or on a getMore what is left of
     * that of its cursor.
     *
     * @throws CommandError if the limit is to be over at once
     */
    void timeLimited();
}
