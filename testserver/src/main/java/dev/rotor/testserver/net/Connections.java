package dev.rotor.testserver.net;

import dev.rotor.testserver.tls.ServerTls;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one process of a member. */
public final class Connections {

    private static final Logger LOGGER = LoggerFactory.getLogger(Connections.class);

    private final FaultState faults;
    private final @Nullable ServerTls tls;
    private final Executor threads;
    private final Admission admission;
    private final Function<Connection, MessageHandler> handlers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Set<Connection> served = new HashSet<>();
    private boolean closed;
    private long lastId;

    /** With what answers each connection; tls is null for plain text. */
    public Connections(
            FaultState faults,
            @Nullable ServerTls tls,
            Executor threads,
            Admission admission,
            Function<Connection, MessageHandler> handlers) {
        this.faults = faults;
        this.tls = tls;
        this.threads = threads;
        this.admission = admission;
        this.handlers = handlers;
    }

    /** Takes an accepted socket over, or closes it. */
    public void accept(Socket socket, boolean throughLoadBalancer) {
        try {
            long wait = faults.refuses() ? Admission.REFUSED : admission.admit();
            Connection connection = wait == Admission.REFUSED ? null : register(socket, throughLoadBalancer);
            if (connection == null) {
                socket.close();
            } else {
                start(connection, wait);
            }
        } catch (IOException e) {
            LOGGER.trace("an accepted connection is gone: {}", e.getMessage());
        }
    }

    private void start(Connection connection, long wait) {
        try {
            threads.execute(() -> {
                try {
                    if (wait > 0) {
                        faults.awaitTurn(connection, wait);
                        admission.waited();
                    }
                    connection.serve(handlers.apply(connection));
                } finally {
                    remove(connection);
                }
            });
        } catch (RejectedExecutionException e) {
            connection.close();
            remove(connection);
        }
    }

    private @Nullable Connection register(Socket socket, boolean throughLoadBalancer) throws IOException {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            Connection connection = new Connection(
                    tls == null ? socket : tls.over(socket), ++lastId, throughLoadBalancer, faults, threads);
            served.add(connection);
            return connection;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Connection connection) {
        lock.lock();
        try {
            served.remove(connection);
            if (served.isEmpty()) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Number of open connections. */
    public int count() {
        lock.lock();
        try {
            return served.size();
        } finally {
            lock.unlock();
        }
    }

    /** Number of connections that there ever were. */
    public long created() {
        lock.lock();
        try {
            return lastId;
        } finally {
            lock.unlock();
        }
    }

    /** Closes all that are open now. */
    public void closeAll(boolean reset) {
        for (Connection each : snapshot()) {
            if (reset) {
                each.reset();
            } else {
                each.close();
            }
        }
    }

    /** Takes no further connection. */
    public void refuseNew() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private List<Connection> snapshot() {
        lock.lock();
        try {
            return new ArrayList<>(served);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every connection's thread has ended. */
    public void awaitEnd() {
        lock.lock();
        try {
            while (!served.isEmpty()) {
                empty.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
