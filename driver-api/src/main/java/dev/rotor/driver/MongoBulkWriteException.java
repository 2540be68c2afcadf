package dev.rotor.driver;

import dev.rotor.driver.model.BulkWriteResult;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Part of a write of several documents failed: writes were refused, or the write concern was not met. The message tells
 * of the first failures; {@link #writeErrors()} has them all.
 */
public final class MongoBulkWriteException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What was done. */
    private final transient BulkWriteResult result;
    /** What was refused. */
    private final transient List<BulkWriteError> writeErrors;
    /** Why the write concern was not met, or null. */
    private final transient @Nullable WriteConcernError writeConcernError;

    /**
     * Makes the exception; its message begins with what is most likely wrong. Its code is that of the first refused
     * write, or else of the write concern.
     *
     * @param result what was done all the same
     * @param writeErrors which writes were refused; may be empty if there is a write concern error
     * @param writeConcernError why the write concern was not met, or {@code null}
     * @param server the server, or {@code null}
     * @throws IllegalArgumentException if there is no error at all
     */
    public MongoBulkWriteException(
            BulkWriteResult result,
            List<BulkWriteError> writeErrors,
            @Nullable WriteConcernError writeConcernError,
            @Nullable ServerAddress server) {
        super(
                WriteErrorText.of(writeErrors, writeConcernError, server),
                null,
                firstCode(writeErrors, writeConcernError),
                server);
        this.result = Objects.requireNonNull(result, "result");
        this.writeErrors = List.copyOf(writeErrors);
        this.writeConcernError = writeConcernError;
    }

    /**
     * Makes the exception that goes with another one, among its {@linkplain Throwable#getSuppressed() suppressed}: a
     * command of a bulk write failed as a whole, and this tells what the commands before it had done.
     *
     * @param result what was done all the same
     * @param writeErrors which writes were refused until then; may be empty
     * @param writeConcernError why the write concern was not met until then, or {@code null}
     * @param server the server, or {@code null}
     * @return the exception; without an error its code is -1
     */
    public static MongoBulkWriteException partial(
            BulkWriteResult result,
            List<BulkWriteError> writeErrors,
            @Nullable WriteConcernError writeConcernError,
            @Nullable ServerAddress server) {
        if (!writeErrors.isEmpty() || writeConcernError != null) {
            return new MongoBulkWriteException(result, writeErrors, writeConcernError, server);
        }
        return new MongoBulkWriteException(result, server);
    }

    private MongoBulkWriteException(BulkWriteResult result, @Nullable ServerAddress server) {
        super("the bulk write was interrupted; what was done before: " + result, null, -1, server);
        this.result = Objects.requireNonNull(result, "result");
        this.writeErrors = List.of();
        this.writeConcernError = null;
    }

    private static int firstCode(List<BulkWriteError> writeErrors, @Nullable WriteConcernError writeConcernError) {
        if (!writeErrors.isEmpty()) {
            return writeErrors.get(0).code();
        }
        if (writeConcernError == null) {
            throw new IllegalArgumentException("a failed bulk write has a write error or a write concern error");
        }
        return writeConcernError.code();
    }

    /**
     * What was done all the same: before the first failure if the write was ordered, around the failures if not.
     *
     * @return the result so far
     */
    public BulkWriteResult result() {
        return result;
    }

    /**
     * Which writes were refused, and why.
     *
     * @return an unmodifiable list, in the order in which they failed; may be empty
     */
    public List<BulkWriteError> writeErrors() {
        return writeErrors;
    }

    /**
     * Why the write concern was not met.
     *
     * @return the server's error, or {@code null} when it was met
     */
    public @Nullable WriteConcernError writeConcernError() {
        return writeConcernError;
    }
}
