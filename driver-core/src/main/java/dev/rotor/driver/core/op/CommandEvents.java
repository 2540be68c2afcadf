package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;

/** Tells the user's listeners of commands, as the Command Logging and Monitoring specification defines. */
public interface CommandEvents {

    void started(Operation<?> operation, CommandWriter command, ConnectionDescription connection);

    void succeeded(
            Operation<?> operation,
            ConnectionDescription connection,
            int requestId,
            long elapsedNanos,
            ReplyEnvelope reply);

    void succeededUnacknowledged(
            Operation<?> operation, ConnectionDescription connection, int requestId, long elapsedNanos);

    void failed(
            Operation<?> operation,
            ConnectionDescription connection,
            int requestId,
            long elapsedNanos,
            MongoException failure);
}
