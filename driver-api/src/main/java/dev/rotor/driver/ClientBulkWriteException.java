package dev.rotor.driver;

import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import java.io.Serial;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Part of a bulk write of a client failed, as the Bulk Write specification defines it: writes were refused, write
 * concerns were not met, or something ended it before all was written.
 */
public final class ClientBulkWriteException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What ended it, or null. */
    private final @Nullable Throwable error;
    /** Why write concerns were not met. */
    private final transient List<WriteConcernError> writeConcernErrors;
    /** What was refused, by index. */
    private final transient Map<Integer, WriteError> writeErrors;
    /** What was done, or null. */
    private final transient @Nullable ClientBulkWriteResult partialResult;

    /**
     * Makes the exception; its message begins with what is most likely wrong. Its code is that of the error, else of
     * the first refused write, else of the first write concern error.
     *
     * @param error what ended it before all was written, or {@code null}
     * @param writeConcernErrors why write concerns were not met; may be empty
     * @param writeErrors which writes were refused, by their index in the call; may be empty
     * @param partialResult what was done all the same; {@code null} when nothing is known to have been done
     * @param server the server, or {@code null}
     * @throws IllegalArgumentException if there is no error at all
     */
    public ClientBulkWriteException(
            @Nullable Throwable error,
            List<WriteConcernError> writeConcernErrors,
            Map<Integer, WriteError> writeErrors,
            @Nullable ClientBulkWriteResult partialResult,
            @Nullable ServerAddress server) {
        super(
                WriteErrorText.of(error, writeConcernErrors, new TreeMap<>(writeErrors), server),
                error,
                firstCode(error, writeConcernErrors, new TreeMap<>(writeErrors)),
                server);
        this.error = error;
        this.writeConcernErrors = List.copyOf(writeConcernErrors);
        this.writeErrors = Collections.unmodifiableMap(new TreeMap<>(writeErrors));
        this.partialResult = partialResult;
    }

    private static int firstCode(
            @Nullable Throwable error,
            List<WriteConcernError> writeConcernErrors,
            SortedMap<Integer, WriteError> writeErrors) {
        if (error != null) {
            return error instanceof MongoException failed ? failed.code() : -1;
        }
        if (!writeErrors.isEmpty()) {
            return Objects.requireNonNull(writeErrors.get(writeErrors.firstKey()))
                    .code();
        }
        if (writeConcernErrors.isEmpty()) {
            throw new IllegalArgumentException("a failed bulk write has an error of some kind");
        }
        return writeConcernErrors.get(0).code();
    }

    /**
     * What ended the bulk write before all was written: a broken connection, a refused command, a timeout.
     *
     * @return the failure, for a refused command a {@link MongoCommandException} with the server's reply, for a
     *     document that cannot be written what its codec threw; {@code null} when only single writes or write concerns
     *     failed
     */
    public @Nullable Throwable error() {
        return error;
    }

    /**
     * Why write concerns were not met, at most once per command that was sent.
     *
     * @return an unmodifiable list; may be empty
     */
    public List<WriteConcernError> writeConcernErrors() {
        return writeConcernErrors;
    }

    /**
     * Which writes were refused, and why.
     *
     * @return an unmodifiable map by the index of the write in the call, in the order of the call; may be empty
     */
    public Map<Integer, WriteError> writeErrors() {
        return writeErrors;
    }

    /**
     * What was done all the same.
     *
     * @return the result so far; {@code null} when nothing is known to have been done
     */
    public @Nullable ClientBulkWriteResult partialResult() {
        return partialResult;
    }
}
