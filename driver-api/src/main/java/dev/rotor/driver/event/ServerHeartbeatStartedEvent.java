package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;

/**
 * A monitor is about to connect to its server, or to send a hello, or to read the next reply of a stream of them.
 *
 * @param address the server
 * @param connectionId the driver's number for the monitor's connection; from 1 for each server
 * @param awaited whether the server was allowed to delay its reply until something changes
 */
public record ServerHeartbeatStartedEvent(ServerAddress address, long connectionId, boolean awaited) {

    /**
     * Checks the components.
     *
     * @param address the server
     * @param connectionId the driver's number for the monitor's connection; from 1 for each server
     * @param awaited whether the server was allowed to delay its reply until something changes
     */
    public ServerHeartbeatStartedEvent {
        Objects.requireNonNull(address, "address");
    }
}
