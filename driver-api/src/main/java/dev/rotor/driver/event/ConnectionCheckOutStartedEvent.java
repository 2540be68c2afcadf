package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;

/**
 * An operation asked a pool for a connection.
 *
 * @param server the pool's server
 */
public record ConnectionCheckOutStartedEvent(ServerAddress server) {

    /** Checks the components. */
    public ConnectionCheckOutStartedEvent {
        Objects.requireNonNull(server, "server");
    }
}
