package dev.rotor.monitoring.slf4j;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionCheckOutStartedEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolClosedEvent;
import dev.rotor.driver.event.ConnectionPoolCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.event.ConnectionPoolReadyEvent;
import dev.rotor.driver.event.ConnectionReadyEvent;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a line for whatever connection pools do. Failures are: a checkout that fails, a pool that is cleared, a
 * connection that is closed because of an error. For example:
 *
 * <pre>
 * Connection 3 to db1:27017 is ready after 2.104 ms
 * Connection 3 to db1:27017 checked out after 0.002 ms
 * No connection to db1:27017 after 2000.1 ms: timeout, MongoTimeoutException: ...
 * </pre>
 *
 * <p>Key-value pairs: {@code event}, {@code serverHost}, {@code serverPort}, {@code driverConnectionId},
 * {@code durationMS}, {@code reason}, {@code failure}, {@code serviceId}, {@code interruptInUseConnections}, and the
 * options of a pool that is created; each only where it applies.
 */
public final class ConnectionPoolLogger implements ConnectionPoolListener {

    /** The logger {@code dev.rotor.monitoring.connectionPool}, {@code DEBUG}, and {@code WARN} for failures. */
    public static final EventLogOptions DEFAULT =
            new EventLogOptions("dev.rotor.monitoring.connectionPool", Level.DEBUG, Level.WARN);

    private final Logger logger;
    private final EventLogOptions options;

    /** With {@link #DEFAULT}. */
    public ConnectionPoolLogger() {
        this(DEFAULT);
    }

    /**
     * With options.
     *
     * @param options where and how it writes
     */
    public ConnectionPoolLogger(EventLogOptions options) {
        this.options = options;
        this.logger = LoggerFactory.getLogger(options.loggerName());
    }

    private boolean usual() {
        return logger.isEnabledForLevel(options.level());
    }

    private boolean failures() {
        return logger.isEnabledForLevel(options.failureLevel());
    }

    private Line line(Level level, String name, ServerAddress server) {
        return new Line(logger, level, name).server(server);
    }

    private Line line(String name, ServerAddress server, long connectionId) {
        return line(options.level(), name, server).id("driverConnectionId", connectionId);
    }

    private static String connection(long connectionId, ServerAddress server) {
        return "Connection " + connectionId + " to " + server;
    }

    private static String failure(Throwable error) {
        return Content.of(error, Detail.DOCUMENTS, Integer.MAX_VALUE);
    }

    @Override
    public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
        if (usual()) {
            ConnectionPoolSettings pool = event.settings();
            line(options.level(), "connectionPoolCreated", event.server())
                    .with("maxPoolSize", pool.maxSize())
                    .with("minPoolSize", pool.minSize())
                    .with("maxConnecting", pool.maxConnecting())
                    .with("maxIdleTimeMS", pool.maxIdleTime().toMillis())
                    .with("waitQueueTimeoutMS", pool.maxWaitTime().toMillis())
                    .say("Connection pool of " + event.server() + " created for " + pool.minSize() + " to "
                            + (pool.maxSize() == 0 ? "any number of" : pool.maxSize()) + " connections");
        }
    }

    @Override
    public void connectionPoolReady(ConnectionPoolReadyEvent event) {
        if (usual()) {
            line(options.level(), "connectionPoolReady", event.server())
                    .say("Connection pool of " + event.server() + " is ready");
        }
    }

    @Override
    public void connectionPoolCleared(ConnectionPoolClearedEvent event) {
        if (failures()) {
            ObjectId service = event.serviceId();
            @Nullable String serviceId = service == null ? null : service.toHexString();
            line(options.failureLevel(), "connectionPoolCleared", event.server())
                    .with("serviceId", serviceId)
                    .with("interruptInUseConnections", event.interruptInUseConnections())
                    .say("Connection pool of " + event.server() + " cleared"
                            + (serviceId == null ? "" : " for service " + serviceId)
                            + (event.interruptInUseConnections() ? ", connections in use included" : ""));
        }
    }

    @Override
    public void connectionPoolClosed(ConnectionPoolClosedEvent event) {
        if (usual()) {
            line(options.level(), "connectionPoolClosed", event.server())
                    .say("Connection pool of " + event.server() + " closed");
        }
    }

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        if (usual()) {
            line("connectionCreated", event.server(), event.connectionId())
                    .say(connection(event.connectionId(), event.server()) + " created");
        }
    }

    @Override
    public void connectionReady(ConnectionReadyEvent event) {
        if (usual()) {
            line("connectionReady", event.server(), event.connectionId())
                    .duration(event.duration())
                    .say(connection(event.connectionId(), event.server()) + " is ready after "
                            + Line.millis(event.duration()) + " ms");
        }
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        boolean failed = event.reason() == ConnectionClosedEvent.Reason.ERROR;
        if (failed ? failures() : usual()) {
            Throwable error = event.error();
            @Nullable String failure = error == null ? null : failure(error);
            String reason = event.reason().specificationName();
            line(failed ? options.failureLevel() : options.level(), "connectionClosed", event.server())
                    .id("driverConnectionId", event.connectionId())
                    .with("reason", reason)
                    .with("failure", failure)
                    .say(connection(event.connectionId(), event.server()) + " closed: " + reason
                            + (failure == null ? "" : ", " + failure));
        }
    }

    @Override
    public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
        if (usual()) {
            line(options.level(), "connectionCheckOutStarted", event.server())
                    .say("A connection to " + event.server() + " is asked for");
        }
    }

    @Override
    public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
        if (failures()) {
            String failure = failure(event.error());
            String reason = event.reason().specificationName();
            line(options.failureLevel(), "connectionCheckOutFailed", event.server())
                    .duration(event.duration())
                    .with("reason", reason)
                    .with("failure", failure)
                    .say("No connection to " + event.server() + " after " + Line.millis(event.duration()) + " ms: "
                            + reason + ", " + failure);
        }
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        if (usual()) {
            line("connectionCheckedOut", event.server(), event.connectionId())
                    .duration(event.duration())
                    .say(connection(event.connectionId(), event.server()) + " checked out after "
                            + Line.millis(event.duration()) + " ms");
        }
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        if (usual()) {
            line("connectionCheckedIn", event.server(), event.connectionId())
                    .say(connection(event.connectionId(), event.server()) + " checked in");
        }
    }
}
