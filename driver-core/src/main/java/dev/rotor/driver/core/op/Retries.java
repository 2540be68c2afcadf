package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.topology.Server;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an execution remembers of its attempts so far. Made when the first one fails, so that others need none. */
final class Retries {

    /** There is no further attempt. */
    private static final long NO_FURTHER = -1;

    private final Set<ServerAddress> deprioritized = new HashSet<>();
    private @Nullable MongoException told;
    /** Whether any attempt has met an overloaded server: from then on there are no more than so many. */
    private boolean overloaded;

    /**
     * Takes note of a failure, whatever follows from it.
     *
     * @param failure what failed
     * @param sent whether the command went out
     */
    void failed(MongoException failure, boolean sent) {
        told = RetryPolicy.morePrecise(told, failure, sent);
        overloaded |= RetryPolicy.isOverload(failure);
    }

    /**
     * How long to wait before another attempt of a kind that may be made.
     *
     * @param failure what the attempt failed with; noted already
     * @param attempt its number, from 1
     * @return nanoseconds; negative when there is no attempt or no time left
     */
    long pause(MongoException failure, int attempt, HoldingFuture<?> of) {
        Engine engine = of.engine;
        long now = engine.clock.nanoTime();
        if (Deadline.passed(of.deadline, now)
                || !RetryPolicy.hasAttemptsLeft(attempt, of.hasTimeout, overloaded, engine.overload.maxRetries())) {
            return NO_FURTHER;
        }
        if (!RetryPolicy.isOverload(failure)) {
            return 0;
        }
        double jitter = engine.overload.jitter().getAsDouble();
        long wait = Backoff.nanos(attempt, Backoff.baseMillis(failure), jitter);
        return wait >= Deadline.remaining(of.deadline, now) ? NO_FURTHER : wait;
    }

    /** Avoids a server where another one will do. */
    void avoid(@Nullable Server server, MongoException failure, boolean retargetOverload) {
        if (server != null && (server.isMongos() || (retargetOverload && RetryPolicy.isOverload(failure)))) {
            deprioritized.add(server.address());
        }
    }

    /** The servers to avoid. A copy: it is handed on, and more may come. */
    Set<ServerAddress> deprioritized() {
        return deprioritized.isEmpty() ? Set.of() : Set.copyOf(deprioritized);
    }

    /** Which of the failures the user is told of; {@code otherwise} when there was none yet. */
    MongoException told(MongoException otherwise) {
        MongoException noted = told;
        return noted == null ? otherwise : noted;
    }
}
