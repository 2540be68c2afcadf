package dev.rotor.driver;

import java.io.Serial;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that the driver reports as failed. What failed is data here, not a class of its own: the code
 * and labels that the server sent, the server, how often it was tried. The message's first line names the most likely
 * cause; no credential ever shows in it.
 */
public class MongoException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Label of an error on which the whole transaction may be run again. */
    public static final String TRANSIENT_TRANSACTION_ERROR = "TransientTransactionError";
    /** Label of an error after which nobody knows whether the commit happened; it may be sent again. */
    public static final String UNKNOWN_TRANSACTION_COMMIT_RESULT = "UnknownTransactionCommitResult";
    /** Label of an error on which a write may be retried. */
    public static final String RETRYABLE_WRITE_ERROR = "RetryableWriteError";
    /** Label of an error that is known to have written nothing. */
    public static final String NO_WRITES_PERFORMED = "NoWritesPerformed";
    /** Label of an error on which a change stream may be resumed. */
    public static final String RESUMABLE_CHANGE_STREAM_ERROR = "ResumableChangeStreamError";
    /** Label of an error by which an overloaded server asks for fewer requests. */
    public static final String SYSTEM_OVERLOADED_ERROR = "SystemOverloadedError";
    /** Label of an error on which any command may be retried. */
    public static final String RETRYABLE_ERROR = "RetryableError";

    /** The server's error code, or -1. */
    private final int code;
    /** Where it failed, or null. */
    private final @Nullable ServerAddress server;
    /** Labels, in the order in which they were added. */
    private final LinkedHashSet<String> labels = new LinkedHashSet<>();
    /** How often the operation was sent. */
    private volatile int attempts = 1;

    /**
     * A failure without a code or a server.
     *
     * @param message the most likely cause first
     * @param cause the failure behind it, or {@code null}
     */
    public MongoException(String message, @Nullable Throwable cause) {
        this(message, cause, -1, null);
    }

    /**
     * A failure.
     *
     * @param message the most likely cause first
     * @param cause the failure behind it, or {@code null}
     * @param code the server's error code, or -1
     * @param server the server on which it failed, or {@code null}
     */
    public MongoException(String message, @Nullable Throwable cause, int code, @Nullable ServerAddress server) {
        super(message, cause);
        this.code = code;
        this.server = server;
    }

    /**
     * The server's error code.
     *
     * @return the code, or -1 when no server reported this failure
     */
    public final int code() {
        return code;
    }

    /**
     * The server on which it failed.
     *
     * @return the address, or {@code null} when no server had been chosen
     */
    public final @Nullable ServerAddress server() {
        return server;
    }

    /**
     * The error labels, from the server and from the driver.
     *
     * @return a copy
     */
    public final Set<String> labels() {
        return Set.copyOf(labels);
    }

    /**
     * Whether this failure carries a label.
     *
     * @param label the label, for example {@link #TRANSIENT_TRANSACTION_ERROR}
     * @return {@code true} if it does
     */
    public final boolean hasErrorLabel(String label) {
        return labels.contains(Objects.requireNonNull(label, "label"));
    }

    /**
     * Adds a label. Called by the driver before the failure is published to anyone.
     *
     * @param label the label
     */
    public final void addLabel(String label) {
        labels.add(Objects.requireNonNull(label, "label"));
    }

    /**
     * Takes a label away. Called by the driver before the failure is published to anyone.
     *
     * @param label the label
     */
    public final void removeLabel(String label) {
        labels.remove(label);
    }

    /**
     * How often the operation was sent before it was given up.
     *
     * @return 1 or more
     */
    public final int attempts() {
        return attempts;
    }

    /**
     * Notes how often the operation was sent. Called by the driver.
     *
     * @param attempts 1 or more
     */
    public final void attempts(int attempts) {
        this.attempts = attempts;
    }
}
