package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import java.util.Objects;
import org.bson.BsonDocument;

/**
 * A server has answered its monitor.
 *
 * @param address the server
 * @param connectionId the driver's number for the monitor's connection; from 1 for each server
 * @param duration from sending the hello to its reply; no measure of the network when {@code awaited}
 * @param reply the reply
 * @param awaited whether the server was allowed to delay its reply until something changes
 */
public record ServerHeartbeatSucceededEvent(
        ServerAddress address, long connectionId, Duration duration, BsonDocument reply, boolean awaited) {

    /**
     * Checks the components.
     *
     * @param address the server
     * @param connectionId the driver's number for the monitor's connection; from 1 for each server
     * @param duration from sending the hello to its reply; no measure of the network when {@code awaited}
     * @param reply the reply
     * @param awaited whether the server was allowed to delay its reply until something changes
     */
    public ServerHeartbeatSucceededEvent {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(reply, "reply");
    }
}
