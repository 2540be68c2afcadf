package dev.rotor.testserver.session;

import dev.rotor.testserver.engine.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which labels a server gives by itself. Pure. UnknownTransactionCommitResult is not among them: drivers add it. */
public final class ErrorLabels {

    /** The server's category of retriable errors. */
    private static final Set<Integer> RETRIABLE =
            Set.of(6, 7, 89, 91, 134, 189, 262, 317, 358, 9001, 10107, 11600, 11602, 13435, 13436);

    private static final Set<Integer> NETWORK = Set.of(6, 7, 89, 9001);

    /** Errors of snapshots: SnapshotTooOld, SnapshotUnavailable, StaleChunkHistory, MigrationConflict. */
    private static final Set<Integer> SNAPSHOT = Set.of(239, 246, 250, 272);

    /** StaleShardVersion, StaleEpoch, StaleDbVersion, StaleConfig. */
    private static final Set<Integer> NEED_RETARGETTING = Set.of(63, 150, 249, 13388);

    /** WriteConflict, LockTimeout, PreparedTransactionInProgress. */
    private static final Set<Integer> TRANSIENT = Set.of(112, 24, 267);

    private static final ServerVersion LABELS_CHANGE_STREAMS = new ServerVersion(4, 3, 1);

    private static final int NO_SUCH_TRANSACTION = 251;
    private static final int RETRY_CHANGE_STREAM = 234;
    private static final int FAILED_TO_SATISFY_READ_PREFERENCE = 133;

    private ErrorLabels() {}

    /**
     * What went wrong, and in which command.
     *
     * @param version since 4.4 errors carry RetryableWriteError, since 4.3.1 ResumableChangeStreamError; before,
     *     drivers went by codes
     * @param code of the command's error, or null
     * @param writeConcernCode of {@code writeConcernError}, or null
     * @param retryableWrite whether the command carries a {@code txnNumber} outside of a transaction
     * @param transaction whether it belongs to a transaction
     * @param commitOrAbort whether it ends one
     * @param changeStream whether it is the aggregate, or a getMore that has found its cursor, of a change stream
     * @param ownErrorOfMongos whether a mongos itself failed, not a shard: it leaves RetryableWriteError to the shards
     */
    public record Failure(
            ServerVersion version,
            @Nullable Integer code,
            @Nullable Integer writeConcernCode,
            boolean retryableWrite,
            boolean transaction,
            boolean commitOrAbort,
            boolean changeStream,
            boolean ownErrorOfMongos) {}

    /** The labels, in the server's order. */
    public static List<String> of(Failure failure) {
        List<String> labels = new ArrayList<>();
        if (isTransient(failure)) {
            labels.add("TransientTransactionError");
        } else if (failure.version().atLeast(4, 4) && isRetryableWrite(failure)) {
            labels.add("RetryableWriteError");
        }
        if (failure.version().compareTo(LABELS_CHANGE_STREAMS) >= 0 && isResumable(failure)) {
            labels.add("ResumableChangeStreamError");
        }
        return labels;
    }

    private static boolean isTransient(Failure failure) {
        Integer code = failure.code();
        if (!failure.transaction() || code == null) {
            return false;
        }
        if (TRANSIENT.contains(code) || SNAPSHOT.contains(code) || NEED_RETARGETTING.contains(code)) {
            return true;
        }
        if (failure.commitOrAbort()) {
            return code == NO_SUCH_TRANSACTION && failure.writeConcernCode() == null;
        }
        return RETRIABLE.contains(code) || code == NO_SUCH_TRANSACTION;
    }

    private static boolean isRetryableWrite(Failure failure) {
        boolean applies = failure.retryableWrite() || (failure.transaction() && failure.commitOrAbort());
        return applies
                && !failure.ownErrorOfMongos()
                && (isRetriable(failure.code()) || isRetriable(failure.writeConcernCode()));
    }

    private static boolean isResumable(Failure failure) {
        Integer code = failure.code();
        return failure.changeStream()
                && failure.writeConcernCode() == null
                && code != null
                && (RETRIABLE.contains(code)
                        || NETWORK.contains(code)
                        || NEED_RETARGETTING.contains(code)
                        || code == RETRY_CHANGE_STREAM
                        || code == FAILED_TO_SATISFY_READ_PREFERENCE);
    }

    private static boolean isRetriable(@Nullable Integer code) {
        return code != null && RETRIABLE.contains(code);
    }
}
