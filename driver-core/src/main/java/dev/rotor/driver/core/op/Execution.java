package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.MongoWriteConcernException;
import dev.rotor.driver.core.conn.Authenticator;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.conn.ReplyHandler;
import dev.rotor.driver.core.conn.StreamStoppedException;
import dev.rotor.driver.core.pool.CheckoutListener;
import dev.rotor.driver.core.session.PinnedConnection;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.topology.SelectionListener;
import dev.rotor.driver.core.topology.Server;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries one operation from server selection to its result. It is the state machine, the waiter of selection and pool,
 * the reply handler and the promise, so that a call needs one object.
 *
 * <p>Each step either goes on at once or hands this object over to someone who calls it later, perhaps already before
 * the handing call returns: no field is touched after such a call.
 */
public final class Execution<T extends @Nullable Object> extends HoldingFuture<T>
        implements SelectionListener, CheckoutListener<Connection>, ReplyHandler, Backoffs.Sleeper {

    /** How many attempts may nest when a transport answers on the sending thread; the next one starts from a loop. */
    private static final int NESTED_ATTEMPTS = 16;

    private enum Stage {
        NEW,
        BACKOFF,
        SELECTION,
        CHECKOUT,
        SENT,
        ENDED
    }

    /** Read by {@link #cancel} from any thread; written by whoever has the execution in hand. */
    private volatile Stage stage = Stage.NEW;

    private int attempt = 1;
    /** With {@code timeoutMS}, when a server must be selected and a connection be there. */
    private long serverDeadline = Deadline.NONE;
    /** What the attempts so far have met; none when there was none. */
    private @Nullable Retries retries;

    /** Links what is told of the commands of one operation; 0 until somebody wants to hear of it. */
    private long operationId;
    /** Tells of the command under way; {@code null} where nobody wants to hear of it. */
    private @Nullable Observation observation;
    /** Whether the server has sent one of several replies to this attempt: for the next one no command is sent. */
    private boolean streaming;
    /** Whether the connection was authenticated anew for this operation, which is done once. */
    private boolean reauthenticated;

    Execution(Engine engine, Operation<T> operation, long deadline, long operationId) {
        super(engine, operation, deadline);
        this.operationId = operationId;
    }

    void start() {
        try {
            useSession();
        } catch (RuntimeException e) {
            broken(e);
            return;
        }
        select();
    }

    /** Starts where an open cursor lives. */
    void startOn(CursorHome cursorHome) {
        belongTo(cursorHome);
        select();
    }

    /** Selects a server anew, with the session of a cursor that is opened again. */
    void startAgain(CursorHome cursorHome) {
        useSessionOf(cursorHome);
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

    private void goOver(PinnedConnection pinned) {
        if (!takeOver(pinned)) {
            broken(new IllegalStateException("Another operation of the same transaction or cursor has not ended"));
            return;
        }
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
        Connection checkedOut;
        try {
            if (use != null) {
                use.onSelected(selected);
            }
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
        CommandWriter out;
        try {
            pinToTransaction(checkedOut);
            out = checkedOut.beginCommand();
        } catch (Throwable e) {
            // Whoever delivers the connection knows nothing to do about it, and the connection has seen nothing.
            broken(e);
            return;
        }
        try {
            CommandForm.write(out, this, checkedOut.description());
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
        streaming = false;
        if (use != null && !use.onSent()) {
            out.discard();
            fail(SessionUse.tooLate(operation.commandName()), false);
            return;
        }
        CommandEvents listening = engine.events;
        observation = listening != null && listening.wanted() ? observed(listening, out, checkedOut) : null;
        try {
            if (hasTimeout) {
                // The socket timeout is one of those that timeoutMS replaces.
                checkedOut.send(out, this, deadline, 0);
            } else {
                checkedOut.send(out, this, deadline);
            }
        } catch (Throwable e) {
            notSent(checkedOut, e);
        }
    }

    /** Sending threw, so that nobody will call this back; what is left of it must not be used again. */
    private void notSent(Connection over, Throwable e) {
        MongoException failure = e instanceof MongoException known
                ? known
                : new MongoException(
                        operation.commandName() + " could not be sent: " + e,
                        e,
                        -1,
                        over.description().server());
        tellFailed(failure);
        over.close(failure);
        broken(e);
    }

    private Observation observed(CommandEvents listening, CommandWriter out, Connection over) {
        CommandIdentity command = new CommandIdentity(
                out.requestId(),
                operationId(),
                operation.scope().database(),
                operation.commandName(),
                over.description());
        return Observation.start(listening, engine.clock, context, command, out);
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
        takeNote(reply);
        if (streaming) {
            observeStreamed(from);
        }
        if (reply.moreToCome()) {
            streamed(from, reply);
        } else if (reply.ok()) {
            answered(from, reply);
        } else {
            refused(from, reply);
        }
    }

    private void takeNote(ReplyEnvelope reply) {
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
    }

    /** One reply of several; server and connection stay taken until the last of them. */
    private void streamed(Connection from, ReplyEnvelope reply) {
        try {
            if (!reply.ok()) {
                MongoException failure = failureOf(reply, from);
                tellFailed(failure);
                throw failure;
            }
            if (observation != null) {
                observation.succeeded(reply);
            }
            streaming = true;
            operation.readStreamed(reply, from, this);
        } catch (Throwable e) {
            // More replies will come, so the connection is of no use any more; its end is this execution's, too.
            from.close(new StreamStoppedException(e));
        }
    }

    /** A reply that nobody has sent a command for: listeners hear of one all the same, as if it had been sent. */
    private void observeStreamed(Connection from) {
        CommandEvents listening = engine.events;
        observation = null;
        if (listening == null || !listening.wanted()) {
            return;
        }
        CommandWriter again = from.beginCommand();
        try {
            CommandForm.write(again, this, from.description());
            observation = observed(listening, again, from);
        } catch (MongoTimeoutException e) {
            // It would not have been sent any more, and was not.
            return;
        } finally {
            again.discard();
        }
    }

    private MongoException failureOf(ReplyEnvelope reply, Connection from) {
        return CommandFailures.of(
                operation.commandName(), reply, from.description().server(), use != null && use.inTransaction());
    }

    private void refused(Connection from, ReplyEnvelope reply) {
        MongoException failure = failureOf(reply, from);
        tellFailed(failure);
        if (failure.code() == ErrorCodes.REAUTHENTICATION_REQUIRED && reauthenticates(from)) {
            return;
        }
        tellTopology(failure, from);
        fail(Timeouts.transformed(failure, operation.scope()), true);
    }

    /**
     * Whether the connection is being authenticated anew, after which the command is sent again over it, whatever the
     * rules of retries are; see "Reauthentication" in the Authentication specification.
     */
    private boolean reauthenticates(Connection from) {
        if (reauthenticated || isDone()) {
            return false;
        }
        reauthenticated = true;
        return from.reauthenticate(deadline, new Reauthentication(from));
    }

    private final class Reauthentication implements Authenticator.Callback {

        private final Connection over;

        Reauthentication(Connection over) {
            this.over = over;
        }

        @Override
        public void onAuthenticated() {
            onCheckedOut(over);
        }

        @Override
        public void onAuthenticationFailed(MongoException cause) {
            // The connection is nobody's now.
            over.close(cause);
            if (cause instanceof MongoConnectionException) {
                tellTopology(cause, over);
            }
            fail(hasTimeout && isLate() ? operationTimedOut(cause) : cause, true);
        }

        @Override
        public long onWait(long nanos) {
            return deadline;
        }
    }

    private void answered(Connection from, ReplyEnvelope reply) {
        if (observation != null) {
            observation.succeeded(reply);
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
        if (observation != null) {
            observation.failed(failure);
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
        if (observation != null) {
            observation.succeededUnacknowledged();
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
        try {
            disconnected(from, failure);
        } catch (Throwable e) {
            // Nobody calls this a second time.
            broken(e);
        }
    }

    private void disconnected(Connection from, MongoException failure) {
        if (failure instanceof StreamStoppedException) {
            Throwable cause = failure.getCause();
            broken(
                    cause == null
                            ? failure
                            : CommandFailures.ofReading(
                                    cause,
                                    operation.commandName(),
                                    from.description().server(),
                                    attempt));
            return;
        }
        if (streaming) {
            observeStreamed(from);
        }
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

    @Override
    public long operationId() {
        if (operationId == 0) {
            operationId = engine.nextOperationId();
        }
        return operationId;
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
        if (isDone() || !mayBeRetried(kind, failure)) {
            return false;
        }
        long wait = made.pause(failure, attempt, this);
        if (wait < 0) {
            return false;
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
        return RetryRules.mayBeRetried(engine, operation, use, kind, failure);
    }

    /** Gives everything back; the result follows. */
    private void end() {
        stage = Stage.ENDED;
        releaseAll();
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
}
