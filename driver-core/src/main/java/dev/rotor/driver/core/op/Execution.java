package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.MongoWriteConcernException;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.conn.ReplyHandler;
import dev.rotor.driver.core.pool.CheckoutListener;
import dev.rotor.driver.core.pool.Pin;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.session.PinnedConnection;
import dev.rotor.driver.core.session.ServerSession;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.topology.SelectionListener;
import dev.rotor.driver.core.topology.Server;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one operation from server selection to its result. It is the state machine, the waiter of selection and pool,
 * the reply handler and the promise, so that a call needs one object.
 *
 * <p>Each step either goes on at once or hands this object over to someone who calls it later, perhaps already before
 * the handing call returns: no field is touched after such a call.
 */
public final class Execution<T extends @Nullable Object> extends CarriedFuture<T>
        implements SelectionListener, CheckoutListener<Connection>, ReplyHandler, ReplyContext, Backoffs.Sleeper {

    /** How many attempts may nest when a transport answers on the sending thread; the next one starts from a loop. */
    private static final int NESTED_ATTEMPTS = 16;

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.command");

    private enum Stage {
        NEW,
        BACKOFF,
        SELECTION,
        CHECKOUT,
        SENT,
        ENDED
    }

    private final Operation<T> operation;
    private final long deadline;
    /** Whether {@code timeoutMS} is set, be it to "no limit". */
    private final boolean hasTimeout;

    /** Read by {@link #cancel} from any thread; written by whoever has the execution in hand. */
    private volatile Stage stage = Stage.NEW;

    private int attempt = 1;
    private @Nullable Server server;
    private @Nullable Connection connection;
    /** The explicit session; {@code null} where the view has none. */
    private @Nullable SessionUse use;

    private @Nullable ServerSession session;
    /** Where the open cursor lives that this belongs to, to which further attempts go too; {@code null} for none. */
    private @Nullable CursorHome home;

    /** Whether {@link #session} is that of a cursor which is opened again, and which keeps it when that fails. */
    private boolean sessionIsLent;
    /** What {@link #connection} belongs to when it is not this execution's to give back. */
    private @Nullable PinnedConnection borrowed;

    private long txnNumber;
    /** With {@code timeoutMS}, when a server must be selected and a connection be there. */
    private long serverDeadline = Deadline.NONE;
    /** What the attempts so far have met; none when there was none. */
    private @Nullable Retries retries;

    private long sentAtNanos;
    /** Links what is told of the commands of one operation; 0 until somebody wants to hear of it. */
    private long operationId;
    /**
     * The command under way, where listeners or the log hear of it; latched when it starts, so that they hear its end.
     */
    private @Nullable CommandIdentity observed;
    /** Whether listeners may not see what this command carries. */
    private boolean secret;

    Execution(Engine engine, Operation<T> operation, long deadline, long operationId) {
        super(engine);
        this.operation = operation;
        this.operationId = operationId;
        this.deadline = deadline;
        this.hasTimeout = operation.scope().hasTimeout();
    }

    void start() {
        BoundSession explicit = operation.scope().session();
        if (explicit != null) {
            try {
                use = SessionUse.begin(explicit, operation);
            } catch (RuntimeException e) {
                broken(e);
                return;
            }
        }
        select();
    }

    /** Starts where an open cursor lives. */
    void startOn(CursorHome cursorHome) {
        home = cursorHome;
        session = cursorHome.implicitSession();
        BoundSession explicit = cursorHome.session();
        if (explicit != null) {
            use = SessionUse.ofCursor(explicit, cursorHome.transaction());
        }
        select();
    }

    /** Selects a server anew, with the session of a cursor that is opened again. */
    void startAgain(CursorHome cursorHome) {
        session = cursorHome.implicitSession();
        sessionIsLent = session != null;
        BoundSession explicit = cursorHome.session();
        if (explicit != null) {
            use = SessionUse.ofReopening(explicit);
        }
        select();
    }

    private void select() {
        stage = Stage.SELECTION;
        if (hasTimeout) {
            long now = engine.clock.nanoTime();
            long selection = Deadline.after(now, engine.serverSelectionTimeoutNanos);
            serverDeadline = Deadline.earlier(deadline, selection, now);
        } else {
            serverDeadline = deadline;
        }
        PinnedConnection pinned = pinned();
        if (pinned != null) {
            goOver(pinned);
            return;
        }
        Server selected;
        if (home != null) {
            selected = home.server();
            selected.operationStarted();
            onSelected(selected);
            return;
        }
        try {
            Retries before = retries;
            selected = engine.topology.select(
                    use == null ? operation.selector() : use.selector(operation),
                    before == null ? Set.of() : before.deprioritized(),
                    operation.commandName(),
                    deadline,
                    this);
        } catch (Throwable e) {
            broken(e);
            return;
        }
        if (selected != null) {
            onSelected(selected);
        }
    }

    /** The connection that a cursor or a transaction behind a load balancer is bound to, held for this execution. */
    private @Nullable PinnedConnection pinned() {
        if (home != null) {
            return home.connection() == null ? null : home.connection().retain();
        }
        return use == null ? null : use.pinnedConnection();
    }

    private void goOver(PinnedConnection pinned) {
        if (!pinned.startUse()) {
            pinned.release();
            broken(new IllegalStateException("Another operation of the same transaction or cursor has not ended"));
            return;
        }
        borrowed = pinned;
        server = pinned.server();
        pinned.server().operationStarted();
        onCheckedOut(pinned.connection());
    }

    @Override
    public void onSelected(Server selected) {
        server = selected;
        stage = Stage.CHECKOUT;
        if (isDone()) {
            end();
            return;
        }
        if (use != null) {
            use.onSelected(selected);
        }
        Connection checkedOut;
        try {
            checkedOut = selected.pool().checkOut(this, serverDeadline, engine.transport.currentLoop(), hasTimeout);
        } catch (Throwable e) {
            broken(e);
            return;
        }
        if (checkedOut != null) {
            onCheckedOut(checkedOut);
        }
    }

    @Override
    public void onSelectionFailed(MongoException cause) {
        fail(cause, false);
    }

    @Override
    public void onCheckedOut(Connection checkedOut) {
        connection = checkedOut;
        if (isDone()) {
            end();
            return;
        }
        if (use != null && borrowed == null) {
            borrow(use.onCheckedOut(server(), checkedOut));
        }
        CommandWriter out = checkedOut.beginCommand();
        try {
            write(out, checkedOut.description());
            Decoration.checkSize(out, checkedOut.description());
            if (deadline != Deadline.NONE) {
                // Once more: writing a large command takes time, too.
                millisForServer();
            }
        } catch (MongoTimeoutException e) {
            out.discard();
            fail(e, false);
            return;
        } catch (Throwable e) {
            // Codecs are the user's: what they throw is the operation's result, and the connection has seen nothing.
            out.discard();
            broken(e);
            return;
        }
        send(checkedOut, out);
    }

    /** From now on the connection is that of a cursor or a transaction too, and not this execution's to give back. */
    private void borrow(@Nullable PinnedConnection pinned) {
        if (pinned != null && pinned.startUse()) {
            borrowed = pinned;
        }
    }

    private void send(Connection checkedOut, CommandWriter out) {
        stage = Stage.SENT;
        if (use != null) {
            use.onSent();
        }
        CommandEvents listening = engine.events;
        if (listening != null && listening.wanted()) {
            CommandIdentity command = new CommandIdentity(
                    out.requestId(),
                    operationId(),
                    operation.scope().database(),
                    operation.commandName(),
                    checkedOut.description());
            observed = command;
            sentAtNanos = engine.clock.nanoTime();
            observe((events, told) -> secret = events.started(told, out));
        } else {
            observed = null;
        }
        if (hasTimeout) {
            // The socket timeout is one of those that timeoutMS replaces.
            checkedOut.send(out, this, deadline, 0);
        } else {
            checkedOut.send(out, this, deadline);
        }
    }

    /**
     * How long the server may take.
     *
     * @throws MongoTimeoutException if its reply would come too late, so that nothing is to be sent
     */
    private long millisForServer() {
        Server target = server();
        long now = engine.clock.nanoTime();
        long roundTrip = hasTimeout ? target.minRoundTripNanos() : 0;
        long left = Timeouts.millisForServer(deadline, now, roundTrip);
        if (left <= 0) {
            throw Timeouts.nothingLeft(
                    operation.commandName(),
                    target.address(),
                    operation.scope().timeoutNanos(),
                    Deadline.remaining(deadline, now),
                    roundTrip);
        }
        return left;
    }

    private void write(CommandWriter out, ConnectionDescription description) {
        operation.writeBody(out, description);
        long maxTime = operation.maxTimeMillis(
                deadline == Deadline.NONE || !hasTimeout ? Timeouts.UNLIMITED : millisForServer());
        if (maxTime != Timeouts.UNLIMITED) {
            out.putInt64(Names.MAX_TIME_MS, maxTime);
        }
        Decoration.concerns(out, operation, description, use);
        if (operation.isAcknowledged()) {
            writeSession(out, description);
        }
        Decoration.ofDeployment(out, operation, description, server(), engine, use);
        out.endBody();
        operation.writeSequences(out, description);
        if (!operation.isAcknowledged()) {
            out.unacknowledged();
        }
    }

    private void writeSession(CommandWriter out, ConnectionDescription description) {
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

    @Override
    public void onCheckoutFailed(MongoException cause) {
        // Whatever cleared the pool, or made connecting fail, has told the topology itself.
        boolean late = hasTimeout && cause instanceof MongoTimeoutException && isLate();
        fail(late ? operationTimedOut(cause) : cause, false);
    }

    @Override
    public void onReply(Connection from, ReplyEnvelope reply) {
        try {
            received(from, reply);
        } catch (Throwable e) {
            // A reply is looked into no further than is needed; what is wrong deeper inside shows only now.
            broken(CommandFailures.ofReading(
                    e, operation.commandName(), from.description().server(), attempt));
        }
    }

    private void received(Connection from, ReplyEnvelope reply) {
        int clusterTime = reply.clusterTimeOffset();
        if (clusterTime >= 0) {
            engine.clusterClock.advance(reply.frame(), clusterTime);
        }
        if (session != null) {
            session.used(engine.clock.nanoTime());
        }
        if (use != null) {
            use.onReply(reply);
        }
        if (!reply.ok()) {
            MongoException failure = CommandFailures.of(
                    operation.commandName(), reply, from.description().server());
            tellFailed(failure);
            tellTopology(failure, from);
            fail(Timeouts.transformed(failure, operation.scope()), true);
            return;
        }
        if (observed != null) {
            long elapsed = elapsed();
            observe((events, told) -> events.succeeded(told, elapsed, secret ? null : reply));
        }
        if (reply.writeConcernErrorOffset() >= 0 && retryAfterWriteConcernError(reply, from)) {
            return;
        }
        @Nullable T value;
        try {
            value = operation.read(reply, this);
        } catch (MongoException e) {
            if (txnNumber != 0 && e instanceof MongoWriteConcernException) {
                labelRetryableWrite(e, from.description());
            }
            MongoException failure = Timeouts.transformed(e, operation.scope());
            if (use != null) {
                use.onFailure(failure);
            }
            Retries before = retries;
            if (before != null) {
                before.failed(failure, true);
            }
            MongoException told = before == null ? failure : before.told(failure);
            told.attempts(attempt);
            broken(told);
            return;
        }
        end();
        succeed(value);
    }

    private void tellFailed(MongoException failure) {
        if (observed != null) {
            long elapsed = elapsed();
            observe((events, told) -> events.failed(told, elapsed, failure, secret));
        }
    }

    /** A write that was applied, but whose concern was not met because the primary went away, is sent again. */
    private boolean retryAfterWriteConcernError(ReplyEnvelope reply, Connection from) {
        MongoException failure =
                WriteReplies.writeConcernFailure(reply, from.description().server());
        tellTopology(failure, from);
        labelRetryableWrite(failure, from.description());
        if (use != null && use.endsTransaction()) {
            use.onFailure(failure);
        }
        return tryAgain(txnNumber == 0 ? RetryKind.NONE : RetryKind.WRITE, failure, true);
    }

    private static void labelRetryableWrite(MongoException failure, ConnectionDescription of) {
        RetryPolicy.labelRetryableWrite(failure, of.maxWireVersion(), of.mongos());
    }

    @Override
    public void onSentUnacknowledged(Connection from) {
        if (observed != null) {
            long elapsed = elapsed();
            observe((events, told) -> events.succeededUnacknowledged(told, elapsed));
        }
        @Nullable T value;
        try {
            value = operation.unacknowledgedResult();
        } catch (Throwable e) {
            broken(e);
            return;
        }
        end();
        succeed(value);
    }

    @Override
    public void onConnectionFailure(Connection from, MongoException failure) {
        tellFailed(failure);
        if (session != null) {
            session.markDirty();
        }
        tellTopology(failure, from);
        if (failure instanceof MongoConnectionException timeout && timeout.isTimeout() && hasTimeout && isLate()) {
            fail(operationTimedOut(failure), true);
        } else {
            fail(failure, true);
        }
    }

    private MongoTimeoutException operationTimedOut(MongoException failure) {
        return Timeouts.timedOut(operation.scope().timeoutNanos(), failure);
    }

    private void tellTopology(MongoException failure, @Nullable Connection from) {
        if (!(failure instanceof MongoClientClosedException)) {
            server().onFailure(failure, from);
        }
    }

    /** Tells listeners and log, in the caller's context. Only called when they want it: the hot path pays nothing. */
    private void observe(BiConsumer<CommandEvents, CommandIdentity> event) {
        CommandEvents events = Objects.requireNonNull(engine.events);
        CommandIdentity command = Objects.requireNonNull(observed);
        try {
            Contexts.run(context, () -> event.accept(events, command));
        } catch (Throwable e) {
            // Bytes that codecs have written or servers have sent may be no BSON: then nothing can be shown of them.
            LOG.warn("A command event of {} could not be made", operation.commandName(), e);
        }
    }

    @Override
    public long operationId() {
        if (operationId == 0) {
            operationId = engine.nextOperationId();
        }
        return operationId;
    }

    private long elapsed() {
        return engine.clock.nanoTime() - sentAtNanos;
    }

    /** The attempt failed: goes on with another one, or tells the user. */
    private void fail(MongoException failure, boolean sent) {
        RetryKind kind = retryKind();
        if (kind == RetryKind.WRITE) {
            kind = labelled(failure, sent);
        }
        if (use != null) {
            use.onFailure(failure);
        }
        if (tryAgain(kind, failure, sent)) {
            return;
        }
        MongoException told = Objects.requireNonNull(retries, "retries").told(failure);
        if (hasTimeout && isLate() && mayBeRetried(kind, failure)) {
            told = operationTimedOut(told);
        }
        told.attempts(attempt);
        end();
        fail(told);
    }

    private boolean isLate() {
        return Deadline.passed(deadline, engine.clock.nanoTime());
    }

    /** Labels the failure of a write where the server could take it twice without applying it twice. */
    private RetryKind labelled(MongoException failure, boolean sent) {
        Server of = server;
        if (sent ? txnNumber == 0 : of == null || !of.supportsRetryableWrites()) {
            return RetryKind.NONE;
        }
        Connection used = connection;
        ConnectionDescription description = used == null ? null : used.description();
        RetryPolicy.labelRetryableWrite(
                failure,
                description == null ? -1 : description.maxWireVersion(),
                description != null && description.mongos());
        return RetryKind.WRITE;
    }

    /** Something threw that is no outcome of the protocol: that is the result, and everything is given back. */
    private void broken(Throwable e) {
        if (stage != Stage.ENDED) {
            end();
        }
        fail(e);
    }

    /** Takes note of a failed attempt, and makes another one where the rules say so. */
    private boolean tryAgain(RetryKind kind, MongoException failure, boolean sent) {
        Retries made = retries;
        if (made == null) {
            made = new Retries();
            retries = made;
        }
        made.failed(failure, sent);
        if (isDone()
                || !mayBeRetried(kind, failure)
                || isLate()
                || !RetryPolicy.hasAttemptsLeft(attempt, hasTimeout, made.overloaded(), engine.overload.maxRetries())) {
            return false;
        }
        long wait = 0;
        if (RetryPolicy.isOverload(failure)) {
            double jitter = engine.overload.jitter().getAsDouble();
            wait = Backoff.nanos(attempt, Backoff.baseMillis(failure), jitter);
            if (wait >= Deadline.remaining(deadline, engine.clock.nanoTime())) {
                return false;
            }
        }
        made.avoid(server, failure, engine.overload.retarget());
        if (use != null) {
            use.onRetry(failure);
        }
        attempt++;
        releaseConnection();
        again(wait, failure);
        return true;
    }

    private void again(long wait, MongoException failure) {
        if (wait > 0) {
            stage = Stage.BACKOFF;
            engine.backoffs.sleep(this, wait);
        } else if (attempt % NESTED_ATTEMPTS != 0) {
            select();
        } else {
            stage = Stage.SELECTION;
            try {
                engine.transport.nextLoop().execute(this::select);
            } catch (RejectedExecutionException e) {
                broken(failure);
            }
        }
    }

    @Override
    public void onAwake() {
        if (isDone()) {
            end();
        } else {
            select();
        }
    }

    @Override
    public void onNoFurther(MongoException reason) {
        broken(reason);
    }

    private boolean mayBeRetried(RetryKind kind, MongoException failure) {
        return RetryPolicy.isRetryable(kind, failure)
                || (RetryPolicy.isRetryableOverload(failure) && retriesOverload());
    }

    private boolean retriesOverload() {
        if (use != null && use.endsTransaction()) {
            return true;
        }
        return switch (operation.commandKind()) {
            case READ -> engine.retryReads;
            case WRITE -> engine.retryWrites;
            case GIVEN -> engine.retryReads && engine.retryWrites;
        };
    }

    /** The kind that the client's settings leave of the operation's. */
    private RetryKind retryKind() {
        return use == null ? retryKindOfSettings() : use.retryKind(retryKindOfSettings());
    }

    private RetryKind retryKindOfSettings() {
        return switch (operation.retryKind()) {
            case NONE -> RetryKind.NONE;
            case READ -> engine.retryReads ? RetryKind.READ : RetryKind.NONE;
            case WRITE -> engine.retryWrites && operation.isAcknowledged() ? RetryKind.WRITE : RetryKind.NONE;
        };
    }

    private void releaseConnection() {
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

    /** Gives everything back; the result follows. */
    private void end() {
        stage = Stage.ENDED;
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

    @Override
    void unwanted(@Nullable T value) {
        operation.unwanted(value);
    }

    /**
     * Gives up waiting. A selection or checkout is left; a command that was sent cannot be called back: its reply is
     * read and dropped, so the connection stays usable.
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            Stage reached = stage;
            Server waitingFor = server;
            // Whoever takes the waiter out has the execution in hand: nobody else will call it.
            if (reached == Stage.BACKOFF && engine.backoffs.cancel(this)) {
                end();
            } else if (reached == Stage.SELECTION && engine.topology.cancel(this)) {
                end();
            } else if (reached == Stage.CHECKOUT
                    && waitingFor != null
                    && waitingFor.pool().cancel(this)) {
                end();
            }
        }
        return cancelled;
    }

    @Override
    public Server server() {
        return Objects.requireNonNull(server, "server");
    }

    @Override
    public ConnectionDescription connection() {
        return Objects.requireNonNull(connection, "connection").description();
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public boolean isRetryableWrite() {
        return txnNumber != 0;
    }

    @Override
    public CursorHome takeHome() {
        PinnedConnection held = null;
        if (connection().serviceId() != null) {
            if (borrowed == null) {
                PinnedConnection pinned =
                        new PinnedConnection(server(), Objects.requireNonNull(connection, "connection"));
                pinned.purpose(Pin.CURSOR);
                borrow(pinned);
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
