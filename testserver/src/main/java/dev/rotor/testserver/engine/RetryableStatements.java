package dev.rotor.testserver.engine;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The record of one retryable write, by statement: a retried statement is applied once and answered from here.
 * Statements are numbered from {@code stmtId}, or as {@code stmtIds} says, else from 0 in the order of the command. Not
 * thread-safe: one command of a session runs at a time.
 */
public interface RetryableStatements {

    /** The result that {@link #record} has kept for the statement, or null if it was not executed before. */
    @Nullable
    Document recall(int stmtId);

    /**
     * To be called before the statement's write becomes visible (fail point {@code onPrimaryTransactionalWrite}).
     *
     * @throws CommandError if the write must not be applied
     */
    void beforeCommit(int stmtId);

    /** Keeps the result of a statement that was applied; any form that the engine wants to read again. */
    void record(int stmtId, Document result);
}
