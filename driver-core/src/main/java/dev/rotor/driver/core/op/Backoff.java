package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoWriteConcernException;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** How long to wait before an overloaded server is asked again: pure functions, after the Client Backpressure spec. */
final class Backoff {

    /** {@code BASE_BACKOFF}. */
    static final long BASE_MILLIS = 100;

    /** {@code MAX_BACKOFF}. */
    static final long MAX_MILLIS = 10_000;

    /** From here on, whatever the base, the exponential is beyond the maximum. */
    private static final int LARGEST_EXPONENT = 14;

    private Backoff() {}

    /**
     * The wait before a retry.
     *
     * @param retry which retry it is, from 1
     * @param baseMillis the base, {@link #BASE_MILLIS} unless the server has named another
     * @param jitter random, from 0 to 1
     * @return nanoseconds
     */
    static long nanos(int retry, long baseMillis, double jitter) {
        long exponential = Math.min(baseMillis, MAX_MILLIS) << Math.min(retry, LARGEST_EXPONENT);
        return Math.round(jitter * (double) TimeUnit.MILLISECONDS.toNanos(Math.min(MAX_MILLIS, exponential)));
    }

    /** The base that a failure names in {@code baseBackoffMS}, else the driver's own. */
    static long baseMillis(MongoException failure) {
        BsonDocument reply = reply(failure);
        BsonValue named = reply == null ? null : reply.get("baseBackoffMS");
        if (named == null || !named.isNumber()) {
            return BASE_MILLIS;
        }
        double millis = named.asNumber().doubleValue();
        return millis > 0 ? (long) Math.max(1, Math.min(MAX_MILLIS, millis)) : BASE_MILLIS;
    }

    private static @Nullable BsonDocument reply(MongoException failure) {
        if (failure instanceof MongoCommandException refused) {
            return refused.response();
        }
        return failure instanceof MongoWriteConcernException unmet ? unmet.response() : null;
    }
}
