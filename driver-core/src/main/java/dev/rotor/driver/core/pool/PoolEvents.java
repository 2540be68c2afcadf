package dev.rotor.driver.core.pool;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionCheckOutStartedEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolClosedEvent;
import dev.rotor.driver.event.ConnectionPoolCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.event.ConnectionPoolReadyEvent;
import dev.rotor.driver.event.ConnectionReadyEvent;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Brings a pool's events to its listener: one at a time, in the order in which they were added, which is done under the
 * pool's lock and so is the order in which things happened. Whoever comes with an event while another thread is
 * bringing events leaves it to that thread: nobody waits for a listener, and a listener that uses the pool does not
 * recurse.
 */
final class PoolEvents {

    private final ServerAddress server;
    private final @Nullable ConnectionPoolListener listener;
    private final PoolLog log;
    private final ConcurrentLinkedQueue<Object> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger drains = new AtomicInteger();
    private final OncePerKind broken;

    PoolEvents(ServerAddress server, @Nullable ConnectionPoolListener listener, ClientLog log) {
        this.server = server;
        this.listener = listener;
        this.log = new PoolLog(server, log);
        this.broken = new OncePerKind(log.listener());
    }

    /** Whether anybody wants to hear; asked before an event is made. */
    boolean wanted() {
        return listener != null || log.wanted();
    }

    /** Adds an event. Called under the pool's lock; {@link #drain} must follow after unlock. */
    void add(Object event) {
        queue.add(event);
    }

    /** Adds the event of a failed checkout, whose exception is made only when the event is delivered. */
    void addFailure(CheckoutFailure failure) {
        queue.add(failure);
    }

    /** Delivers what is queued, unless another thread is at it. */
    void drain() {
        if (queue.isEmpty() || drains.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Object event = queue.poll(); event != null; event = queue.poll()) {
                // Whatever a listener or an appender does, the pool goes on, and the other one hears.
                try {
                    if (log.wanted()) {
                        log.write(event);
                    }
                } catch (Throwable e) {
                    told("The log", event, e);
                }
                try {
                    if (listener != null) {
                        deliver(listener, event);
                    }
                } catch (Throwable e) {
                    told("A connection pool listener", event, e);
                }
            }
            seen = drains.addAndGet(-seen);
        } while (seen != 0);
    }

    private void told(String who, Object event, Throwable thrown) {
        String what = event.getClass().getSimpleName();
        broken.tell(who + what, "{} has thrown on {}", who, what, thrown);
    }

    private void deliver(ConnectionPoolListener listener, Object event) {
        if (event instanceof ConnectionCheckOutStartedEvent started) {
            listener.connectionCheckOutStarted(started);
        } else if (event instanceof ConnectionCheckedOutEvent checkedOut) {
            listener.connectionCheckedOut(checkedOut);
        } else if (event instanceof ConnectionCheckedInEvent checkedIn) {
            listener.connectionCheckedIn(checkedIn);
        } else if (event instanceof CheckoutFailure failure) {
            listener.connectionCheckOutFailed(new ConnectionCheckOutFailedEvent(
                    server, failure.reason(), Duration.ofNanos(failure.waitedNanos()), failure.exception()));
        } else if (event instanceof ConnectionCreatedEvent created) {
            listener.connectionCreated(created);
        } else if (event instanceof ConnectionReadyEvent ready) {
            listener.connectionReady(ready);
        } else if (event instanceof ConnectionClosedEvent closed) {
            listener.connectionClosed(closed);
        } else if (event instanceof ConnectionPoolReadyEvent ready) {
            listener.connectionPoolReady(ready);
        } else if (event instanceof ConnectionPoolClearedEvent cleared) {
            listener.connectionPoolCleared(cleared);
        } else if (event instanceof ConnectionPoolClosedEvent closed) {
            listener.connectionPoolClosed(closed);
        } else if (event instanceof ConnectionPoolCreatedEvent created) {
            listener.connectionPoolCreated(created);
        } else {
            throw new AssertionError(event);
        }
    }
}
