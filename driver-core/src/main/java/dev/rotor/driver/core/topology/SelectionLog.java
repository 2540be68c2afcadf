package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogMessage;
import dev.rotor.driver.core.log.LogTemplate;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.Level;

/** Writes server selections to the log, as the Server Selection specification defines. */
final class SelectionLog {

    /** Made when the first message is: most clients never say one. */
    private static final class Templates {
        private static final String OPERATION = " for operation {operation}[ with ID {operationId}].";
        private static final String KNOWN = " Selector: {selector}, topology description: {topologyDescription}";

        static final LogTemplate STARTED =
                new LogTemplate("Server selection started", "Server selection started" + OPERATION + KNOWN);
        static final LogTemplate SUCCEEDED = new LogTemplate(
                "Server selection succeeded",
                "Server selection succeeded" + OPERATION + " Selected server: {serverHost}[:{serverPort}]." + KNOWN);
        static final LogTemplate FAILED = new LogTemplate(
                "Server selection failed", "Server selection failed" + OPERATION + " Failure: {failure}." + KNOWN);
        static final LogTemplate WAITING = new LogTemplate(
                "Waiting for suitable server to become available",
                "Waiting for server to become available" + OPERATION + " Remaining time: {remainingTimeMS} ms."
                        + KNOWN);

        private Templates() {}
    }

    private final ClientLog log;

    SelectionLog(ClientLog log) {
        this.log = log;
    }

    /** Whether anybody wants to hear of selections that need not wait. */
    boolean wanted() {
        return log.serverSelection().isDebugEnabled();
    }

    void started(
            ServerSelector selector, String operation, SelectionListener listener, TopologyDescription description) {
        if (wanted()) {
            write(message(Templates.STARTED, selector, operation, listener, description), Level.DEBUG);
        }
    }

    void succeeded(
            ServerSelector selector,
            String operation,
            SelectionListener listener,
            TopologyDescription description,
            ServerAddress server) {
        if (wanted()) {
            write(
                    message(Templates.SUCCEEDED, selector, operation, listener, description)
                            .server(server),
                    Level.DEBUG);
        }
    }

    void failed(
            ServerSelector selector,
            String operation,
            SelectionListener listener,
            TopologyDescription description,
            MongoException failure) {
        if (wanted()) {
            write(
                    message(Templates.FAILED, selector, operation, listener, description)
                            .with("failure", SelectionErrors.withoutTopology(log.failure(failure))),
                    Level.DEBUG);
        }
    }

    void waiting(
            ServerSelector selector,
            String operation,
            SelectionListener listener,
            TopologyDescription description,
            long remainingNanos) {
        if (log.serverSelection().isInfoEnabled()) {
            write(
                    message(Templates.WAITING, selector, operation, listener, description)
                            .with("remainingTimeMS", TimeUnit.NANOSECONDS.toMillis(remainingNanos)),
                    Level.INFO);
        }
    }

    private LogMessage message(
            LogTemplate template,
            ServerSelector selector,
            String operation,
            SelectionListener listener,
            TopologyDescription description) {
        long operationId = listener.operationId();
        return log.message(template)
                .with("selector", SelectionErrors.describe(selector))
                .with("operationId", operationId == 0 ? null : operationId)
                .with("operation", operation)
                .with("topologyDescription", description.toString());
    }

    private void write(LogMessage message, Level level) {
        message.log(log.serverSelection(), level);
    }
}
