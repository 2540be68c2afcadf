package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * An operation got a connection.
 *
 * @param server the pool's server
 * @param connectionId the driver's number for the connection, from 1 in each pool
 * @param duration the time since the {@link ConnectionCheckOutStartedEvent}, establishing a connection included
 */
public record ConnectionCheckedOutEvent(ServerAddress server, long connectionId, Duration duration) {

    /** Checks the components. */
    public ConnectionCheckedOutEvent {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(duration, "duration");
    }
}
