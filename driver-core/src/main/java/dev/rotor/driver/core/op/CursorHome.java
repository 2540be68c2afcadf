package dev.rotor.driver.core.op;

import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.session.PinnedConnection;
import dev.rotor.driver.core.session.ServerSession;
import dev.rotor.driver.core.topology.Server;
import org.jspecify.annotations.Nullable;

/**
 * Where a cursor lives, and what its commands must therefore have. Whoever holds a home gives it back with
 * {@link #release}.
 *
 * @param server the server that opened it
 * @param implicitSession the session it was opened with, where the user gave none; {@code null} where there is none
 * @param session the explicit session, or {@code null}
 * @param transaction which transaction of the explicit session, 0 for none
 * @param connection behind a load balancer, the one connection that reaches it; otherwise {@code null}
 */
record CursorHome(
        Server server,
        @Nullable ServerSession implicitSession,
        @Nullable BoundSession session,
        int transaction,
        @Nullable PinnedConnection connection) {

    /** The home of a cursor that the server does not keep open. */
    static CursorHome ofEnded(Server server) {
        return new CursorHome(server, null, null, 0, null);
    }

    /** The same for who has given the connection back. */
    CursorHome withoutConnection() {
        return new CursorHome(server, implicitSession, session, transaction, null);
    }

    /** What is left when another cursor has taken over the session: nothing, but for the hold on an explicit one. */
    CursorHome handedOver() {
        if (session != null) {
            session.release(server.logicalSessionTimeoutMinutes());
        }
        return ofEnded(server);
    }

    /** There is no cursor any more. */
    void release(Engine engine) {
        Integer timeout = server.logicalSessionTimeoutMinutes();
        if (connection != null) {
            connection.release();
        }
        if (session != null) {
            session.release(timeout);
        } else if (implicitSession != null) {
            engine.sessions.release(implicitSession, timeout);
        }
    }
}
