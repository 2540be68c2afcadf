package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.session.PinnedConnection;
import dev.rotor.driver.core.session.ServerSession;
import dev.rotor.driver.core.session.SessionTransaction;
import dev.rotor.driver.core.topology.Server;
import dev.rotor.driver.core.topology.ServerSelector;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * What one execution does with the explicit session that its view is bound to. Operations without one, which are nearly
 * all, have no such object.
 */
final class SessionUse {

    private final BoundSession session;
    private final SessionRole role;
    /** The transaction that the operation belongs to or ends, 0 for none. */
    private final int transaction;
    /** Whether this operation has begun the transaction on the server, and does so again when it is sent again. */
    private boolean begins;

    private SessionUse(BoundSession session, SessionRole role, int transaction) {
        this.session = session;
        this.role = role;
        this.transaction = transaction;
    }

    /**
     * Begins to use the session, until {@link #end}.
     *
     * @param session the session of the operation's view
     * @throws IllegalStateException if the session is closed
     * @throws MongoException if the operation may not be done in this session
     */
    static SessionUse begin(BoundSession session, Operation<?> operation) {
        SessionRole role = operation.sessionRole();
        if (role.endsTransaction()) {
            session.retainAgain();
            return new SessionUse(session, role, operation.endedTransaction());
        }
        session.retain();
        try {
            checkTimeout(session, operation.scope());
            int transaction = session.transaction().begin();
            if (transaction != 0) {
                checkReadPreference(session.transaction(), transaction, operation);
                if (operation.hasOwnWriteConcern()) {
                    throw new MongoException("Cannot set write concern after starting a transaction", null);
                }
            } else if (operation.mayBeUnacknowledged()
                    && !operation.scope().writeConcern().isAcknowledged()) {
                throw new MongoException("Unacknowledged writes cannot be done in an explicit session", null);
            }
            return new SessionUse(session, role, transaction);
        } catch (RuntimeException e) {
            session.release(null);
            throw e;
        }
    }

    /**
     * Begins to use the session for a cursor, which keeps it alive beyond its end.
     *
     * @param transaction the one that the cursor was opened in, 0 for none
     */
    static SessionUse ofCursor(BoundSession session, int transaction) {
        session.retainAgain();
        return new SessionUse(session, SessionRole.CURSOR, transaction);
    }

    /** Begins to use the session for a command that opens a cursor anew, which keeps the session alive likewise. */
    static SessionUse ofReopening(BoundSession session) {
        session.retainAgain();
        return new SessionUse(session, SessionRole.OPERATION, 0);
    }

    private static void checkTimeout(BoundSession session, Scope scope) {
        if (scope.overridesTimeout() && session.isLimited()) {
            throw new IllegalStateException(
                    "An operation within withTransaction cannot have a timeout of its own: that of withTransaction"
                            + " covers all of it");
        }
    }

    private static void checkReadPreference(SessionTransaction transaction, int of, Operation<?> operation) {
        if (operation.sendsReadPreference()
                && !(transaction.readsFromPrimary(of) && operation.isReadableInTransaction())) {
            throw new MongoException("The read preference in a transaction must be primary", null);
        }
    }

    /** Whether the operation is one of a transaction, or ends it. */
    boolean inTransaction() {
        return transaction != 0;
    }

    /** By which rules the operation may be sent again. */
    RetryKind retryKind(RetryKind otherwise) {
        if (role.endsTransaction()) {
            return RetryKind.WRITE;
        }
        return inTransaction() ? RetryKind.NONE : otherwise;
    }

    /** Whether it is sent again to an overloaded server, even where the settings forbid retries. */
    boolean endsTransaction() {
        return role.endsTransaction();
    }

    // ---- where it goes ----

    /** The server that the operation may go to. */
    ServerSelector selector(Operation<?> operation) {
        if (!inTransaction()) {
            return operation.selector();
        }
        ServerSelector pinned = session.transaction().pinnedServer(transaction);
        if (pinned != null) {
            return pinned;
        }
        return operation.sendsReadPreference() ? ServerSelector.PRIMARY : operation.selector();
    }

    /** The connection that the operation must go over, held for it; {@code null} for any. */
    @Nullable
    PinnedConnection pinnedConnection() {
        return inTransaction() ? session.transaction().retainPinnedConnection(transaction) : null;
    }

    /** A server was selected: the transaction stays with it if it is a mongos. */
    void onSelected(Server server) {
        if (inTransaction() && role == SessionRole.OPERATION && server.isMongos()) {
            session.transaction().pin(transaction, server.address());
        }
    }

    /** A connection was checked out; one behind a load balancer stays with the transaction, and is held for both. */
    @Nullable
    PinnedConnection onCheckedOut(Server server, Connection connection) {
        if (inTransaction()
                && role == SessionRole.OPERATION
                && connection.description().serviceId() != null) {
            return session.transaction().pin(transaction, server, connection);
        }
        return null;
    }

    // ---- what is sent ----

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

    /** The next number for a retryable write outside of transactions. */
    long nextTxnNumber(ServerSession serverSession) {
        return session.nextTxnNumber(serverSession);
    }

    /** Writes what makes a command one of its transaction; returns its number. */
    long writeTransaction(CommandWriter out, ServerSession serverSession) {
        long number = session.transaction().number(transaction, serverSession);
        out.putInt64(Names.TXN_NUMBER, number);
        if (begins) {
            out.putBoolean(Names.START_TRANSACTION, true);
        }
        out.putBoolean(Names.AUTOCOMMIT, false);
        return number;
    }

    /**
     * Writes read and write concern as session and transaction want them.
     *
     * @throws MongoException if the session is a snapshot session and the server too old
     */
    void writeConcerns(CommandWriter out, Operation<?> operation, ConnectionDescription connection) {
        if (role != SessionRole.OPERATION) {
            return;
        }
        if (inTransaction()) {
            begins = begins || session.transaction().isStarting(transaction);
            if (begins) {
                SessionReadConcern.write(
                        out, session.transaction().readConcern(transaction).level(), session.afterClusterTime());
            }
            return;
        }
        if (session.options().snapshot()) {
            SessionReadConcern.writeSnapshot(out, session.atClusterTime(), connection);
        } else {
            long after = connection.standalone() || !SessionReadConcern.takesAfterClusterTime(operation)
                    ? 0
                    : session.afterClusterTime();
            if (after != 0) {
                String level = operation.sendsReadConcern()
                        ? operation.scope().readConcern().level()
                        : null;
                SessionReadConcern.write(out, level, after);
            } else if (operation.sendsReadConcern()) {
                Decoration.put(out, operation.scope().readConcernElement());
            }
        }
        if (operation.sendsWriteConcern()) {
            Decoration.put(out, operation.scope().writeConcernElement());
        }
    }

    /** The cluster time to send: the later of the client's and the session's. */
    byte @Nullable [] clusterTime(Engine engine) {
        return engine.clusterClock.elementOfLater(session.clusterClock());
    }

    /**
     * The command goes out: it is finished, and this is the last thing that is asked.
     *
     * @return {@code false} if it must not, because its transaction is over
     */
    boolean onSent() {
        return !inTransaction() || session.transaction().sent(transaction, role == SessionRole.OPERATION);
    }

    /** What is told of a command that {@link #onSent} has kept back. */
    static MongoException tooLate(String commandName) {
        return new MongoException(
                commandName + " was not sent, because its transaction was over by then: wait for the end of each"
                        + " operation of a session before the next call",
                null);
    }

    // ---- what comes back ----

    /** Takes note of what a reply says to the session. */
    void onReply(ReplyEnvelope reply) {
        int clusterTime = reply.clusterTimeOffset();
        if (clusterTime >= 0) {
            session.clusterClock().advance(reply.frame(), clusterTime);
        }
        session.onReply(reply.operationTime(), reply.atClusterTime());
        int token = reply.recoveryTokenOffset();
        if (token >= 0 && inTransaction() && reply.ok()) {
            session.transaction().recoveryToken(transaction, Elements.copyOf("recoveryToken", reply.frame(), token));
        }
    }

    /** An attempt failed: labels the failure, and lets go of what was pinned where the specification says so. */
    void onFailure(MongoException failure) {
        switch (role) {
            case OPERATION, CURSOR -> {
                if (inTransaction()) {
                    TransactionLabels.ofOperation(failure);
                    if (failure.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR)) {
                        session.transaction().unpin(transaction);
                    }
                }
            }
            case COMMIT -> {
                TransactionLabels.ofCommit(failure);
                if (failure.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT)
                        || failure.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR)) {
                    session.transaction().unpin(transaction);
                }
            }
            case ABORT -> session.transaction().unpin(transaction);
        }
    }

    /** The command is sent again after this failure. */
    void onRetry(MongoException failure) {
        if (role == SessionRole.COMMIT && !RetryPolicy.isRetryableOverload(failure)) {
            session.transaction().repeatCommit(transaction);
        }
    }

    /** The home of a cursor that this operation has opened; the session is held for it. */
    CursorHome takeHome(Server server, @Nullable PinnedConnection connection) {
        session.retainAgain();
        return new CursorHome(server, null, session, transaction, connection);
    }

    /** The operation is over. */
    void end(@Nullable Integer timeoutMinutes) {
        if (role == SessionRole.ABORT) {
            session.transaction().unpin(transaction);
        }
        session.release(timeoutMinutes);
    }
}
