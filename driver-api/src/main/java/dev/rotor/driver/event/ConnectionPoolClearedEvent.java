package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a pool became stale. Except behind a load balancer, the pool is paused now.
 *
 * @param server the pool's server
 * @param serviceId behind a load balancer, the service whose connections are stale; otherwise {@code null}
 * @param interruptInUseConnections whether connections in use are closed too, instead of when they are given back
 */
public record ConnectionPoolClearedEvent(
        ServerAddress server, @Nullable ObjectId serviceId, boolean interruptInUseConnections) {

    /** Checks the components. */
    public ConnectionPoolClearedEvent {
        Objects.requireNonNull(server, "server");
    }
}
