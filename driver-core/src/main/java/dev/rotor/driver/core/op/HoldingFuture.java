package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.pool.Pin;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.session.PinnedConnection;
import dev.rotor.driver.core.session.ServerSession;
import dev.rotor.driver.core.topology.Server;
import dev.rotor.driver.core.wire.CommandWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an execution has of others while it runs: a server, a connection, a session. All of it is taken here and given
 * back here, whichever way an attempt ends. A part of {@link Execution}, and not an object of its own, so that a call
 * needs one object.
 *
 * <p>Nothing here is safe for several threads: whoever has the execution in hand is the only one who calls.
 */
abstract class HoldingFuture<T extends @Nullable Object> extends CarriedFuture<T> implements ReplyContext {

    final Operation<T> operation;
    final long deadline;
    /** Whether {@code timeoutMS} is set, be it to "no limit". */
    final boolean hasTimeout;

    @Nullable
    Server server;

    @Nullable
    Connection connection;
    /** The explicit session; {@code null} where the view has none. */
    @Nullable
    SessionUse use;

    @Nullable
    ServerSession session;
    /** Where the open cursor lives that this belongs to, to which further attempts go too; {@code null} for none. */
    @Nullable
    CursorHome home;

    /** Whether {@link #session} is that of a cursor which is opened again, and which keeps it when that fails. */
    private boolean sessionIsLent;
    /** What {@link #connection} belongs to when it is not this execution's to give back. */
    private @Nullable PinnedConnection borrowed;

    /** The number of a retryable write, by which the server knows further attempts; 0 for none. */
    long txnNumber;

    HoldingFuture(Engine engine, Operation<T> operation, long deadline) {
        super(engine);
        this.operation = operation;
        this.deadline = deadline;
        this.hasTimeout = operation.scope().hasTimeout();
    }

    // ---- taking ----

    /**
     * Begins to use the session of the operation's view, where it has one.
     *
     * @throws IllegalStateException if that is closed
     * @throws MongoException if the operation may not be done in it
     */
    final void useSession() {
        BoundSession explicit = operation.scope().session();
        if (explicit != null) {
            use = SessionUse.begin(explicit, operation);
        }
    }

    /** Belongs to an open cursor from now on. */
    final void belongTo(CursorHome cursorHome) {
        home = cursorHome;
        session = cursorHome.implicitSession();
        BoundSession explicit = cursorHome.session();
        if (explicit != null) {
            use = SessionUse.ofCursor(explicit, cursorHome.transaction());
        }
    }

    /** Uses the session of a cursor that is opened again. */
    final void useSessionOf(CursorHome cursorHome) {
        session = cursorHome.implicitSession();
        sessionIsLent = session != null;
        BoundSession explicit = cursorHome.session();
        if (explicit != null) {
            use = SessionUse.ofReopening(explicit);
        }
    }

    /** The connection that a cursor or a transaction behind a load balancer is bound to, held for this execution. */
    final @Nullable PinnedConnection pinned() {
        if (home != null) {
            return home.connection() == null ? null : home.connection().retain();
        }
        return use == null ? null : use.pinnedConnection();
    }

    /** Takes what {@link #pinned} gave; returns {@code false}, with nothing taken, when it is in use. */
    final boolean takeOver(PinnedConnection pinned) {
        if (!pinned.startUse()) {
            pinned.release();
            return false;
        }
        borrowed = pinned;
        server = pinned.server();
        pinned.server().operationStarted();
        return true;
    }

    /** A connection that was just checked out becomes that of the transaction, where that needs it. */
    final void pinToTransaction(Connection checkedOut) {
        if (use != null && borrowed == null) {
            PinnedConnection pinned = use.onCheckedOut(server(), checkedOut);
            if (pinned != null) {
                borrow(pinned, Pin.TRANSACTION);
            }
        }
    }

    /** From now on the connection is that of a cursor or a transaction too, and not this execution's to give back. */
    private void borrow(PinnedConnection pinned, Pin purpose) {
        borrowed = pinned;
        pinned.purpose(purpose);
    }

    /** Takes a session where the server has such, and writes what a command in it carries. */
    final void writeSession(CommandWriter out, ConnectionDescription description) {
        SessionUse explicit = use;
        if (explicit != null) {
            session = explicit.serverSession(description);
        }
        Integer sessionTimeout = description.logicalSessionTimeoutMinutes();
        if (sessionTimeout == null) {
            return;
        }
        if (session == null && home == null) {
            session = engine.sessions.acquire(sessionTimeout);
        }
        if (session == null) {
            return;
        }
        Decoration.put(out, session.lsidElement());
        if (explicit != null && explicit.inTransaction()) {
            long number = explicit.writeTransaction(out, session);
            // Of its commands, commit and abort alone are retried like writes.
            txnNumber = explicit.endsTransaction() ? number : 0;
        } else if (retryKind() == RetryKind.WRITE && !description.standalone()) {
            if (txnNumber == 0) {
                txnNumber = explicit == null ? session.nextTxnNumber() : explicit.nextTxnNumber(session);
            }
            out.putInt64(Names.TXN_NUMBER, txnNumber);
        }
    }

    /** By which rules the operation may be sent again. */
    final RetryKind retryKind() {
        return RetryRules.kind(engine, operation, use);
    }

    // ---- giving back ----

    /** An attempt is over: server and connection are given back, the session stays. */
    final void releaseConnection() {
        Connection used = connection;
        Server of = server;
        connection = null;
        server = null;
        if (of != null) {
            PinnedConnection lender = borrowed;
            if (lender != null) {
                borrowed = null;
                lender.endUse();
                lender.release();
            } else if (used != null) {
                of.pool().checkIn(used);
            }
            of.operationFinished();
        }
    }

    /** Gives everything back. */
    final void releaseAll() {
        ServerSession lent = session;
        session = null;
        Server of = server;
        SessionUse explicit = use;
        // Before the connection, with which another operation may go on within that very call: it finds the session.
        if (explicit != null) {
            use = null;
            explicit.end(of == null ? null : of.logicalSessionTimeoutMinutes());
        } else if (lent != null && home == null && !sessionIsLent) {
            engine.sessions.release(lent, of == null ? null : of.logicalSessionTimeoutMinutes());
        }
        releaseConnection();
    }

    // ---- what operations ask of it while they read a reply ----

    @Override
    public final Server server() {
        return Objects.requireNonNull(server, "server");
    }

    @Override
    public final ConnectionDescription connection() {
        return Objects.requireNonNull(connection, "connection").description();
    }

    @Override
    public final long deadline() {
        return deadline;
    }

    @Override
    public final boolean isRetryableWrite() {
        return txnNumber != 0;
    }

    @Override
    public final CursorHome takeHome() {
        PinnedConnection held = null;
        if (connection().serviceId() != null) {
            if (borrowed == null) {
                PinnedConnection pinned =
                        new PinnedConnection(server(), Objects.requireNonNull(connection, "connection"));
                borrow(pinned, Pin.CURSOR);
                held = pinned.retain();
            } else {
                held = borrowed.retain();
            }
        }
        SessionUse explicit = use;
        if (explicit != null) {
            return explicit.takeHome(server(), held);
        }
        ServerSession taken = session;
        session = null;
        return new CursorHome(server(), taken, null, 0, held);
    }
}
