package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.jspecify.annotations.Nullable;

/** Tells the user's listeners of commands, as the Command Logging and Monitoring specification defines. */
public interface CommandEvents {

    /** Returns whether the command carries what must not be shown; its outcome is then told with {@code secret}. */
    boolean started(Operation<?> operation, CommandWriter command, ConnectionDescription connection);

    /** The reply is {@code null} when it must not be shown. */
    void succeeded(
            Operation<?> operation,
            ConnectionDescription connection,
            int requestId,
            long elapsedNanos,
            @Nullable ReplyEnvelope reply);

    void succeededUnacknowledged(
            Operation<?> operation, ConnectionDescription connection, int requestId, long elapsedNanos);

    void failed(
            Operation<?> operation,
            ConnectionDescription connection,
            int requestId,
            long elapsedNanos,
            MongoException failure,
            boolean secret);
}
