package dev.rotor.driver.core.op;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.future.Contexts;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What listeners and log are told of one command, in the caller's context. Made when it starts and somebody wants to
 * hear of it then, so that they hear its end, too; otherwise there is no such object.
 */
final class Observation {

    private static final OncePerKind BROKEN = new OncePerKind(LoggerFactory.getLogger(ClientLog.LISTENER));

    private final CommandEvents events;
    private final Clock clock;
    private final ContextCarrier.@Nullable Snapshot context;
    private final CommandIdentity command;
    private final long sentAtNanos;
    /** Whether listeners may not see what this command carries; until that is known they may not. */
    private boolean secret = true;

    private Observation(
            CommandEvents events, Clock clock, ContextCarrier.@Nullable Snapshot context, CommandIdentity command) {
        this.events = events;
        this.clock = clock;
        this.context = context;
        this.command = command;
        this.sentAtNanos = clock.nanoTime();
    }

    /** Tells that a command goes out. */
    static Observation start(
            CommandEvents events,
            Clock clock,
            ContextCarrier.@Nullable Snapshot context,
            CommandIdentity command,
            CommandWriter message) {
        Observation started = new Observation(events, clock, context, command);
        started.tell(() -> started.secret = events.started(command, message));
        return started;
    }

    /** Tells that its reply is there. */
    void succeeded(ReplyEnvelope reply) {
        long elapsed = elapsed();
        tell(() -> events.succeeded(command, elapsed, secret ? null : reply));
    }

    /** Tells that it was sent, and that no reply will come. */
    void succeededUnacknowledged() {
        long elapsed = elapsed();
        tell(() -> events.succeededUnacknowledged(command, elapsed));
    }

    /** Tells that it failed. */
    void failed(MongoException failure) {
        long elapsed = elapsed();
        tell(() -> events.failed(command, elapsed, failure, secret));
    }

    private long elapsed() {
        return clock.nanoTime() - sentAtNanos;
    }

    private void tell(Runnable event) {
        try {
            Contexts.run(context, event);
        } catch (Throwable e) {
            // Bytes that codecs have written or servers have sent may be no BSON: then nothing can be shown of them.
            BROKEN.tell(e.getClass().getName(), "{} of {} could not be made", "An event", command.commandName(), e);
        }
    }
}
