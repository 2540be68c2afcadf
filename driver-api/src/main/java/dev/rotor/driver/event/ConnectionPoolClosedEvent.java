package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;

/**
 * A connection pool was closed. It gives out no connection any more.
 *
 * @param server the pool's server
 */
public record ConnectionPoolClosedEvent(ServerAddress server) {

    /** Checks the components. */
    public ConnectionPoolClosedEvent {
        Objects.requireNonNull(server, "server");
    }
}
