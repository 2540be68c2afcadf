package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.session.ServerSession;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * What one execution does with the explicit session that its view is bound to. Operations without one, which are nearly
 * all, have no such object.
 */
final class SessionUse {

    private final BoundSession session;

    private SessionUse(BoundSession session) {
        this.session = session;
    }

    /**
     * Begins to use the session, until {@link #end}.
     *
     * @param continues whether the operation belongs to a cursor, which may outlive the session's end
     * @throws IllegalStateException if the session is closed
     * @throws MongoException if the operation may not be done in this session
     */
    static @Nullable SessionUse begin(Operation<?> operation, boolean continues) {
        BoundSession session = operation.scope().session();
        if (session == null) {
            return null;
        }
        if (continues) {
            session.retainAgain();
            return new SessionUse(session);
        }
        if (!operation.isAcknowledged()) {
            throw new MongoException("Unacknowledged writes cannot be done in an explicit session", null);
        }
        session.retain();
        return new SessionUse(session);
    }

    /** The session itself. */
    BoundSession session() {
        return session;
    }

    /**
     * The server session, for a connection that is known.
     *
     * @throws MongoException if the server has none
     */
    ServerSession serverSession(ConnectionDescription connection) {
        Integer timeout = connection.logicalSessionTimeoutMinutes();
        if (timeout == null) {
            throw new MongoException(
                    "Sessions are not supported by the MongoDB deployment to which this client is connected",
                    null,
                    -1,
                    connection.server());
        }
        return session.serverSession(timeout);
    }

    /** Takes note of what a reply says to the session. */
    void onReply(ReplyEnvelope reply) {
        int clusterTime = reply.clusterTimeOffset();
        if (clusterTime >= 0) {
            session.clusterClock().advance(reply.frame(), clusterTime);
        }
        session.onReply(reply.operationTime(), reply.atClusterTime());
    }

    /** The operation is over. */
    void end(@Nullable Integer timeoutMinutes) {
        session.release(timeoutMinutes);
    }
}
