package dev.rotor.driver.event;

import java.time.Duration;
import java.util.Objects;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A command was answered with {@code ok: 0}, or not at all.
 *
 * @param requestId the number of the request on the wire; links the events of one command
 * @param operationId the number of the operation; links the commands that one call sends, such as the batches of a bulk
 *     write
 * @param connectionId the connection
 * @param databaseName the database
 * @param commandName the command's name
 * @param elapsed from before it was encoded until it failed
 * @param failure what went wrong; for a command that carries secrets without the server's reply
 * @param serviceId the service behind a load balancer; {@code null} without one
 */
public record CommandFailedEvent(
        long requestId,
        long operationId,
        ConnectionId connectionId,
        String databaseName,
        String commandName,
        Duration elapsed,
        Throwable failure,
        @Nullable ObjectId serviceId) {

    public CommandFailedEvent {
        Objects.requireNonNull(connectionId, "connectionId");
        Objects.requireNonNull(databaseName, "databaseName");
        Objects.requireNonNull(commandName, "commandName");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(failure, "failure");
    }

    /** Without the failure's message: it may quote the command. */
    @Override
    public String toString() {
        return "CommandFailedEvent{" + commandName + " on " + databaseName + ", request " + requestId + ", operation "
                + operationId + ", " + connectionId + ", " + elapsed + ", "
                + failure.getClass().getSimpleName() + "}";
    }
}
