package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogMessage;
import dev.rotor.driver.core.log.LogTemplate;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final OncePerKind broken;

    SelectionLog(ClientLog log) {
        this.log = log;
        this.broken = new OncePerKind(log.listener());
    }

    /** Whether anybody wants to hear of selections that need not wait. */
    boolean wanted() {
        return log.serverSelection().isDebugEnabled();
    }

    void started(
            ServerSelector selector, String operation, SelectionListener listener, TopologyDescription description) {
        if (wanted()) {
            write(Level.DEBUG, Templates.STARTED, selector, operation, listener, description, message -> {});
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
                    Level.DEBUG,
                    Templates.SUCCEEDED,
                    selector,
                    operation,
                    listener,
                    description,
                    message -> message.server(server));
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
                    Level.DEBUG,
                    Templates.FAILED,
                    selector,
                    operation,
                    listener,
                    description,
                    message -> message.with("failure", SelectionErrors.withoutTopology(log.failure(failure))));
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
                    Level.INFO,
                    Templates.WAITING,
                    selector,
                    operation,
                    listener,
                    description,
                    message -> message.with("remainingTimeMS", TimeUnit.NANOSECONDS.toMillis(remainingNanos)));
        }
    }

    /** An operation has thrown when it was told of its selection. Never throws. */
    void threw(SelectionListener listener, String occasion, Throwable thrown) {
        broken.tell(listener.getClass().getName() + occasion, "{} has thrown on {}", "An operation", occasion, thrown);
    }

    /** Whatever an appender throws, the operation must hear of its server, and the next one, too. */
    private void write(
            Level level,
            LogTemplate template,
            ServerSelector selector,
            String operation,
            SelectionListener listener,
            TopologyDescription description,
            Consumer<LogMessage> more) {
        try {
            long operationId = listener.operationId();
            LogMessage message = log.message(template)
                    .with("selector", SelectionErrors.describe(selector))
                    .with("operationId", operationId == 0 ? null : operationId)
                    .with("operation", operation)
                    .with("topologyDescription", description.toString());
            more.accept(message);
            message.log(log.serverSelection(), level);
        } catch (Throwable e) {
            broken.tell(template, "{} has thrown on {}", "The log", "a server selection", e);
        }
    }
}
