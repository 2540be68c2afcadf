package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How a query is explained.
 *
 * @param verbosity how much is told; {@code null}: not sent
 * @param maxTime how long the server may work on the {@code explain} command itself, in whole milliseconds; not
 *     negative; superseded by the timeout of client, database or collection; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
 */
public record ExplainOptions(
        @Nullable ExplainVerbosity verbosity, @Nullable Duration maxTime, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final ExplainOptions DEFAULT = new ExplainOptions(null, null, null);

    public ExplainOptions {
        Check.notNegative(maxTime, "maxTime");
    }

    /**
     * The same with another {@code verbosity}.
     *
     * @param verbosity how much is told; {@code null}: not sent
     * @return a copy
     */
    public ExplainOptions verbosity(@Nullable ExplainVerbosity verbosity) {
        return new ExplainOptions(verbosity, maxTime, comment);
    }

    /**
     * The same with another {@code maxTime}.
     *
     * @param maxTime how long the server may work on the {@code explain} command itself, in whole milliseconds; not
     *     negative; superseded by the timeout of client, database or collection; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public ExplainOptions maxTime(@Nullable Duration maxTime) {
        return new ExplainOptions(verbosity, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public ExplainOptions comment(@Nullable BsonValue comment) {
        return new ExplainOptions(verbosity, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public ExplainOptions comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("ExplainOptions", "verbosity", verbosity, "maxTime", maxTime, "comment", comment);
    }
}
