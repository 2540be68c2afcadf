package dev.rotor.driver.core.op;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.conn.ReplyHandler;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.pool.CheckoutListener;
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
public final class Execution<T extends @Nullable Object> extends DriverFuture<T>
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

    private final Engine engine;
    private final Operation<T> operation;
    private final long deadline;
    /** Whether {@code timeoutMS} is set, be it to "no limit". */
    private final boolean hasTimeout;
    /** The caller's context, restored around completions and listeners; {@code null} when nobody carries one. */
    private final ContextCarrier.@Nullable Snapshot context;

    /** Read by {@link #cancel} from any thread; written by whoever has the execution in hand. */
    private volatile Stage stage = Stage.NEW;

    private int attempt = 1;
    private @Nullable Server server;
    private @Nullable Connection connection;
    /** The explicit session; {@code null} where the view has none. */
    private @Nullable SessionUse use;

    private @Nullable ServerSession session;
    /** Whether {@link #session} is the cursor's, which outlives this execution. */
    private boolean sessionIsLentByCursor;

    private long txnNumber;
    /** With {@code timeoutMS}, when a server must be selected and a connection be there. */
    private long serverDeadline = Deadline.NONE;
    /** What the attempts so far have met; none when there was none. */
    private @Nullable Retries retries;

    /** The open cursor's server, to which further attempts go too; {@code null} to select one for each. */
    private @Nullable Server fixedServer;

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
        this.engine = engine;
        this.operation = operation;
        this.operationId = operationId;
        this.context = engine.context == null ? null : Contexts.capture(engine.context);
        this.deadline = deadline;
        this.hasTimeout = operation.scope().hasTimeout();
    }

    void start() {
        if (useSession(false)) {
            select();
        }
    }

    /** Begins to use the view's session, where it has one; tells whether the operation may go on. */
    private boolean useSession(boolean continues) {
        if (operation.scope().session() == null) {
            return true;
        }
        try {
            use = SessionUse.begin(operation, continues);
            return true;
        } catch (RuntimeException e) {
            broken(e);
            return false;
        }
    }

    /** Starts on the server of an open cursor, with the cursor's session. */
    void startOn(Server server, @Nullable ServerSession cursorSession) {
        session = cursorSession;
        sessionIsLentByCursor = true;
        fixedServer = server;
        if (useSession(true)) {
            select();
        }
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
        Server selected = fixedServer;
        if (selected != null) {
            selected.operationStarted();
            onSelected(selected);
            return;
        }
        try {
            Retries before = retries;
            selected = engine.topology.select(
                    operation.selector(),
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

    @Override
    public void onSelected(Server selected) {
        server = selected;
        stage = Stage.CHECKOUT;
        if (isDone()) {
            end();
            return;
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

    private void send(Connection checkedOut, CommandWriter out) {
        stage = Stage.SENT;
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
        Decoration.concerns(out, operation);
        if (operation.isAcknowledged()) {
            writeSession(out, description);
        }
        Decoration.ofDeployment(out, operation, description, server(), engine);
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
        if (session == null && !sessionIsLentByCursor) {
            session = engine.sessions.acquire(sessionTimeout);
        }
        if (session == null) {
            return;
        }
        Decoration.put(out, session.lsidElement());
        if (retryKind() == RetryKind.WRITE && !description.standalone()) {
            if (txnNumber == 0) {
                txnNumber = explicit == null
                        ? session.nextTxnNumber()
                        : explicit.session().nextTxnNumber(session);
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
            MongoException failure = Timeouts.transformed(e, operation.scope());
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
        RetryPolicy.labelRetryableWrite(
                failure, from.description().maxWireVersion(), from.description().mongos());
        return tryAgain(txnNumber == 0 ? RetryKind.NONE : RetryKind.WRITE, failure, true);
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
        return switch (operation.commandKind()) {
            case READ -> engine.retryReads;
            case WRITE -> engine.retryWrites;
            case GIVEN -> engine.retryReads && engine.retryWrites;
        };
    }

    /** The kind that the client's settings leave of the operation's. */
    private RetryKind retryKind() {
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
            if (used != null) {
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
        releaseConnection();
        SessionUse explicit = use;
        if (explicit != null) {
            use = null;
            explicit.end(of == null ? null : of.logicalSessionTimeoutMinutes());
        } else if (lent != null && !sessionIsLentByCursor) {
            engine.sessions.release(lent, of == null ? null : of.logicalSessionTimeoutMinutes());
        }
    }

    private void succeed(@Nullable T value) {
        if (engine.completions == null && context == null) {
            deliver(value);
        } else {
            elsewhere(() -> deliver(value));
        }
    }

    private void deliver(@Nullable T value) {
        if (!complete(value)) {
            operation.unwanted(value);
        }
    }

    private void fail(Throwable failure) {
        if (engine.completions == null && context == null) {
            completeExceptionally(failure);
        } else {
            elsewhere(() -> completeExceptionally(failure));
        }
    }

    private void elsewhere(Runnable completion) {
        Runnable task = context == null ? completion : () -> Contexts.run(context, completion);
        if (engine.completions == null) {
            task.run();
            return;
        }
        try {
            engine.completions.execute(task);
        } catch (Throwable e) {
            // The user has shut the executor down; a result that never comes would be worse than one on this thread.
            if (!isDone()) {
                task.run();
            }
        }
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
    public @Nullable ServerSession takeSession() {
        if (use != null) {
            return null;
        }
        ServerSession taken = session;
        session = null;
        return taken;
    }
}
