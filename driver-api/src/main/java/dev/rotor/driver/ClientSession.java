package dev.rotor.driver;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Operations that belong together: they see each other's effects (causal consistency), see one point in time (snapshot
 * sessions), or happen all or not at all (transactions), as the Driver Sessions, Causal Consistency, Snapshot Reads and
 * Transactions specifications define it.
 *
 * <p>An operation belongs to a session when the database, collection or cluster that it is called on is bound to it:
 *
 * <pre>{@code
 * try (ClientSession session = client.startSession()) {
 *     MongoCollection<Document> accounts = collection.withSession(session);
 *     session.startTransaction();
 *     accounts.updateOne(eq("_id", 1), inc("balance", -100))
 *             .thenCompose(r -> accounts.updateOne(eq("_id", 2), inc("balance", 100)))
 *             .thenCompose(r -> session.commitTransaction())
 *             .toCompletableFuture().join();
 * }
 * }</pre>
 *
 * <h2>One after the other</h2>
 *
 * A session is for operations in sequence: each is called when the stage of the one before is complete. The session may
 * go from thread to thread on the way. Operations that overlap never corrupt the session or the client, and what they
 * give back is right for each of them; but in which order they happen is open, and inside a transaction servers refuse
 * commands that arrive out of order, most of all when the first two overlap.
 *
 * <h2>Errors in a transaction</h2>
 *
 * An error of a command may abort the transaction on the server; its commit then fails with {@code NoSuchTransaction}.
 * So whoever catches such an error must not go on to commit. On errors with the label
 * {@link MongoException#TRANSIENT_TRANSACTION_ERROR} the whole transaction may be run again, and on those of a commit
 * with {@link MongoException#UNKNOWN_TRANSACTION_COMMIT_RESULT} the commit; {@link #withTransaction} does both.
 *
 * <p>Comes from {@link MongoClient#startSession()} and must be closed: an open one holds an id that the server
 * remembers, and perhaps a transaction with its locks. Applications do not implement this interface.
 */
public interface ClientSession extends AutoCloseable {

    /**
     * The client that started this session. Only operations of this client can use it.
     *
     * @return the client
     */
    MongoClient client();

    /**
     * What the session is like.
     *
     * @return the options that it was started with
     */
    ClientSessionOptions options();

    /**
     * The id by which servers know the session, the command field {@code lsid}. Ids are used again for later sessions.
     *
     * @return a document {@code {id: UUID}}, a copy
     * @throws IllegalStateException if the session was closed before it had an id
     */
    BsonDocument sessionId();

    /**
     * The time of the session's last operation, in the deployment's terms.
     *
     * @return the highest that was seen or given; {@code null} when there was none
     */
    @Nullable
    BsonTimestamp operationTime();

    /**
     * The deployment's time as this session has seen it, the field {@code $clusterTime}.
     *
     * @return the highest that was seen or given, a copy; {@code null} when there was none
     */
    @Nullable
    BsonDocument clusterTime();

    /**
     * Moves the operation time forward, so that reads of this session see what another session has done. An earlier
     * time changes nothing.
     *
     * @param operationTime {@link #operationTime()} of the other session
     */
    void advanceOperationTime(BsonTimestamp operationTime);

    /**
     * Moves the cluster time forward. An earlier time changes nothing. Servers check the signature that comes with it.
     *
     * @param clusterTime {@link #clusterTime()} of the other session
     * @throws IllegalArgumentException if it has no timestamp {@code clusterTime}
     */
    void advanceClusterTime(BsonDocument clusterTime);

    /**
     * The point in time that reads of this snapshot session see.
     *
     * @return what the options said, or what the first read found; {@code null} before that
     * @throws IllegalStateException if this is no snapshot session
     */
    @Nullable
    BsonTimestamp snapshotTime();

    /**
     * The mongos that the transaction runs on, on a sharded cluster or behind a load balancer.
     *
     * @return its address; {@code null} when the next command may go to any
     */
    @Nullable
    ServerAddress pinnedServer();

    /**
     * Where the session stands with its transaction.
     *
     * @return the state at this moment
     */
    TransactionState transactionState();

    /**
     * Whether a transaction is in progress: started, and neither committed nor aborted.
     *
     * @return {@code true} between {@link #startTransaction()} and the first attempt to end it
     */
    default boolean inTransaction() {
        TransactionState state = transactionState();
        return state == TransactionState.STARTING || state == TransactionState.IN_PROGRESS;
    }

    /**
     * Whether the session was closed.
     *
     * @return {@code true} after {@link #close()} or {@link #closeAsync()}
     */
    boolean isClosed();

    /**
     * Starts a transaction with the session's defaults. Nothing is sent: the first operation begins it on the server.
     *
     * @throws IllegalStateException if one is in progress, this is a snapshot session, or the session is closed
     * @throws IllegalArgumentException if its write concern would be unacknowledged
     */
    default void startTransaction() {
        startTransaction(TransactionOptions.DEFAULT);
    }

    /**
     * Starts a transaction. Nothing is sent: the first operation begins it on the server.
     *
     * @param options how it is carried out
     * @throws IllegalStateException if one is in progress, this is a snapshot session, or the session is closed
     * @throws IllegalArgumentException if its write concern would be unacknowledged
     */
    void startTransaction(TransactionOptions options);

    /**
     * Commits the transaction, within the time limit of its options. A transaction without operations ends without a
     * command. May be called again after a failure, or after success: then with write concern {@code majority}.
     *
     * @return completes when it is committed; fails with a {@link MongoException}, labelled
     *     {@link MongoException#UNKNOWN_TRANSACTION_COMMIT_RESULT} when it may have been committed all the same, or
     *     with an {@link IllegalStateException} when there is no transaction to commit
     */
    default CompletionStage<Void> commitTransaction() {
        return commitTransaction(null);
    }

    /**
     * The same within another time limit.
     *
     * @param timeout in whole milliseconds; zero for none; {@code null} for that of the transaction's options
     * @return completes and fails like {@link #commitTransaction()}
     * @throws IllegalArgumentException if it is negative
     */
    CompletionStage<Void> commitTransaction(@Nullable Duration timeout);

    /**
     * Aborts the transaction, within the time limit of its options. What goes wrong on the way to the server is not
     * told, since the server ends such a transaction by itself.
     *
     * @return completes when it is aborted; fails with an {@link IllegalStateException} when there is no transaction to
     *     abort
     */
    default CompletionStage<Void> abortTransaction() {
        return abortTransaction(null);
    }

    /**
     * The same within another time limit.
     *
     * @param timeout in whole milliseconds; zero for none; {@code null} for that of the transaction's options
     * @return completes and fails like {@link #abortTransaction()}
     * @throws IllegalArgumentException if it is negative
     */
    CompletionStage<Void> abortTransaction(@Nullable Duration timeout);

    /**
     * Runs a transaction with the session's defaults, like {@link #withTransaction(Function, TransactionOptions)}.
     *
     * @param body does the transaction's operations
     * @param <T> what it gives
     * @return what the last run of the body gave, once that is committed
     */
    default <T extends @Nullable Object> CompletionStage<T> withTransaction(
            Function<? super ClientSession, ? extends CompletionStage<T>> body) {
        return withTransaction(body, TransactionOptions.DEFAULT);
    }

    /**
     * Runs a transaction: starts it, calls the body, commits when the body's stage completes, aborts when it fails, and
     * does all of it again, after a short pause, on failures that another run may mend, as the Convenient API for
     * Transactions specification defines it. Goes on for 120 seconds, or for the time limit of the options.
     *
     * <p>The body may run several times, so it must not do what cannot be done twice. Its operations belong to the
     * transaction only when they are called on something bound to the session. Errors of its operations must reach the
     * stage that it returns: whoever hides one lets a commit be tried that can never succeed. A body that commits or
     * aborts by itself is taken at its word.
     *
     * <p>The first run begins on the calling thread, further ones where completions run.
     *
     * @param body does the transaction's operations; gives a stage that completes when they are done; what it throws
     *     counts as failure of that stage
     * @param options how the transaction is carried out
     * @param <T> what it gives
     * @return what the last run of the body gave, once that is committed; fails with what the body or the commit failed
     *     with, with a {@link MongoTimeoutException} on top when time ran out, or with what
     *     {@link #startTransaction(TransactionOptions)} throws. Cancelling it ends the repetition, and aborts the
     *     transaction when the body is done
     */
    <T extends @Nullable Object> CompletionStage<T> withTransaction(
            Function<? super ClientSession, ? extends CompletionStage<T>> body, TransactionOptions options);

    /**
     * Ends the session: aborts a transaction in progress, and keeps the session's id for later sessions. May be called
     * more than once. Does not wait for the abort.
     *
     * <p>Operations that are called later fail with an {@link IllegalStateException}; cursors that were opened before
     * can be read to their end.
     */
    @Override
    void close();

    /**
     * The same, telling when the abort is through.
     *
     * @return completes when it is, and at once when there is nothing to abort; never with a failure
     */
    default CompletionStage<Void> closeAsync() {
        return closeAsync(null);
    }

    /**
     * The same, giving up the abort when a time limit is over.
     *
     * @param timeout of the abort, in whole milliseconds; zero for none; {@code null} for that of the transaction's
     *     options. Counts at the first call that closes the session; later ones wait for the abort of that call
     * @return completes like {@link #closeAsync()}, at the latest when the time is over
     * @throws IllegalArgumentException if it is negative
     */
    CompletionStage<Void> closeAsync(@Nullable Duration timeout);
}
