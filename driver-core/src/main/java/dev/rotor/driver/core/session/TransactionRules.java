package dev.rotor.driver.core.session;

import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.TransactionState;
import dev.rotor.driver.WriteConcern;
import java.time.Duration;

/**
 * The states of a session's transaction: what each call makes of them, and which calls are errors. Pure functions,
 * after the Transactions specification, whose words the messages have.
 */
final class TransactionRules {

    /** What a repeated commit waits for at most where its write concern names no limit. */
    private static final Duration REPEATED_COMMIT_LIMIT = Duration.ofSeconds(10);

    private TransactionRules() {}

    /** Whether operations belong to a transaction. */
    static boolean isActive(TransactionState state) {
        return state == TransactionState.STARTING || state == TransactionState.IN_PROGRESS;
    }

    /**
     * {@code startTransaction}.
     *
     * @throws IllegalStateException if there is one in progress
     */
    static TransactionState start(TransactionState state) {
        if (isActive(state)) {
            throw new IllegalStateException("Transaction already in progress");
        }
        return TransactionState.STARTING;
    }

    /** The first operation after a transaction that is not one of the next. */
    static TransactionState operation(TransactionState state) {
        return isActive(state) ? state : TransactionState.NONE;
    }

    /** A command of the transaction went out. */
    static TransactionState sent(TransactionState state) {
        return state == TransactionState.STARTING ? TransactionState.IN_PROGRESS : state;
    }

    /**
     * {@code commitTransaction}.
     *
     * @throws IllegalStateException if there is nothing to commit
     */
    static TransactionState commit(TransactionState state) {
        return switch (state) {
            case NONE -> throw new IllegalStateException("No transaction started");
            case ABORTED ->
                throw new IllegalStateException("Cannot call commitTransaction after calling abortTransaction");
            case STARTING, IN_PROGRESS, COMMITTED -> TransactionState.COMMITTED;
        };
    }

    /**
     * {@code abortTransaction}.
     *
     * @throws IllegalStateException if there is nothing to abort
     */
    static TransactionState abort(TransactionState state) {
        return switch (state) {
            case NONE -> throw new IllegalStateException("No transaction started");
            case ABORTED -> throw new IllegalStateException("Cannot call abortTransaction twice");
            case COMMITTED ->
                throw new IllegalStateException("Cannot call abortTransaction after calling commitTransaction");
            case STARTING, IN_PROGRESS -> TransactionState.ABORTED;
        };
    }

    /**
     * Checks a transaction's write concern.
     *
     * @throws IllegalArgumentException if it is unacknowledged
     */
    static void checkWriteConcern(WriteConcern writeConcern) {
        if (!writeConcern.isAcknowledged()) {
            throw new IllegalArgumentException("Transactions do not support unacknowledged write concerns");
        }
    }

    /** Whether reads of a transaction may have this read preference. */
    static boolean isReadable(ReadPreference readPreference) {
        return readPreference.mode() == ReadPreference.Mode.PRIMARY;
    }

    /** The write concern of a commit that may have happened already, so that it cannot happen twice. */
    static WriteConcern ofRepeatedCommit(WriteConcern writeConcern) {
        WriteConcern majority = writeConcern.withW("majority");
        return majority.wTimeout() == null ? majority.withWTimeout(REPEATED_COMMIT_LIMIT) : majority;
    }
}
