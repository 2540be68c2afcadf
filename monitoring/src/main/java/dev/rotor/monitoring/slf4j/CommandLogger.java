package dev.rotor.monitoring.slf4j;

import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionId;
import java.time.Duration;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a line for each command that is sent, has succeeded or has failed. For example:
 *
 * <pre>
 * Command find on app.people started (request 12 of operation 7 on db1:27017#3/88): {"find": "people", ...
 * Command find on app succeeded in 1.234 ms (request 12 of operation 7 on db1:27017#3/88): {"cursor": {"id": 0, ...
 * Command insert on app failed in 2.1 ms (request 13 of operation 8 on db1:27017#3/88): MongoCommandException: ...
 * </pre>
 *
 * <p>Key-value pairs: {@code event}, {@code commandName}, {@code databaseName}, {@code collection} (of a started
 * command that names one), {@code requestId}, {@code operationId}, {@code driverConnectionId},
 * {@code serverConnectionId}, {@code serverHost}, {@code serverPort}, {@code serviceId}, {@code durationMS},
 * {@code slow}, {@code command}, {@code reply}, {@code failure}, {@code code}; each only where it is known and applies.
 *
 * <p>A document is read only when the level of its line is on. Even so the driver makes an event for each command as
 * soon as there is a listener; that is the price of having one.
 */
public final class CommandLogger implements CommandListener {

    /** The commands whose first field is a collection: that of another may be a user, a role or anything else. */
    private static final Set<String> OF_A_COLLECTION = Set.of(
            "aggregate",
            "collMod",
            "collStats",
            "compact",
            "convertToCapped",
            "count",
            "create",
            "createIndexes",
            "createSearchIndexes",
            "delete",
            "distinct",
            "drop",
            "dropIndexes",
            "dropSearchIndex",
            "find",
            "findAndModify",
            "insert",
            "killCursors",
            "listIndexes",
            "mapReduce",
            "planCacheClear",
            "reIndex",
            "update",
            "updateSearchIndex",
            "validate");

    private final Logger logger;
    private final CommandLogOptions options;

    /** With {@link CommandLogOptions#DEFAULT}. */
    public CommandLogger() {
        this(CommandLogOptions.DEFAULT);
    }

    /**
     * With options.
     *
     * @param options where and how it writes
     */
    public CommandLogger(CommandLogOptions options) {
        this.options = options;
        this.logger = LoggerFactory.getLogger(options.loggerName());
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        Level level = options.startedLevel();
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        String collection = collection(event);
        String command = Content.of(event.command(), options.detail(), options.maxDocumentLength());
        Line line = new Line(logger, level, "commandStarted").with("commandName", event.commandName());
        line.with("databaseName", event.databaseName()).with("collection", collection);
        identity(line, event.requestId(), event.operationId(), event.connectionId(), event.serviceId());
        line.with("command", command);
        String namespace = collection == null ? event.databaseName() : event.databaseName() + "." + collection;
        StringBuilder text = text(event.commandName(), namespace, " started");
        where(text, event.requestId(), event.operationId(), event.connectionId());
        line.say(ended(text, command));
    }

    /** {@code null} for a command that names none; a getMore has the cursor's number in its first field. */
    private static @Nullable String collection(CommandStartedEvent event) {
        String name = event.commandName();
        String field = name.equals("getMore") ? "collection" : OF_A_COLLECTION.contains(name) ? name : null;
        BsonValue named = field == null ? null : event.command().get(field);
        return named != null && named.isString() ? named.asString().getValue() : null;
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        Duration slowAfter = options.slowAfter();
        boolean slow = slowAfter != null && event.elapsed().compareTo(slowAfter) >= 0;
        Level level = slow ? options.slowLevel() : options.succeededLevel();
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        String reply = Content.of(event.reply(), options.detail(), options.maxDocumentLength());
        Line line = new Line(logger, level, "commandSucceeded").with("commandName", event.commandName());
        line.with("databaseName", event.databaseName());
        identity(line, event.requestId(), event.operationId(), event.connectionId(), event.serviceId());
        line.duration(event.elapsed()).with("slow", slow ? true : null).with("reply", reply);
        StringBuilder text = text(event.commandName(), event.databaseName(), slow ? " was slow: " : " succeeded in ")
                .append(Line.millis(event.elapsed()))
                .append(" ms");
        where(text, event.requestId(), event.operationId(), event.connectionId());
        line.say(ended(text, reply));
    }

    @Override
    public void commandFailed(CommandFailedEvent event) {
        Level level = options.failedLevel();
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        String failure = Content.of(event.failure(), options.detail(), options.maxDocumentLength());
        Line line = new Line(logger, level, "commandFailed").with("commandName", event.commandName());
        line.with("databaseName", event.databaseName());
        identity(line, event.requestId(), event.operationId(), event.connectionId(), event.serviceId());
        line.duration(event.elapsed()).with("failure", failure).with("code", Content.code(event.failure()));
        StringBuilder text = text(event.commandName(), event.databaseName(), " failed in ")
                .append(Line.millis(event.elapsed()))
                .append(" ms");
        where(text, event.requestId(), event.operationId(), event.connectionId());
        line.say(ended(text, failure));
    }

    private static void identity(
            Line line, long requestId, long operationId, ConnectionId connection, @Nullable ObjectId serviceId) {
        line.with("requestId", requestId).with("operationId", operationId);
        line.id("driverConnectionId", connection.localId()).id("serverConnectionId", connection.serverId());
        line.server(connection.server()).with("serviceId", serviceId == null ? null : serviceId.toHexString());
    }

    private static StringBuilder text(String command, String where, String outcome) {
        return new StringBuilder(200)
                .append("Command ")
                .append(command)
                .append(" on ")
                .append(where)
                .append(outcome);
    }

    private static void where(StringBuilder text, long requestId, long operationId, ConnectionId connection) {
        text.append(" (request ").append(requestId).append(" of operation ").append(operationId);
        text.append(" on ").append(connection).append(')');
    }

    private static String ended(StringBuilder text, @Nullable String content) {
        return content == null
                ? text.toString()
                : text.append(": ").append(content).toString();
    }
}
