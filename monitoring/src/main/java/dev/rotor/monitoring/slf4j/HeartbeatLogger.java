package dev.rotor.monitoring.slf4j;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerMonitorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a line for each heartbeat that starts, succeeds or fails; one that ends because the client is closed is no
 * failure. Heartbeats are nobody's call: their lines have no caller's context. For example:
 *
 * <pre>
 * Heartbeat of db1:27017 on connection 1 succeeded in 0.412 ms
 * Heartbeat of db1:27017 on connection 1 failed in 10000.3 ms: MongoConnectionException: ...
 * </pre>
 *
 * <p>Key-value pairs: {@code event}, {@code serverHost}, {@code serverPort}, {@code driverConnectionId},
 * {@code awaited}, {@code durationMS}, {@code failure}; each only where it applies.
 */
public final class HeartbeatLogger implements ServerMonitorListener {

    /** The logger {@code dev.rotor.monitoring.heartbeat}, {@code DEBUG}, and {@code WARN} for failures. */
    public static final EventLogOptions DEFAULT =
            new EventLogOptions("dev.rotor.monitoring.heartbeat", Level.DEBUG, Level.WARN);

    private final Logger logger;
    private final EventLogOptions options;

    /** With {@link #DEFAULT}. */
    public HeartbeatLogger() {
        this(DEFAULT);
    }

    /**
     * With options.
     *
     * @param options where and how it writes
     */
    public HeartbeatLogger(EventLogOptions options) {
        this.options = options;
        this.logger = LoggerFactory.getLogger(options.loggerName());
    }

    @Override
    public void serverHeartbeatStarted(ServerHeartbeatStartedEvent event) {
        if (logger.isEnabledForLevel(options.level())) {
            line(options.level(), "serverHeartbeatStarted", event.address(), event.connectionId(), event.awaited())
                    .say(text(event.address(), event.connectionId()) + " started");
        }
    }

    @Override
    public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
        if (logger.isEnabledForLevel(options.level())) {
            line(options.level(), "serverHeartbeatSucceeded", event.address(), event.connectionId(), event.awaited())
                    .duration(event.duration())
                    .say(text(event.address(), event.connectionId()) + " succeeded in " + Line.millis(event.duration())
                            + " ms");
        }
    }

    @Override
    public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
        // Whoever closes a client ends the heartbeat that is under way: no trouble of the server's.
        boolean closed = event.failure() instanceof MongoClientClosedException;
        Level level = closed ? options.level() : options.failureLevel();
        if (logger.isEnabledForLevel(level)) {
            String failure = Content.of(event.failure(), Detail.DOCUMENTS, Integer.MAX_VALUE);
            line(level, "serverHeartbeatFailed", event.address(), event.connectionId(), event.awaited())
                    .duration(event.duration())
                    .with("failure", failure)
                    .say(text(event.address(), event.connectionId()) + " failed in " + Line.millis(event.duration())
                            + " ms: " + failure);
        }
    }

    private Line line(Level level, String name, ServerAddress server, long connectionId, boolean awaited) {
        return new Line(logger, level, name)
                .server(server)
                .id("driverConnectionId", connectionId)
                .with("awaited", awaited);
    }

    private static String text(ServerAddress server, long connectionId) {
        return "Heartbeat of " + server + " on connection " + connectionId;
    }
}
