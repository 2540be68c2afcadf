package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;

/**
 * A connection was added to a pool. It is not ready for use yet.
 *
 * @param server the pool's server
 * @param connectionId the driver's number for the connection, from 1 in each pool
 */
public record ConnectionCreatedEvent(ServerAddress server, long connectionId) {

    /** Checks the components. */
    public ConnectionCreatedEvent {
        Objects.requireNonNull(server, "server");
    }
}
