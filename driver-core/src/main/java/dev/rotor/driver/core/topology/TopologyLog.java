package dev.rotor.driver.core.topology;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogMessage;
import dev.rotor.driver.core.log.LogTemplate;
import dev.rotor.driver.topology.TopologyDescription;
import org.bson.BsonDocument;
import org.slf4j.event.Level;

/**
 * Writes what happens in a topology to the log, as the Server Discovery and Monitoring Logging and Monitoring
 * specification defines.
 */
final class TopologyLog {

    /** Made when the first message is: most clients never say one. */
    private static final class Templates {
        static final LogTemplate TOPOLOGY_OPENING = new LogTemplate(
                "Starting topology monitoring", "Starting monitoring for topology with ID {topologyId}");
        static final LogTemplate TOPOLOGY_CLOSED =
                new LogTemplate("Stopped topology monitoring", "Stopped monitoring for topology with ID {topologyId}");
        static final LogTemplate SERVER_OPENING = new LogTemplate(
                "Starting server monitoring",
                "Starting monitoring for server {serverHost}[:{serverPort}] in topology with ID {topologyId}");
        static final LogTemplate SERVER_CLOSED = new LogTemplate(
                "Stopped server monitoring",
                "Stopped monitoring for server {serverHost}[:{serverPort}] in topology with ID {topologyId}");
        static final LogTemplate TOPOLOGY_CHANGED = new LogTemplate(
                "Topology description changed",
                "Description changed for topology with ID {topologyId}. Previous description: {previousDescription}."
                        + " New description: {newDescription}");

        private static final String ON_CONNECTION =
                " for {serverHost}[:{serverPort}] on connection with driver-generated ID {driverConnectionId}[ and"
                        + " server-generated ID {serverConnectionId}] in topology with ID {topologyId}."
                        + " Awaited: {awaited}";

        static final LogTemplate HEARTBEAT_STARTED =
                new LogTemplate("Server heartbeat started", "Heartbeat started" + ON_CONNECTION);
        static final LogTemplate HEARTBEAT_SUCCEEDED = new LogTemplate(
                "Server heartbeat succeeded",
                "Heartbeat succeeded in {durationMS} ms" + ON_CONNECTION + ". Reply: {reply}");
        static final LogTemplate HEARTBEAT_FAILED = new LogTemplate(
                "Server heartbeat failed",
                "Heartbeat failed in {durationMS} ms" + ON_CONNECTION + ". Failure: {failure}");

        private Templates() {}
    }

    private final ClientLog log;

    TopologyLog(ClientLog log) {
        this.log = log;
    }

    boolean wanted() {
        return log.topology().isDebugEnabled();
    }

    void topologyOpening() {
        write(log.message(Templates.TOPOLOGY_OPENING));
    }

    void topologyClosed() {
        write(log.message(Templates.TOPOLOGY_CLOSED));
    }

    void serverOpening(ServerAddress server) {
        write(log.message(Templates.SERVER_OPENING).server(server));
    }

    void serverClosed(ServerAddress server) {
        write(log.message(Templates.SERVER_CLOSED).server(server));
    }

    void topologyChanged(TopologyDescription before, TopologyDescription after) {
        write(log.message(Templates.TOPOLOGY_CHANGED)
                .with("previousDescription", before.toString())
                .with("newDescription", after.toString()));
    }

    void heartbeatStarted(Heartbeat heartbeat) {
        write(message(Templates.HEARTBEAT_STARTED, heartbeat));
    }

    void heartbeatSucceeded(Heartbeat heartbeat, long durationNanos, BsonDocument reply) {
        write(message(Templates.HEARTBEAT_SUCCEEDED, heartbeat)
                .duration(durationNanos)
                .with("reply", log.json(reply)));
    }

    void heartbeatFailed(Heartbeat heartbeat, long durationNanos, Throwable failure) {
        write(message(Templates.HEARTBEAT_FAILED, heartbeat)
                .duration(durationNanos)
                .with("failure", log.failure(failure)));
    }

    void lastServerRemoved() {
        log.topology()
                .warn(
                        "The last server of topology {} was removed: none of its seeds belongs to it. No operation can"
                                + " succeed.",
                        log.topologyId());
    }

    private LogMessage message(LogTemplate template, Heartbeat heartbeat) {
        return log.message(template)
                .server(heartbeat.server())
                .with("driverConnectionId", heartbeat.connectionId())
                .id("serverConnectionId", heartbeat.serverConnectionId())
                .with("awaited", heartbeat.awaited());
    }

    private void write(LogMessage message) {
        message.log(log.topology(), Level.DEBUG);
    }
}
