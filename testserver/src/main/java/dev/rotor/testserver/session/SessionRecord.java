package dev.rotor.testserver.session;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.SessionKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One session: when it was used, its latest {@code txnNumber}, and the results of the statements under that number. */
public final class SessionRecord {

    private final SessionKey key;
    /** Held while a command with a txnNumber runs: a retry waits for the attempt before. */
    private final ReentrantLock turn = new ReentrantLock();

    private final Map<Integer, Document> statements = new HashMap<>();
    private long txnNumber = -1;
    private boolean transaction;
    private volatile Instant lastUse;

    SessionRecord(SessionKey key, Instant now) {
        this.key = key;
        this.lastUse = now;
    }

    public SessionKey key() {
        return key;
    }

    Instant lastUse() {
        return lastUse;
    }

    void touch(Instant now) {
        lastUse = now;
    }

    /** One command with a {@code txnNumber} runs at a time. */
    public ReentrantLock turn() {
        return turn;
    }

    /**
     * A command comes with a {@code txnNumber}; the turn is held. A later number forgets what the one before has left.
     *
     * @throws CommandError TransactionTooOld if a later one was seen, IncompleteTransactionHistory (217) if the number
     *     was that of a transaction and now is that of a retryable write, or the other way round
     */
    public void begin(long number, boolean inTransaction) {
        if (number < txnNumber) {
            throw new CommandError(
                    ErrorCode.TRANSACTION_TOO_OLD,
                    (inTransaction
                                    ? "Cannot start transaction with { txnNumber: "
                                    : "Retryable write with { txnNumber: ")
                            + number + " } is prohibited on session " + key.id()
                            + " because a newer " + (transaction ? "transaction" : "retryable write")
                            + " with { txnNumber: " + txnNumber + " } has already started on this session.");
        }
        if (number > txnNumber) {
            txnNumber = number;
            transaction = inTransaction;
            statements.clear();
        } else if (transaction && !inTransaction) {
            throw new CommandError(
                    50768,
                    "Cannot run retryable write with session id " + key.id() + " and transaction number " + number
                            + " because a transfer transaction with the same number is in progress");
        }
    }

    /** The number of the latest retryable write or transaction; -1 if there was none. The turn is held. */
    public long txnNumber() {
        return txnNumber;
    }

    /** What was kept for the statement, or null. The turn is held. */
    public @Nullable Document recall(int stmtId) {
        Document kept = statements.get(stmtId);
        return kept == null ? null : kept.cloneDeeply();
    }

    /** Keeps the result of a statement. The turn is held. */
    public void record(int stmtId, Document result) {
        statements.put(stmtId, result.cloneDeeply());
    }
}
