package dev.rotor.driver.core.pool;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogMessage;
import dev.rotor.driver.core.log.LogTemplate;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionCheckOutStartedEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolClosedEvent;
import dev.rotor.driver.event.ConnectionPoolCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolReadyEvent;
import dev.rotor.driver.event.ConnectionReadyEvent;
import java.time.Duration;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Writes a pool's events to the log, as the Connection Monitoring and Pooling specification defines. */
final class PoolLog {

    /** Made when the first message is: most clients never say one. */
    private static final class Templates {
        private static final String SERVER = "{serverHost}[:{serverPort}]";
        private static final String CONNECTION = "address=" + SERVER + ", driver-generated ID={driverConnectionId}";

        static final LogTemplate POOL_CREATED = new LogTemplate(
                "Connection pool created",
                "Connection pool created for " + SERVER
                        + " using options maxIdleTimeMS={maxIdleTimeMS}, minPoolSize={minPoolSize},"
                        + " maxPoolSize={maxPoolSize}, maxConnecting={maxConnecting},"
                        + " waitQueueTimeoutMS={waitQueueTimeoutMS}");
        static final LogTemplate POOL_READY =
                new LogTemplate("Connection pool ready", "Connection pool ready for " + SERVER);
        static final LogTemplate POOL_CLEARED = new LogTemplate(
                "Connection pool cleared", "Connection pool for " + SERVER + " cleared[ for serviceId {serviceId}]");
        static final LogTemplate POOL_CLOSED =
                new LogTemplate("Connection pool closed", "Connection pool closed for " + SERVER);
        static final LogTemplate CREATED = new LogTemplate("Connection created", "Connection created: " + CONNECTION);
        static final LogTemplate READY = new LogTemplate(
                "Connection ready", "Connection ready: " + CONNECTION + ", established in={durationMS} ms");
        static final LogTemplate CLOSED = new LogTemplate(
                "Connection closed", "Connection closed: " + CONNECTION + ". Reason: {reason}[. Error: {error}]");
        static final LogTemplate CHECKOUT_STARTED =
                new LogTemplate("Connection checkout started", "Checkout started for connection to " + SERVER);
        static final LogTemplate CHECKOUT_FAILED = new LogTemplate(
                "Connection checkout failed",
                "Checkout failed for connection to " + SERVER
                        + ". Reason: {reason}[. Error: {error}]. Duration: {durationMS} ms");
        static final LogTemplate CHECKED_OUT = new LogTemplate(
                "Connection checked out", "Connection checked out: " + CONNECTION + ", duration={durationMS} ms");
        static final LogTemplate CHECKED_IN =
                new LogTemplate("Connection checked in", "Connection checked in: " + CONNECTION);

        private Templates() {}
    }

    private final ServerAddress server;
    private final ClientLog log;

    PoolLog(ServerAddress server, ClientLog log) {
        this.server = server;
        this.log = log;
    }

    boolean wanted() {
        return log.connection().isDebugEnabled();
    }

    /** One of the events, or a {@link CheckoutFailure}. */
    void write(Object event) {
        LogMessage message = message(event);
        if (message != null) {
            message.log(log.connection(), Level.DEBUG);
        }
    }

    private @Nullable LogMessage message(Object event) {
        if (event instanceof ConnectionCheckOutStartedEvent) {
            return of(Templates.CHECKOUT_STARTED);
        } else if (event instanceof ConnectionCheckedOutEvent checkedOut) {
            return of(Templates.CHECKED_OUT, checkedOut.connectionId(), checkedOut.duration());
        } else if (event instanceof ConnectionCheckedInEvent checkedIn) {
            return of(Templates.CHECKED_IN, checkedIn.connectionId(), null);
        } else if (event instanceof CheckoutFailure failure) {
            return checkoutFailed(failure);
        } else if (event instanceof ConnectionCreatedEvent created) {
            return of(Templates.CREATED, created.connectionId(), null);
        } else if (event instanceof ConnectionReadyEvent ready) {
            return of(Templates.READY, ready.connectionId(), ready.duration());
        } else if (event instanceof ConnectionClosedEvent closed) {
            Throwable error = closed.error();
            return of(Templates.CLOSED, closed.connectionId(), null)
                    .with("reason", reason(closed.reason()))
                    .with("error", error == null ? null : log.failure(error));
        } else if (event instanceof ConnectionPoolReadyEvent) {
            return of(Templates.POOL_READY);
        } else if (event instanceof ConnectionPoolClearedEvent cleared) {
            ObjectId serviceId = cleared.serviceId();
            return of(Templates.POOL_CLEARED).with("serviceId", serviceId == null ? null : serviceId.toHexString());
        } else if (event instanceof ConnectionPoolClosedEvent) {
            return of(Templates.POOL_CLOSED);
        } else if (event instanceof ConnectionPoolCreatedEvent created) {
            return created(created.settings());
        }
        return null;
    }

    private LogMessage created(ConnectionPoolSettings settings) {
        return of(Templates.POOL_CREATED)
                .with("maxIdleTimeMS", settings.maxIdleTime().toMillis())
                .with("minPoolSize", settings.minSize())
                .with("maxPoolSize", settings.maxSize())
                .with("maxConnecting", settings.maxConnecting())
                .with("waitQueueTimeoutMS", settings.maxWaitTime().toMillis());
    }

    private LogMessage checkoutFailed(CheckoutFailure failure) {
        LogMessage message = of(Templates.CHECKOUT_FAILED)
                .with("reason", reason(failure.reason()))
                .duration(failure.waitedNanos());
        return failure.reason() == ConnectionCheckOutFailedEvent.Reason.CONNECTION_ERROR
                ? message.with("error", log.failure(failure.exception()))
                : message;
    }

    private LogMessage of(LogTemplate template) {
        return log.message(template).server(server);
    }

    private LogMessage of(LogTemplate template, long connectionId, @Nullable Duration duration) {
        LogMessage message = of(template).with("driverConnectionId", connectionId);
        return duration == null ? message : message.duration(duration.toNanos());
    }

    /** The specification's words. */
    private static String reason(ConnectionClosedEvent.Reason reason) {
        return switch (reason) {
            case STALE -> "Connection became stale because the pool was cleared";
            case IDLE -> "Connection has been available but unused for longer than the configured max idle time";
            case ERROR -> "An error occurred while using the connection";
            case POOL_CLOSED -> "Connection pool was closed";
        };
    }

    /** The specification's words. */
    private static String reason(ConnectionCheckOutFailedEvent.Reason reason) {
        return switch (reason) {
            case TIMEOUT -> "Wait queue timeout elapsed without a connection becoming available";
            case CONNECTION_ERROR -> "An error occurred while trying to establish a new connection";
            case POOL_CLOSED -> "Connection pool was closed";
        };
    }
}
