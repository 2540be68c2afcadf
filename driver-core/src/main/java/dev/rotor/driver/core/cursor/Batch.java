package dev.rotor.driver.core.cursor;

/**
 * What one round trip brought, read one by one. Not thread-safe: it belongs to whoever consumes the cursor.
 *
 * @param <T> what each result is read as
 */
public interface Batch<T> {

    /** The id of the server's cursor after this batch, 0 when there is none any more. */
    long cursorId();

    /** Moves to the next result; {@code false} when there is none. */
    boolean advance();

    /**
     * The current result, decoded.
     *
     * @throws RuntimeException what the codec throws; the batch can be advanced all the same
     */
    T read();
}
