package dev.rotor.driver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction is carried out, as the Transactions specification defines it. What is not said here comes from
 * {@link ClientSessionOptions#defaultTransactionOptions()}, and then from the client's settings, never from the
 * database or collection that its operations use.
 *
 * @param readConcern which data the transaction sees; {@code null}: as the session's defaults or the client say
 * @param writeConcern what makes commit and abort acknowledged; must be acknowledged; {@code null}: as the session's
 *     defaults or the client say
 * @param readPreference which members reads go to; servers allow nothing but the primary, so that reads with another
 *     one fail; {@code null}: as the session's defaults or the client say
 * @param maxCommitTime how long the server may work on one commit, in whole milliseconds; positive; superseded by a
 *     time limit; {@code null}: not sent
 * @param timeout the time limit of {@link ClientSession#withTransaction} from its call to its end, and of commit and
 *     abort where they are called without one; in whole milliseconds; zero for none; {@code null}: as
 *     {@link ClientSessionOptions#defaultTimeout()} says
 */
public record TransactionOptions(
        @Nullable ReadConcern readConcern,
        @Nullable WriteConcern writeConcern,
        @Nullable ReadPreference readPreference,
        @Nullable Duration maxCommitTime,
        @Nullable Duration timeout) {

    /** Everything as the session's defaults or the client say. */
    public static final TransactionOptions DEFAULT = new TransactionOptions(null, null, null, null, null);

    public TransactionOptions {
        if (maxCommitTime != null && (maxCommitTime.isNegative() || maxCommitTime.isZero())) {
            throw new IllegalArgumentException("maxCommitTime must be positive: " + maxCommitTime);
        }
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative: " + timeout);
        }
    }

    /**
     * The same with another read concern.
     *
     * @param readConcern which data the transaction sees; {@code null}: as the session's defaults or the client say
     * @return a copy
     */
    public TransactionOptions readConcern(@Nullable ReadConcern readConcern) {
        return new TransactionOptions(readConcern, writeConcern, readPreference, maxCommitTime, timeout);
    }

    /**
     * The same with another write concern.
     *
     * @param writeConcern what makes commit and abort acknowledged; {@code null}: as the session's defaults or the
     *     client say
     * @return a copy
     */
    public TransactionOptions writeConcern(@Nullable WriteConcern writeConcern) {
        return new TransactionOptions(readConcern, writeConcern, readPreference, maxCommitTime, timeout);
    }

    /**
     * The same with another read preference.
     *
     * @param readPreference which members reads go to; {@code null}: as the session's defaults or the client say
     * @return a copy
     */
    public TransactionOptions readPreference(@Nullable ReadPreference readPreference) {
        return new TransactionOptions(readConcern, writeConcern, readPreference, maxCommitTime, timeout);
    }

    /**
     * The same with another limit of the work of the server on a commit.
     *
     * @param maxCommitTime in whole milliseconds; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public TransactionOptions maxCommitTime(@Nullable Duration maxCommitTime) {
        return new TransactionOptions(readConcern, writeConcern, readPreference, maxCommitTime, timeout);
    }

    /**
     * The same with another time limit.
     *
     * @param timeout in whole milliseconds; zero for none; {@code null}: as
     *     {@link ClientSessionOptions#defaultTimeout()} says
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public TransactionOptions timeout(@Nullable Duration timeout) {
        return new TransactionOptions(readConcern, writeConcern, readPreference, maxCommitTime, timeout);
    }

    /**
     * These options, and for what they leave open those of another.
     *
     * @param defaults what applies where these say nothing
     * @return a copy
     */
    public TransactionOptions orElse(TransactionOptions defaults) {
        return new TransactionOptions(
                readConcern == null ? defaults.readConcern : readConcern,
                writeConcern == null ? defaults.writeConcern : writeConcern,
                readPreference == null ? defaults.readPreference : readPreference,
                maxCommitTime == null ? defaults.maxCommitTime : maxCommitTime,
                timeout == null ? defaults.timeout : timeout);
    }
}
