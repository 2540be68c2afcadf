package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;

/**
 * A connection pool became usable: its server was found to be there.
 *
 * @param server the pool's server
 */
public record ConnectionPoolReadyEvent(ServerAddress server) {

    /** Checks the components. */
    public ConnectionPoolReadyEvent {
        Objects.requireNonNull(server, "server");
    }
}
