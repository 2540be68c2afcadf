package dev.rotor.driver.core.client;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.driver.TransactionState;
import dev.rotor.driver.core.future.ContextFuture;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.core.op.Transactions;
import dev.rotor.driver.core.session.BoundSession;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** A client session. What operations need of it is in {@link BoundSession}. */
final class RotorSession implements ClientSession {

    private final MongoClient client;
    private final Engine engine;
    private final Transactions transactions;
    private final BoundSession session;

    RotorSession(MongoClient client, Engine engine, Scope clientScope, ClientSessionOptions options) {
        checkTogether(options);
        this.client = client;
        this.engine = engine;
        this.transactions = new Transactions(engine, clientScope, options);
        this.session = transactions.session();
        session.ownedBy(this);
    }

    private static void checkTogether(ClientSessionOptions options) {
        if (options.snapshot() && options.isCausallyConsistent()) {
            throw new IllegalArgumentException("A session cannot be both a snapshot session and causally consistent");
        }
        if (options.snapshotTime() != null && !options.snapshot()) {
            throw new IllegalArgumentException("snapshotTime is for snapshot sessions; set snapshot as well");
        }
    }

    /**
     * What views need of a session that somebody gives them.
     *
     * @throws IllegalArgumentException if it is not a session of this client
     */
    static @Nullable BoundSession bound(Engine engine, @Nullable ClientSession session) {
        if (session == null) {
            return null;
        }
        if (!(session instanceof RotorSession ours)) {
            throw new IllegalArgumentException(
                    "Not a session of this driver: " + session.getClass().getName());
        }
        if (ours.engine != engine) {
            throw new IllegalArgumentException("The session was started by another client");
        }
        return ours.session;
    }

    /** What users hold of the session that a view is bound to. */
    static @Nullable ClientSession of(Scope scope) {
        BoundSession bound = scope.session();
        return bound == null ? null : bound.owner();
    }

    BoundSession bound() {
        return session;
    }

    @Override
    public MongoClient client() {
        return client;
    }

    @Override
    public ClientSessionOptions options() {
        return session.options();
    }

    @Override
    public BsonDocument sessionId() {
        return engine.sessionId(session);
    }

    @Override
    public @Nullable BsonTimestamp operationTime() {
        return session.operationTime();
    }

    @Override
    public @Nullable BsonDocument clusterTime() {
        return session.clusterClock().document();
    }

    @Override
    public void advanceOperationTime(BsonTimestamp operationTime) {
        session.onReply(operationTime.getValue(), 0);
    }

    @Override
    public void advanceClusterTime(BsonDocument clusterTime) {
        session.clusterClock().advance(Objects.requireNonNull(clusterTime, "clusterTime"));
    }

    @Override
    public @Nullable BsonTimestamp snapshotTime() {
        if (!session.options().snapshot()) {
            throw new IllegalStateException("Only snapshot sessions have a snapshot time");
        }
        return session.snapshotTime();
    }

    @Override
    public @Nullable ServerAddress pinnedServer() {
        return session.transaction().pinnedAddress();
    }

    @Override
    public TransactionState transactionState() {
        return session.transaction().state();
    }

    @Override
    public boolean isClosed() {
        return session.isClosed();
    }

    @Override
    public void startTransaction(TransactionOptions options) {
        transactions.start(Objects.requireNonNull(options, "options"));
    }

    @Override
    public CompletionStage<Void> commitTransaction(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        return transactions.commit(timeout);
    }

    @Override
    public CompletionStage<Void> abortTransaction(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        return transactions.abort(timeout);
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> withTransaction(
            Function<? super ClientSession, ? extends CompletionStage<T>> body, TransactionOptions options) {
        Objects.requireNonNull(body, "body");
        return transactions.run(this, body, Objects.requireNonNull(options, "options"));
    }

    @Override
    public void close() {
        transactions.end(null);
    }

    @Override
    public CompletionStage<Void> closeAsync(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        DriverFuture<Void> closed = ContextFuture.in(engine.captureContext(), engine);
        transactions.end(timeout).whenComplete((none, failure) -> closed.complete(null));
        return closed;
    }

    @Override
    public String toString() {
        return "ClientSession{" + session.options() + (session.isClosed() ? ", closed}" : "}");
    }
}
