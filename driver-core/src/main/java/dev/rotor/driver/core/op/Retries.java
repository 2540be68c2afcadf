package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.topology.Server;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an execution remembers of its attempts so far. Made when the first one fails, so that others need none. */
final class Retries {

    private final Set<ServerAddress> deprioritized = new HashSet<>();
    private @Nullable MongoException told;
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

    /** Whether any attempt has met an overloaded server: from then on there are no more than so many. */
    boolean overloaded() {
        return overloaded;
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
