package dev.rotor.driver.event;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * A server has not answered its monitor, or refused to.
 *
 * @param address the server
 * @param connectionId the driver's number for the monitor's connection; from 1 for each server
 * @param duration from the start of the heartbeat to its failure
 * @param failure what went wrong
 * @param awaited whether the server was allowed to delay its reply until something changes
 */
public record ServerHeartbeatFailedEvent(
        ServerAddress address, long connectionId, Duration duration, MongoException failure, boolean awaited) {

    /**
     * Checks the components.
     *
     * @param address the server
     * @param connectionId the driver's number for the monitor's connection; from 1 for each server
     * @param duration from the start of the heartbeat to its failure
     * @param failure what went wrong
     * @param awaited whether the server was allowed to delay its reply until something changes
     */
    public ServerHeartbeatFailedEvent {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(failure, "failure");
    }
}
