package dev.rotor.driver.event;

import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A command is about to be sent.
 *
 * @param requestId the number of the request on the wire; links the events of one command
 * @param operationId the number of the operation; links the commands that one call sends, such as the batches of a bulk
 *     write
 * @param connectionId the connection
 * @param databaseName the database
 * @param commandName the command's name
 * @param command the whole command, document sequences included as arrays; a view of its bytes, decoded only when
 *     looked at, that may be kept and must not be changed; empty for a command that carries secrets
 * @param serviceId the service behind a load balancer; {@code null} without one
 */
public record CommandStartedEvent(
        long requestId,
        long operationId,
        ConnectionId connectionId,
        String databaseName,
        String commandName,
        BsonDocument command,
        @Nullable ObjectId serviceId) {

    public CommandStartedEvent {
        Objects.requireNonNull(connectionId, "connectionId");
        Objects.requireNonNull(databaseName, "databaseName");
        Objects.requireNonNull(commandName, "commandName");
        Objects.requireNonNull(command, "command");
    }

    /** Without the command: it may hold very much, and what is nobody else's business. */
    @Override
    public String toString() {
        return "CommandStartedEvent{" + commandName + " on " + databaseName + ", request " + requestId + ", operation "
                + operationId + ", " + connectionId + "}";
    }
}
