package dev.rotor.driver.event;

import java.time.Duration;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A command was answered with {@code ok: 1}.
 *
 * @param requestId the number of the request on the wire; links the events of one command
 * @param operationId the number of the operation; links the commands that one call sends, such as the batches of a bulk
 *     write
 * @param connectionId the connection
 * @param databaseName the database
 * @param commandName the command's name
 * @param elapsed from before it was encoded until its answer was there
 * @param reply the whole answer; decoded only when looked at; empty for a command that carries secrets; {@code {ok: 1}}
 *     for an unacknowledged write
 * @param serviceId the service behind a load balancer; {@code null} without one
 */
public record CommandSucceededEvent(
        long requestId,
        long operationId,
        ConnectionId connectionId,
        String databaseName,
        String commandName,
        Duration elapsed,
        BsonDocument reply,
        @Nullable ObjectId serviceId) {

    public CommandSucceededEvent {
        Objects.requireNonNull(connectionId, "connectionId");
        Objects.requireNonNull(databaseName, "databaseName");
        Objects.requireNonNull(commandName, "commandName");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(reply, "reply");
    }

    /** Without the reply: it may hold very much, and what is nobody else's business. */
    @Override
    public String toString() {
        return "CommandSucceededEvent{" + commandName + " on " + databaseName + ", request " + requestId
                + ", operation " + operationId + ", " + connectionId + ", " + elapsed + "}";
    }
}
