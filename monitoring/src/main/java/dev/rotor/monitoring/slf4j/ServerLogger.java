package dev.rotor.monitoring.slf4j;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.event.ServerClosedEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerOpeningEvent;
import dev.rotor.driver.topology.ServerDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a line for each server that is added to a topology, changes or is removed. A server that has become unknown
 * because of an error is a failure. For example:
 *
 * <pre>
 * Server db1:27017 added to topology 6540...
 * Server db1:27017 changed from Unknown to RSPrimary: {db1:27017, type RSPrimary, round trip 0.4 ms, set rs}
 * </pre>
 *
 * <p>Key-value pairs: {@code event}, {@code topologyId}, {@code serverHost}, {@code serverPort}, {@code previousType},
 * {@code newType}, {@code failure}; each only where it applies.
 */
public final class ServerLogger implements ServerListener {

    /** The logger {@code dev.rotor.monitoring.server}, {@code INFO}, and {@code WARN} for servers that are lost. */
    public static final EventLogOptions DEFAULT =
            new EventLogOptions("dev.rotor.monitoring.server", Level.INFO, Level.WARN);

    private final Logger logger;
    private final EventLogOptions options;

    /** With {@link #DEFAULT}. */
    public ServerLogger() {
        this(DEFAULT);
    }

    /**
     * With options.
     *
     * @param options where and how it writes
     */
    public ServerLogger(EventLogOptions options) {
        this.options = options;
        this.logger = LoggerFactory.getLogger(options.loggerName());
    }

    @Override
    public void serverOpening(ServerOpeningEvent event) {
        if (logger.isEnabledForLevel(options.level())) {
            String topologyId = event.topologyId().toHexString();
            new Line(logger, options.level(), "serverOpening")
                    .with("topologyId", topologyId)
                    .server(event.address())
                    .say("Server " + event.address() + " added to topology " + topologyId);
        }
    }

    @Override
    public void serverDescriptionChanged(ServerDescriptionChangedEvent event) {
        ServerDescription now = event.newDescription();
        MongoException error = now.error();
        Level level = error == null ? options.level() : options.failureLevel();
        if (logger.isEnabledForLevel(level)) {
            String before = event.previousDescription().type().toString();
            new Line(logger, level, "serverDescriptionChanged")
                    .with("topologyId", event.topologyId().toHexString())
                    .server(event.address())
                    .with("previousType", before)
                    .with("newType", now.type().toString())
                    .with("failure", error == null ? null : error.getMessage())
                    .say("Server " + event.address() + " changed from " + before + " to "
                            + now.type().toString() + ": " + now);
        }
    }

    @Override
    public void serverClosed(ServerClosedEvent event) {
        if (logger.isEnabledForLevel(options.level())) {
            String topologyId = event.topologyId().toHexString();
            new Line(logger, options.level(), "serverClosed")
                    .with("topologyId", topologyId)
                    .server(event.address())
                    .say("Server " + event.address() + " removed from topology " + topologyId);
        }
    }
}
