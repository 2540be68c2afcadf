package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.jspecify.annotations.Nullable;

/** Tells listeners and log of commands, as the Command Logging and Monitoring specification defines. */
public interface CommandEvents {

    /** Whether anybody wants to hear of a command that starts now; asked before anything is made for it. */
    boolean wanted();

    /** Returns whether the command carries what must not be shown; its outcome is then told with {@code secret}. */
    boolean started(CommandIdentity command, CommandWriter message);

    /** The reply is {@code null} when it must not be shown. */
    void succeeded(CommandIdentity command, long elapsedNanos, @Nullable ReplyEnvelope reply);

    void succeededUnacknowledged(CommandIdentity command, long elapsedNanos);

    void failed(CommandIdentity command, long elapsedNanos, MongoException failure, boolean secret);
}
