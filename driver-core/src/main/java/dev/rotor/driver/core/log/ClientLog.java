package dev.rotor.driver.core.log;

import dev.rotor.driver.event.EventJson;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** The log of one client: a logger for each component, the client's identity, and how much of a document is shown. */
public final class ClientLog {

    /** Commands. */
    public static final String COMMAND = "dev.rotor.driver.command";
    /** Server discovery and monitoring. */
    public static final String TOPOLOGY = "dev.rotor.driver.topology";
    /** Server selection. */
    public static final String SERVER_SELECTION = "dev.rotor.driver.serverSelection";
    /** Connection pools. */
    public static final String CONNECTION = "dev.rotor.driver.connection";

    /** Listeners that throw; not one of the specifications' components. */
    public static final String LISTENER = "dev.rotor.driver.listener";

    /** How much of a document is shown where nobody says otherwise. */
    public static final int DEFAULT_MAX_DOCUMENT_LENGTH = 1000;
    /** The environment variable that says otherwise. */
    public static final String MAX_DOCUMENT_LENGTH_VARIABLE = "MONGODB_LOG_MAX_DOCUMENT_LENGTH";

    private final ObjectId topologyId;
    private final int maxDocumentLength;
    private final Logger command;
    private final Logger topology;
    private final Logger serverSelection;
    private final Logger connection;
    private final Logger listener;

    /**
     * Makes the log of a client.
     *
     * @param topologyId the client's identity in its topology events
     * @param maxDocumentLength how many UTF-16 units of a document are shown
     * @param loggers gives a component's logger
     */
    public ClientLog(ObjectId topologyId, int maxDocumentLength, Function<String, Logger> loggers) {
        this.topologyId = topologyId;
        this.maxDocumentLength = maxDocumentLength;
        this.command = loggers.apply(COMMAND);
        this.topology = loggers.apply(TOPOLOGY);
        this.serverSelection = loggers.apply(SERVER_SELECTION);
        this.connection = loggers.apply(CONNECTION);
        this.listener = loggers.apply(LISTENER);
    }

    /** Writes to the loggers of the application. */
    public static ClientLog of(int maxDocumentLength) {
        return new ClientLog(new ObjectId(), maxDocumentLength, LoggerFactory::getLogger);
    }

    /** Writes nothing. */
    public static ClientLog off() {
        return new ClientLog(new ObjectId(), DEFAULT_MAX_DOCUMENT_LENGTH, name -> NOPLogger.NOP_LOGGER);
    }

    /**
     * How much of a document is shown.
     *
     * @param setting what the client's settings say; {@code null} for nothing
     * @param environment the value of {@value #MAX_DOCUMENT_LENGTH_VARIABLE}; what is no number counts as nothing
     */
    public static int maxDocumentLength(@Nullable Integer setting, @Nullable String environment) {
        if (setting != null) {
            return setting;
        }
        if (environment != null) {
            try {
                int length = Integer.parseInt(environment.trim());
                if (length >= 0) {
                    return length;
                }
            } catch (NumberFormatException e) {
                // As if it were not there: other drivers in this process may understand it.
            }
        }
        return DEFAULT_MAX_DOCUMENT_LENGTH;
    }

    /** The client's identity in its topology events. */
    public ObjectId topologyId() {
        return topologyId;
    }

    /** The logger for commands. */
    public Logger command() {
        return command;
    }

    /** The logger for server discovery. */
    public Logger topology() {
        return topology;
    }

    /** The logger for server selection. */
    public Logger serverSelection() {
        return serverSelection;
    }

    /** The logger for connection pools. */
    public Logger connection() {
        return connection;
    }

    /** The logger for what listeners throw. */
    public Logger listener() {
        return listener;
    }

    /** Begins a message of this client. */
    public LogMessage message(LogTemplate template) {
        return new LogMessage(template, topologyId.toHexString());
    }

    /** A document as messages show it. */
    public String json(BsonDocument document) {
        return EventJson.of(document, maxDocumentLength);
    }

    /** A failure as messages show it. */
    public String failure(Throwable failure) {
        return LoggedFailures.of(failure, maxDocumentLength);
    }
}
