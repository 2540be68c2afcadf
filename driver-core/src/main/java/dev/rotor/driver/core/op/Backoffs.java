package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.Transport;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Who waits before trying again, each with a timer on a loop. They are kept so that a client that is closed can tell
 * them: its timers never fire. Whoever takes a sleeper out is the one to call it, so it hears exactly one thing.
 */
final class Backoffs {

    /** Somebody who waits. Compared by identity. */
    interface Sleeper {
        /** The wait is over. */
        void onAwake();

        /** There will be no other attempt. */
        void onNoFurther(MongoException reason);
    }

    /** Until the timer is known. */
    private static final Cancellable NO_TIMER = () -> {};

    private final Transport transport;
    private final ConcurrentHashMap<Sleeper, Cancellable> sleeping = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Backoffs(Transport transport) {
        this.transport = transport;
    }

    /** Calls the sleeper after so many nanoseconds, on a loop. */
    void sleep(Sleeper sleeper, long nanos) {
        sleeping.put(sleeper, NO_TIMER);
        try {
            Cancellable timer =
                    transport.nextLoop().schedule(() -> wake(sleeper), Math.max(0, nanos), TimeUnit.NANOSECONDS);
            sleeping.computeIfPresent(sleeper, (key, none) -> timer);
        } catch (RejectedExecutionException e) {
            refuse(sleeper);
            return;
        }
        if (closed) {
            refuse(sleeper);
        }
    }

    private void wake(Sleeper sleeper) {
        if (sleeping.remove(sleeper) != null) {
            sleeper.onAwake();
        }
    }

    private void refuse(Sleeper sleeper) {
        if (cancel(sleeper)) {
            sleeper.onNoFurther(new MongoClientClosedException("The client has been closed"));
        }
    }

    /** Takes a sleeper out; it will not be called. Returns whether it was still waiting. */
    boolean cancel(Sleeper sleeper) {
        Cancellable timer = sleeping.remove(sleeper);
        if (timer == null) {
            return false;
        }
        timer.cancel();
        return true;
    }

    /** Ends all waits, now and later. */
    void close() {
        closed = true;
        List.copyOf(sleeping.keySet()).forEach(this::refuse);
    }
}
