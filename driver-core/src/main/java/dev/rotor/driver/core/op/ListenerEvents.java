package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes command events for the user's listeners. Commands that carry credentials are told of by name only. A listener
 * that throws breaks nothing; the first throw is logged.
 */
public final class ListenerEvents implements CommandEvents {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.command");

    private final List<CommandListener> listeners;
    private final AtomicBoolean logged = new AtomicBoolean();

    /** Events for these listeners, told in this order. */
    public ListenerEvents(List<CommandListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public boolean started(Operation<?> operation, CommandWriter command, ConnectionDescription connection) {
        BsonDocument document =
                Redaction.isSensitive(operation.commandName()) ? new BsonDocument() : command.toDocument();
        boolean secret = document.isEmpty() || Redaction.startsToAuthenticate(document);
        BsonDocument shown = secret ? new BsonDocument() : document;
        CommandStartedEvent event = new CommandStartedEvent(
                command.requestId(),
                command.requestId(),
                id(connection),
                operation.scope().database(),
                operation.commandName(),
                shown,
                connection.serviceId());
        tell(listener -> listener.commandStarted(event));
        return secret;
    }

    @Override
    public void succeeded(
            Operation<?> operation,
            ConnectionDescription connection,
            int requestId,
            long elapsedNanos,
            @Nullable ReplyEnvelope reply) {
        succeeded(
                operation, connection, requestId, elapsedNanos, reply == null ? new BsonDocument() : reply.document());
    }

    @Override
    public void succeededUnacknowledged(
            Operation<?> operation, ConnectionDescription connection, int requestId, long elapsedNanos) {
        succeeded(operation, connection, requestId, elapsedNanos, new BsonDocument("ok", new BsonInt32(1)));
    }

    private void succeeded(
            Operation<?> operation,
            ConnectionDescription connection,
            int requestId,
            long elapsedNanos,
            BsonDocument reply) {
        CommandSucceededEvent event = new CommandSucceededEvent(
                requestId,
                requestId,
                id(connection),
                operation.scope().database(),
                operation.commandName(),
                Duration.ofNanos(elapsedNanos),
                reply,
                connection.serviceId());
        tell(listener -> listener.commandSucceeded(event));
    }

    @Override
    public void failed(
            Operation<?> operation,
            ConnectionDescription connection,
            int requestId,
            long elapsedNanos,
            MongoException failure,
            boolean secret) {
        MongoException shown = failure;
        if (secret && failure instanceof MongoCommandException refused) {
            shown = Redaction.withoutReply(operation.commandName(), refused, connection.server());
        }
        CommandFailedEvent event = new CommandFailedEvent(
                requestId,
                requestId,
                id(connection),
                operation.scope().database(),
                operation.commandName(),
                Duration.ofNanos(elapsedNanos),
                shown,
                connection.serviceId());
        tell(listener -> listener.commandFailed(event));
    }

    private static ConnectionId id(ConnectionDescription connection) {
        return new ConnectionId(connection.server(), connection.localId(), connection.serverConnectionId());
    }

    private void tell(Consumer<CommandListener> event) {
        for (CommandListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) {
                if (logged.compareAndSet(false, true)) {
                    LOG.warn("Command listener {} has thrown; further throws are not logged", listener.getClass(), e);
                }
            }
        }
    }
}
