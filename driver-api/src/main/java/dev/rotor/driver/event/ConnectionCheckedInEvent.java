package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;

/**
 * An operation gave a connection back.
 *
 * @param server the pool's server
 * @param connectionId the driver's number for the connection, from 1 in each pool
 */
public record ConnectionCheckedInEvent(ServerAddress server, long connectionId) {

    /** Checks the components. */
    public ConnectionCheckedInEvent {
        Objects.requireNonNull(server, "server");
    }
}
