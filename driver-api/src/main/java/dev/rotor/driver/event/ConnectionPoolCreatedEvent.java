package dev.rotor.driver.event;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.ServerAddress;
import java.util.Objects;

/**
 * A connection pool was made.
 *
 * @param server the pool's server
 * @param settings how it pools; what the user left alone has its default
 */
public record ConnectionPoolCreatedEvent(ServerAddress server, ConnectionPoolSettings settings) {

    /** Checks the components. */
    public ConnectionPoolCreatedEvent {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(settings, "settings");
    }
}
