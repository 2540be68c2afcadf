package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogMessage;
import dev.rotor.driver.core.log.LogTemplate;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.slf4j.event.Level;

/** Writes commands to the log, as the Command Logging and Monitoring specification defines. */
final class CommandLog {

    private static final String ON_CONNECTION =
            " using a connection with driver-generated ID {driverConnectionId}[ and server-generated ID"
                    + " {serverConnectionId}] to {serverHost}[:{serverPort}][ with service ID {serviceId}]."
                    + " The requestID is {requestId}[ and the operation ID is {operationId}].";

    private static final LogTemplate STARTED = new LogTemplate(
            "Command started",
            "Command \"{commandName}\" started on database \"{databaseName}\"" + ON_CONNECTION + " Command: {command}");
    private static final LogTemplate SUCCEEDED = new LogTemplate(
            "Command succeeded",
            "Command \"{commandName}\" succeeded on database \"{databaseName}\" in {durationMS} ms" + ON_CONNECTION
                    + " Command reply: {reply}");
    private static final LogTemplate FAILED = new LogTemplate(
            "Command failed",
            "Command \"{commandName}\" failed on database \"{databaseName}\" in {durationMS} ms" + ON_CONNECTION
                    + " Error: {failure}");

    private final ClientLog log;

    CommandLog(ClientLog log) {
        this.log = log;
    }

    void started(CommandIdentity command, BsonDocument document) {
        write(message(STARTED, command).with("command", log.json(document)));
    }

    void succeeded(CommandIdentity command, Duration elapsed, BsonDocument reply) {
        write(message(SUCCEEDED, command).duration(elapsed.toNanos()).with("reply", log.json(reply)));
    }

    void failed(CommandIdentity command, Duration elapsed, Throwable failure) {
        write(message(FAILED, command).duration(elapsed.toNanos()).with("failure", log.failure(failure)));
    }

    private LogMessage message(LogTemplate template, CommandIdentity command) {
        ConnectionDescription connection = command.connection();
        ObjectId serviceId = connection.serviceId();
        return log.message(template)
                .with("commandName", command.commandName())
                .with("databaseName", command.databaseName())
                .with("requestId", command.requestId())
                .with("operationId", command.operationId())
                .id("driverConnectionId", connection.localId())
                .id("serverConnectionId", connection.serverConnectionId())
                .server(connection.server())
                .with("serviceId", serviceId == null ? null : serviceId.toHexString());
    }

    private void write(LogMessage message) {
        message.log(log.command(), Level.DEBUG);
    }
}
