package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.Listeners;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/** Makes command events for the user's listeners and the log. Commands with credentials are told of by name only. */
public final class ListenerEvents implements CommandEvents {

    private final ClientLog log;
    private final Listeners<CommandListener> listeners;
    private final OncePerKind broken;

    /** Events for these listeners, told in this order, and for the log before them. */
    public ListenerEvents(List<CommandListener> listeners, ClientLog log) {
        this.log = log;
        this.broken = new OncePerKind(log.listener());
        this.listeners = new Listeners<>(listeners, log.listener());
    }

    @Override
    public boolean wanted() {
        return !listeners.isEmpty() || logs();
    }

    private boolean logs() {
        return log.command().isDebugEnabled();
    }

    @Override
    public boolean started(CommandIdentity command, CommandWriter message) {
        BsonDocument document =
                Redaction.isSensitive(command.commandName()) ? new BsonDocument() : message.toDocument();
        boolean secret = document.isEmpty() || Redaction.startsToAuthenticate(document);
        BsonDocument shown = secret ? new BsonDocument() : document;
        if (logs()) {
            write(written -> written.started(command, shown));
        }
        if (!listeners.isEmpty()) {
            CommandStartedEvent event = new CommandStartedEvent(
                    command.requestId(),
                    command.operationId(),
                    id(command),
                    command.databaseName(),
                    command.commandName(),
                    shown,
                    command.connection().serviceId());
            listeners.tell(CommandListener::commandStarted, event);
        }
        return secret;
    }

    @Override
    public void succeeded(CommandIdentity command, long elapsedNanos, @Nullable ReplyEnvelope reply) {
        succeeded(command, elapsedNanos, reply == null ? new BsonDocument() : reply.document());
    }

    @Override
    public void succeededUnacknowledged(CommandIdentity command, long elapsedNanos) {
        succeeded(command, elapsedNanos, new BsonDocument("ok", new BsonInt32(1)));
    }

    private void succeeded(CommandIdentity command, long elapsedNanos, BsonDocument reply) {
        Duration elapsed = Duration.ofNanos(elapsedNanos);
        if (logs()) {
            write(written -> written.succeeded(command, elapsed, reply));
        }
        if (!listeners.isEmpty()) {
            CommandSucceededEvent event = new CommandSucceededEvent(
                    command.requestId(),
                    command.operationId(),
                    id(command),
                    command.databaseName(),
                    command.commandName(),
                    elapsed,
                    reply,
                    command.connection().serviceId());
            listeners.tell(CommandListener::commandSucceeded, event);
        }
    }

    @Override
    public void failed(CommandIdentity command, long elapsedNanos, MongoException failure, boolean secret) {
        MongoException shown = secret && failure instanceof MongoCommandException refused
                ? Redaction.withoutReply(
                        command.commandName(), refused, command.connection().server())
                : failure;
        Duration elapsed = Duration.ofNanos(elapsedNanos);
        if (logs()) {
            write(written -> written.failed(command, elapsed, shown));
        }
        if (!listeners.isEmpty()) {
            CommandFailedEvent event = new CommandFailedEvent(
                    command.requestId(),
                    command.operationId(),
                    id(command),
                    command.databaseName(),
                    command.commandName(),
                    elapsed,
                    shown,
                    command.connection().serviceId());
            listeners.tell(CommandListener::commandFailed, event);
        }
    }

    /** What the log cannot write, or throws, does not keep listeners from hearing. */
    private void write(Consumer<CommandLog> message) {
        try {
            message.accept(new CommandLog(log));
        } catch (Throwable e) {
            broken.tell(e.getClass(), "{} could not be {}", "A command", "logged", e);
        }
    }

    private static ConnectionId id(CommandIdentity command) {
        ConnectionDescription connection = command.connection();
        return new ConnectionId(connection.server(), connection.localId(), connection.serverConnectionId());
    }
}
