package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How indexes are dropped, as the Index Management specification defines it.
 *
 * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout of
 *     client, database or collection; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record DropIndexOptions(@Nullable Duration maxTime, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final DropIndexOptions DEFAULT = new DropIndexOptions(null, null);

    public DropIndexOptions {
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
    public DropIndexOptions maxTime(@Nullable Duration maxTime) {
        return new DropIndexOptions(maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public DropIndexOptions comment(@Nullable BsonValue comment) {
        return new DropIndexOptions(maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public DropIndexOptions comment(@Nullable String comment) {
        return new DropIndexOptions(maxTime, comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("DropIndexOptions", "maxTime", maxTime, "comment", comment);
    }
}
