package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * A connection has been established: connected, with handshake and authentication done.
 *
 * @param server the pool's server
 * @param connectionId the driver's number for the connection, from 1 in each pool
 * @param duration the time since its {@link ConnectionCreatedEvent}
 */
public record ConnectionReadyEvent(ServerAddress server, long connectionId, Duration duration) {

    /** Checks the components. */
    public ConnectionReadyEvent {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(duration, "duration");
    }
}
