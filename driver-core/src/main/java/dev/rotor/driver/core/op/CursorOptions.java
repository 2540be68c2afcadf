package dev.rotor.driver.core.op;

import java.time.Duration;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What the getMores of a cursor send, fixed when it is opened.
 *
 * @param collection the collection's name; {@code null} to take it from the reply, as for commands on a whole database
 * @param batchSize documents per round trip, 0 leaves it to the server
 * @param limit documents in all, 0 for no limit
 * @param maxAwaitTime how long the server waits for new documents of a tailable cursor, or {@code null}
 * @param comment sent along by servers that take one with getMore, or {@code null}
 * @param prefetch whether to fetch one batch ahead
 * @param iteration whether {@code timeoutMS} is for each call that asks for more, rather than for the whole cursor
 */
record CursorOptions(
        @Nullable String collection,
        int batchSize,
        long limit,
        @Nullable Duration maxAwaitTime,
        @Nullable BsonValue comment,
        boolean prefetch,
        boolean iteration) {

    /** Documents of a call that has waited are not to be paid for by the next one, so none are fetched ahead then. */
    boolean fetchesAhead() {
        return prefetch && !iteration;
    }
}
