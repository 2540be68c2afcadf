package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How indexes are built, as the Index Management specification defines it.
 *
 * @param commitQuorum which members must have built the index before it is ready; needs server 4.4; {@code null}: not
 *     sent
 * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout of
 *     client, database or collection; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record CreateIndexOptions(
        @Nullable CommitQuorum commitQuorum, @Nullable Duration maxTime, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final CreateIndexOptions DEFAULT = new CreateIndexOptions(null, null, null);

    public CreateIndexOptions {
        Check.notNegative(maxTime, "maxTime");
    }

    /**
     * The same with another {@code commitQuorum}.
     *
     * @param commitQuorum which members must have built the index before it is ready; needs server 4.4; {@code null}:
     *     not sent
     * @return a copy
     */
    public CreateIndexOptions commitQuorum(@Nullable CommitQuorum commitQuorum) {
        return new CreateIndexOptions(commitQuorum, maxTime, comment);
    }

    /**
     * The same with another {@code maxTime}.
     *
     * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout
     *     of client, database or collection; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public CreateIndexOptions maxTime(@Nullable Duration maxTime) {
        return new CreateIndexOptions(commitQuorum, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public CreateIndexOptions comment(@Nullable BsonValue comment) {
        return new CreateIndexOptions(commitQuorum, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public CreateIndexOptions comment(@Nullable String comment) {
        return new CreateIndexOptions(commitQuorum, maxTime, comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "CreateIndexOptions", "commitQuorum", commitQuorum, "maxTime", maxTime, "comment", comment);
    }
}
