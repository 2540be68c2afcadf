package dev.rotor.driver.core.op;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
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
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Carries one operation from server selection to its result. It is the state machine, the waiter of selection and pool,
 * the reply handler and the promise, so that a call needs one object.
 *
 * <p>Each step either goes on at once or hands this object over to someone who calls it later, perhaps already before
 * the handing call returns: no field is touched after such a call.
 */
public final class Execution<T extends @Nullable Object> extends DriverFuture<T>
        implements SelectionListener, CheckoutListener<Connection>, ReplyHandler, ReplyContext {

    /** Sent to a replica set member that is reached directly: it may be a secondary, and the user has asked for it. */
    private static final byte[] PRIMARY_PREFERRED = Elements.encode(
            "$readPreference",
            new BsonDocument("mode", new BsonString(ReadPreference.Mode.PRIMARY_PREFERRED.wireName())));

    private enum Stage {
        NEW,
        SELECTION,
        CHECKOUT,
        SENT,
        ENDED
    }

    private final Engine engine;
    private final Operation<T> operation;
    private final long deadline;
    /** The caller's context, restored around completions and listeners; {@code null} when nobody carries one. */
    private final ContextCarrier.@Nullable Snapshot context;

    /** Read by {@link #cancel} from any thread; written by whoever has the execution in hand. */
    private volatile Stage stage = Stage.NEW;

    private int attempt = 1;
    private @Nullable Server server;
    private @Nullable Connection connection;
    private @Nullable ServerSession session;
    /** Whether {@link #session} is the cursor's, which outlives this execution. */
    private boolean sessionIsLentByCursor;

    private long txnNumber;
    private Set<ServerAddress> deprioritized = Set.of();
    private @Nullable MongoException previousFailure;
    private long sentAtNanos;
    private int requestId;

    Execution(Engine engine, Operation<T> operation) {
        super(engine);
        this.engine = engine;
        this.operation = operation;
        this.context = engine.context == null ? null : engine.context.capture();
        long timeout = operation.scope().timeoutNanos();
        this.deadline = timeout == 0 ? Deadline.NONE : Deadline.after(engine.clock.nanoTime(), timeout);
    }

    void start() {
        select();
    }

    /** Starts on the server of an open cursor, with the cursor's session. */
    void startOn(Server server, @Nullable ServerSession cursorSession) {
        session = cursorSession;
        sessionIsLentByCursor = true;
        server.operationStarted();
        onSelected(server);
    }

    private void select() {
        stage = Stage.SELECTION;
        Server selected =
                engine.topology.select(operation.selector(), deprioritized, operation.commandName(), deadline, this);
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
        Connection checkedOut = selected.pool().checkOut(this, deadline, engine.transport.currentLoop());
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
        } catch (Throwable e) {
            // Codecs are the user's: what they throw is the operation's result, and the connection has seen nothing.
            out.discard();
            end();
            fail(e);
            return;
        }
        send(checkedOut, out);
    }

    private void send(Connection checkedOut, CommandWriter out) {
        stage = Stage.SENT;
        if (engine.events != null) {
            requestId = out.requestId();
            sentAtNanos = engine.clock.nanoTime();
            observe(events -> events.started(operation, out, checkedOut.description()));
        }
        checkedOut.send(out, this, deadline);
    }

    private void write(CommandWriter out, ConnectionDescription description) {
        Scope scope = operation.scope();
        operation.writeBody(out, description);
        if (operation.sendsReadConcern()) {
            putElement(out, scope.readConcernElement());
        }
        if (operation.sendsWriteConcern()) {
            putElement(out, scope.writeConcernElement());
        }
        putElement(out, scope.databaseElement());
        decorate(out, description);
        out.endBody();
        operation.writeSequences(out, description);
        if (!operation.isAcknowledged()) {
            out.unacknowledged();
        }
    }

    private void decorate(CommandWriter out, ConnectionDescription description) {
        Integer sessionTimeout = description.logicalSessionTimeoutMinutes();
        if (sessionTimeout != null && operation.isAcknowledged()) {
            if (session == null && !sessionIsLentByCursor) {
                session = engine.sessions.acquire(sessionTimeout);
            }
            if (session != null) {
                putElement(out, session.lsidElement());
                if (retryKind() == RetryKind.WRITE && !description.standalone()) {
                    if (txnNumber == 0) {
                        txnNumber = session.nextTxnNumber();
                    }
                    out.putInt64(Names.TXN_NUMBER, txnNumber);
                }
            }
        }
        if (!description.standalone()) {
            putElement(out, engine.clusterClock.element());
            if (operation.sendsReadPreference()) {
                byte[] readPreference = operation.scope().readPreferenceElement();
                if (readPreference != null) {
                    putElement(out, readPreference);
                } else if (!description.mongos() && server().isDirectToReplicaSetMember()) {
                    putElement(out, PRIMARY_PREFERRED);
                }
            }
        }
        putElement(out, engine.apiElements);
    }

    private static void putElement(CommandWriter out, byte @Nullable [] element) {
        if (element != null) {
            out.putRawElement(element, 0, element.length);
        }
    }

    @Override
    public void onCheckoutFailed(MongoException cause) {
        // Whatever cleared the pool, or made connecting fail, has told the topology itself.
        fail(cause, false);
    }

    @Override
    public void onReply(Connection from, ReplyEnvelope reply) {
        int clusterTime = reply.clusterTimeOffset();
        if (clusterTime >= 0) {
            engine.clusterClock.advance(reply.frame(), clusterTime);
        }
        if (session != null) {
            session.used(engine.clock.nanoTime());
        }
        if (!reply.ok()) {
            MongoException failure = CommandFailures.of(
                    operation.commandName(), reply, from.description().server());
            if (engine.events != null) {
                long elapsed = elapsed();
                observe(events -> events.failed(operation, from.description(), requestId, elapsed, failure));
            }
            tellTopology(failure, from);
            fail(failure, true);
            return;
        }
        if (engine.events != null) {
            long elapsed = elapsed();
            observe(events -> events.succeeded(operation, from.description(), requestId, elapsed, reply));
        }
        if (reply.writeConcernErrorOffset() >= 0 && retryAfterWriteConcernError(reply, from)) {
            return;
        }
        @Nullable T value;
        try {
            value = operation.read(reply, this);
        } catch (Throwable e) {
            if (e instanceof MongoException failure) {
                failure.attempts(attempt);
            }
            end();
            fail(e);
            return;
        }
        end();
        succeed(value);
    }

    /** A write that was applied, but whose concern was not met because the primary went away, is sent again. */
    private boolean retryAfterWriteConcernError(ReplyEnvelope reply, Connection from) {
        MongoException failure =
                WriteReplies.writeConcernFailure(reply, from.description().server());
        tellTopology(failure, from);
        RetryPolicy.labelRetryableWrite(
                failure, from.description().maxWireVersion(), from.description().mongos());
        if (txnNumber == 0 || !tryAgain(RetryKind.WRITE, failure)) {
            return false;
        }
        again(failure, true);
        return true;
    }

    @Override
    public void onSentUnacknowledged(Connection from) {
        if (engine.events != null) {
            long elapsed = elapsed();
            observe(events -> events.succeededUnacknowledged(operation, from.description(), requestId, elapsed));
        }
        @Nullable T value;
        try {
            value = operation.unacknowledgedResult();
        } catch (RuntimeException e) {
            end();
            fail(e);
            return;
        }
        end();
        succeed(value);
    }

    @Override
    public void onConnectionFailure(Connection from, MongoException failure) {
        if (engine.events != null) {
            long elapsed = elapsed();
            observe(events -> events.failed(operation, from.description(), requestId, elapsed, failure));
        }
        if (session != null) {
            session.markDirty();
        }
        tellTopology(failure, from);
        if (failure instanceof MongoConnectionException timeout
                && timeout.isTimeout()
                && Deadline.passed(deadline, engine.clock.nanoTime())) {
            fail(operationTimedOut(failure), true);
        } else {
            fail(failure, true);
        }
    }

    private MongoTimeoutException operationTimedOut(MongoException failure) {
        return new MongoTimeoutException(
                "The operation did not end within its timeout of "
                        + operation.scope().timeoutNanos() / 1_000_000 + " ms: " + failure.getMessage(),
                failure,
                failure.server(),
                MongoTimeoutException.Waiting.OPERATION);
    }

    private void tellTopology(MongoException failure, @Nullable Connection from) {
        if (!(failure instanceof MongoClientClosedException)) {
            server().onFailure(failure, from);
        }
    }

    /** Tells the listeners, in the caller's context. Only called when there are some, so the hot path pays nothing. */
    private void observe(Consumer<CommandEvents> event) {
        CommandEvents events = Objects.requireNonNull(engine.events);
        if (context == null) {
            event.accept(events);
        } else {
            context.run(() -> event.accept(events));
        }
    }

    private long elapsed() {
        return engine.clock.nanoTime() - sentAtNanos;
    }

    /** The attempt failed: goes on with another one, or tells the user. */
    private void fail(MongoException failure, boolean sent) {
        RetryKind kind = retryKind();
        if (kind == RetryKind.WRITE) {
            ConnectionDescription description = connection == null ? null : connection.description();
            if (description == null || !description.standalone()) {
                RetryPolicy.labelRetryableWrite(
                        failure,
                        description == null ? -1 : description.maxWireVersion(),
                        description != null && description.mongos());
            }
            // Without a transaction number the server might apply it twice; before one could be given, it was not sent.
            if (sent && txnNumber == 0) {
                kind = RetryKind.NONE;
            }
        }
        if (tryAgain(kind, failure)) {
            again(failure, sent);
            return;
        }
        MongoException told = RetryPolicy.morePrecise(previousFailure, failure, sent);
        told.attempts(attempt);
        end();
        fail(told);
    }

    private boolean tryAgain(RetryKind kind, MongoException failure) {
        boolean hasDeadline = deadline != Deadline.NONE;
        return !isDone()
                && RetryPolicy.tryAgain(
                        kind,
                        failure,
                        attempt,
                        hasDeadline,
                        hasDeadline && Deadline.passed(deadline, engine.clock.nanoTime()));
    }

    private void again(MongoException failure, boolean sent) {
        previousFailure = RetryPolicy.morePrecise(previousFailure, failure, sent);
        Server failed = server;
        if (failed != null && (failed.isMongos() || failure.hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR))) {
            Set<ServerAddress> more = new HashSet<>(deprioritized);
            more.add(failed.address());
            deprioritized = more;
        }
        attempt++;
        releaseConnection();
        select();
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
        if (lent != null && !sessionIsLentByCursor) {
            engine.sessions.release(lent, of == null ? null : of.logicalSessionTimeoutMinutes());
        }
    }

    private void succeed(@Nullable T value) {
        if (engine.completions == null && context == null) {
            complete(value);
        } else {
            elsewhere(() -> complete(value));
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
        Runnable task = context == null ? completion : () -> context.run(completion);
        if (engine.completions == null) {
            task.run();
            return;
        }
        try {
            engine.completions.execute(task);
        } catch (RejectedExecutionException e) {
            // The user has shut the executor down; a result that never comes would be worse than one on this thread.
            task.run();
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
            if (reached == Stage.SELECTION && engine.topology.cancel(this)) {
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
    public @Nullable ServerSession takeSession() {
        ServerSession taken = session;
        session = null;
        return taken;
    }
}
