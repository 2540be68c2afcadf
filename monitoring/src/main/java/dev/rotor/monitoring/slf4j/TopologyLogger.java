package dev.rotor.monitoring.slf4j;

import dev.rotor.driver.event.TopologyClosedEvent;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.event.TopologyOpeningEvent;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a line when a topology is opened, changes or is closed. It is a failure when a topology has lost its last
 * server that could be written to, or has servers that this driver cannot speak with. For example:
 *
 * <pre>
 * Topology 6540... changed from Unknown to ReplicaSetWithPrimary: {type ReplicaSetWithPrimary, set rs, ...
 * Topology 6540... has no server to write to any more: {type ReplicaSetNoPrimary, set rs, servers [...
 * </pre>
 *
 * <p>Key-value pairs: {@code event}, {@code topologyId}, {@code previousType}, {@code newType}, {@code writable},
 * {@code failure}; each only where it applies.
 */
public final class TopologyLogger implements TopologyListener {

    /** The logger {@code dev.rotor.monitoring.topology}, {@code INFO}, and {@code WARN} for failures. */
    public static final EventLogOptions DEFAULT =
            new EventLogOptions("dev.rotor.monitoring.topology", Level.INFO, Level.WARN);

    private final Logger logger;
    private final EventLogOptions options;

    /** With {@link #DEFAULT}. */
    public TopologyLogger() {
        this(DEFAULT);
    }

    /**
     * With options.
     *
     * @param options where and how it writes
     */
    public TopologyLogger(EventLogOptions options) {
        this.options = options;
        this.logger = LoggerFactory.getLogger(options.loggerName());
    }

    @Override
    public void topologyOpening(TopologyOpeningEvent event) {
        if (logger.isEnabledForLevel(options.level())) {
            String topologyId = event.topologyId().toHexString();
            new Line(logger, options.level(), "topologyOpening")
                    .with("topologyId", topologyId)
                    .say("Topology " + topologyId + " opened");
        }
    }

    @Override
    public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
        TopologyDescription before = event.previousDescription();
        TopologyDescription now = event.newDescription();
        boolean writable = now.hasWritableServer();
        // A client that is closed forgets all of it, which is no loss.
        boolean closing = now.type() == TopologyType.UNKNOWN && now.servers().isEmpty();
        boolean lost = before.hasWritableServer() && !writable && !closing;
        Level level = lost || !now.compatible() ? options.failureLevel() : options.level();
        if (logger.isEnabledForLevel(level)) {
            String topologyId = event.topologyId().toHexString();
            String change = lost
                    ? " has no server to write to any more"
                    : " changed from " + before.type().toString() + " to "
                            + now.type().toString();
            new Line(logger, level, "topologyDescriptionChanged")
                    .with("topologyId", topologyId)
                    .with("previousType", before.type().toString())
                    .with("newType", now.type().toString())
                    .with("writable", writable)
                    .with("failure", now.compatibilityError())
                    .say("Topology " + topologyId + change + ": " + now);
        }
    }

    @Override
    public void topologyClosed(TopologyClosedEvent event) {
        if (logger.isEnabledForLevel(options.level())) {
            String topologyId = event.topologyId().toHexString();
            new Line(logger, options.level(), "topologyClosed")
                    .with("topologyId", topologyId)
                    .say("Topology " + topologyId + " closed");
        }
    }
}
