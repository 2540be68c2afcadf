package dev.rotor.driver.core.session;

import dev.rotor.driver.core.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Server sessions that nobody uses at the moment, most recently used first, as the Driver Sessions specification asks:
 * one that has less than a minute to live is not handed out again, a dirty one is dropped.
 */
public final class ServerSessionPool {

    private static final long MARGIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Clock clock;
    private final Supplier<UUID> ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<ServerSession> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * Makes an empty pool.
     *
     * @param clock tells the time
     * @param ids gives session ids; random, version 4
     */
    public ServerSessionPool(Clock clock, Supplier<UUID> ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Lends a session.
     *
     * @param timeoutMinutes how long the deployment keeps unused sessions
     */
    public ServerSession acquire(int timeoutMinutes) {
        long now = clock.nanoTime();
        long expiry = TimeUnit.MINUTES.toNanos(timeoutMinutes) - MARGIN_NANOS;
        ServerSession found = null;
        lock.lock();
        try {
            while (found == null && !idle.isEmpty()) {
                ServerSession session = idle.pop();
                if (now - session.lastUse() < expiry) {
                    found = session;
                }
            }
        } finally {
            lock.unlock();
        }
        return found != null ? found : new ServerSession(ids.get(), now);
    }

    /**
     * Takes a session back.
     *
     * @param session what {@link #acquire} lent
     * @param timeoutMinutes how long the deployment keeps unused sessions, or {@code null} when that is not known at
     *     the moment: it is kept then
     */
    public void release(ServerSession session, @Nullable Integer timeoutMinutes) {
        if (session.isDirty()) {
            return;
        }
        long now = clock.nanoTime();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (timeoutMinutes != null) {
                long expiry = TimeUnit.MINUTES.toNanos(timeoutMinutes) - MARGIN_NANOS;
                // The oldest are at the bottom.
                while (!idle.isEmpty() && now - idle.peekLast().lastUse() >= expiry) {
                    idle.pollLast();
                }
                if (now - session.lastUse() >= expiry) {
                    return;
                }
            }
            idle.push(session);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the pool and gives what it held, as documents {@code {id: UUID}}, for {@code endSessions}. */
    public List<byte[]> drain() {
        lock.lock();
        try {
            closed = true;
            List<byte[]> ids = new ArrayList<>(idle.size());
            for (ServerSession session : idle) {
                ids.add(session.idDocument());
            }
            idle.clear();
            return ids;
        } finally {
            lock.unlock();
        }
    }
}
