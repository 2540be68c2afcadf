package dev.rotor.driver.core.op;

import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What every query has. Written by whoever has just copied it, never after it was handed on.
 *
 * @param <S> the kind of spec
 */
public abstract class QuerySpec<S extends QuerySpec<S>> implements Cloneable {

    /** Documents per round trip; 0 leaves it to the server. */
    public int batchSize;

    /** Whether to fetch one batch ahead. */
    public boolean prefetch = true;

    public @Nullable Duration maxTime;
    /** What {@code timeoutMS} spans; {@code null} for what is usual for the kind of cursor. */
    public @Nullable TimeoutMode timeoutMode;

    public @Nullable BsonValue comment;

    /** Makes a spec of defaults. */
    protected QuerySpec() {}

    /** A copy, to be changed before anyone else sees it. */
    @SuppressWarnings("unchecked")
    public final S copy() {
        try {
            return (S) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
