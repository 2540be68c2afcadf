package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How a collection's documents are counted from its metadata, as the CRUD specification defines it.
 *
 * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout of
 *     client, database or collection; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record EstimatedDocumentCountOptions(@Nullable Duration maxTime, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final EstimatedDocumentCountOptions DEFAULT = new EstimatedDocumentCountOptions(null, null);

    public EstimatedDocumentCountOptions {
        Check.notNegative(maxTime, "maxTime");
    }

    /**
     * The same with another {@code maxTime}.
     *
     * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout
     *     of client, database or collection; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public EstimatedDocumentCountOptions maxTime(@Nullable Duration maxTime) {
        return new EstimatedDocumentCountOptions(maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public EstimatedDocumentCountOptions comment(@Nullable BsonValue comment) {
        return new EstimatedDocumentCountOptions(maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public EstimatedDocumentCountOptions comment(@Nullable String comment) {
        return new EstimatedDocumentCountOptions(maxTime, comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("EstimatedDocumentCountOptions", "maxTime", maxTime, "comment", comment);
    }
}
