package dev.rotor.driver;

import java.time.Duration;
import java.util.Objects;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ClientSession} is like, as the Driver Sessions, Causal Consistency and Snapshot Reads specifications
 * define it.
 *
 * @param causalConsistency whether reads of the session see what its earlier operations wrote or read; {@code null}:
 *     yes, unless it is a snapshot session
 * @param snapshot whether all reads of the session see the data of one point in time; needs server 5.0; such a session
 *     can neither write nor have transactions
 * @param snapshotTime that point in time; only for snapshot sessions; {@code null}: when the first read is done
 * @param defaultTransactionOptions what applies to transactions where their own options say nothing
 * @param defaultTimeout the time limit of commit, abort, {@code withTransaction} and closing; in whole milliseconds;
 *     zero for none; {@code null}: that of the client
 */
public record ClientSessionOptions(
        @Nullable Boolean causalConsistency,
        boolean snapshot,
        @Nullable BsonTimestamp snapshotTime,
        TransactionOptions defaultTransactionOptions,
        @Nullable Duration defaultTimeout) {

    /** A causally consistent session whose transactions are as the client's settings say. */
    public static final ClientSessionOptions DEFAULT =
            new ClientSessionOptions(null, false, null, TransactionOptions.DEFAULT, null);

    public ClientSessionOptions {
        Objects.requireNonNull(defaultTransactionOptions, "defaultTransactionOptions");
        if (defaultTimeout != null && defaultTimeout.isNegative()) {
            throw new IllegalArgumentException("defaultTimeout must not be negative: " + defaultTimeout);
        }
    }

    /**
     * Whether a session with these options is causally consistent.
     *
     * @return what was asked for, or else {@code true} unless it is a snapshot session
     */
    public boolean isCausallyConsistent() {
        return causalConsistency == null ? !snapshot : causalConsistency;
    }

    /**
     * The same with or without causal consistency. Whether this goes together with the other options is checked when a
     * session is started.
     *
     * @param causalConsistency whether reads see what the session did before; {@code null}: yes, unless it is a
     *     snapshot session
     * @return a copy
     */
    public ClientSessionOptions causalConsistency(@Nullable Boolean causalConsistency) {
        return new ClientSessionOptions(
                causalConsistency, snapshot, snapshotTime, defaultTransactionOptions, defaultTimeout);
    }

    /**
     * The same for a snapshot session or another. Whether this goes together with the other options is checked when a
     * session is started.
     *
     * @param snapshot whether all reads see the data of one point in time
     * @return a copy
     */
    public ClientSessionOptions snapshot(boolean snapshot) {
        return new ClientSessionOptions(
                causalConsistency, snapshot, snapshotTime, defaultTransactionOptions, defaultTimeout);
    }

    /**
     * The same with another point in time. Whether this goes together with the other options is checked when a session
     * is started.
     *
     * @param snapshotTime for example {@link ClientSession#snapshotTime()} of another session; {@code null}: when the
     *     first read is done
     * @return a copy
     */
    public ClientSessionOptions snapshotTime(@Nullable BsonTimestamp snapshotTime) {
        return new ClientSessionOptions(
                causalConsistency, snapshot, snapshotTime, defaultTransactionOptions, defaultTimeout);
    }

    /**
     * The same with other defaults of its transactions.
     *
     * @param defaultTransactionOptions what applies where the options of a transaction say nothing
     * @return a copy
     */
    public ClientSessionOptions defaultTransactionOptions(TransactionOptions defaultTransactionOptions) {
        return new ClientSessionOptions(
                causalConsistency, snapshot, snapshotTime, defaultTransactionOptions, defaultTimeout);
    }

    /**
     * The same with another time limit of commit, abort and what else the session itself does.
     *
     * @param defaultTimeout in whole milliseconds; zero for none; {@code null}: that of the client
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public ClientSessionOptions defaultTimeout(@Nullable Duration defaultTimeout) {
        return new ClientSessionOptions(
                causalConsistency, snapshot, snapshotTime, defaultTransactionOptions, defaultTimeout);
    }
}
