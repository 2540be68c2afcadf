package dev.rotor.driver.core.pool;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.core.log.LogCapture;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pool on a hand-driven loop, with connections that a test establishes by hand or by a rule. */
final class PoolFixture {

    static final Consumer<FakeConnection> BY_HAND = connection -> {};
    static final Consumer<FakeConnection> AT_ONCE = FakeConnection::succeed;

    /** Hears what is logged. */
    final LogCapture logged = new LogCapture();

    final ManualLoop loop = new ManualLoop();
    final RecordingListener listener = new RecordingListener();
    /** All connections ever made; the first is number 1. */
    final List<FakeConnection> made = new ArrayList<>();
    /** What server discovery was told. */
    final List<MongoException> reported = new ArrayList<>();

    Consumer<FakeConnection> onOpen = BY_HAND;
    /** What the factory does before it makes a connection. */
    Runnable onMake = () -> {};
    /** On which loops connections live, in turn. */
    List<EventLoop> loops = List.of(loop);
    /** What server discovery does about a failure. */
    OpenFailureListener<FakeConnection> discovery = (cause, connection) -> {};

    int maxSize = 100;
    int minSize;
    int maxConnecting = 2;
    Duration maxIdleTime = Duration.ZERO;
    Duration maxWaitTime = Duration.ZERO;
    boolean loadBalanced;

    private @Nullable ConnectionPool<FakeConnection> pool;

    ConnectionPool<FakeConnection> pool() {
        ConnectionPool<FakeConnection> made = pool;
        if (made == null) {
            made = create(listener);
            pool = made;
        }
        return made;
    }

    /** A pool that is ready, and whose events so far are forgotten. */
    PoolFixture ready() {
        pool().ready();
        listener.forget();
        return this;
    }

    ConnectionPool<FakeConnection> create(@Nullable ConnectionPoolListener events) {
        return new ConnectionPool<>(
                FakeConnection.SERVER,
                new ConnectionPoolSettings(maxSize, minSize, maxConnecting, maxIdleTime, maxWaitTime),
                loadBalanced,
                (owner, id, generation) -> {
                    onMake.run();
                    EventLoop home = loops.get(made.size() % loops.size());
                    FakeConnection connection = new FakeConnection(id, generation, home, c -> onOpen.accept(c));
                    made.add(connection);
                    return connection;
                },
                events,
                loop.clock(),
                loop,
                (cause, connection) -> {
                    reported.add(cause);
                    discovery.onOpenFailed(cause, connection);
                },
                logged.log());
    }

    FakeConnection connection(int id) {
        return made.get(id - 1);
    }

    Checkout checkOut() {
        return checkOut(Deadline.NONE);
    }

    Checkout checkOut(long deadline) {
        Checkout checkout = new Checkout();
        FakeConnection connection = pool().checkOut(checkout, deadline, null);
        if (connection != null) {
            checkout.onCheckedOut(connection);
        }
        return checkout;
    }

    /** Checks out what is there or is made at once. */
    FakeConnection take() {
        return checkOut().connection();
    }

    long in(Duration time) {
        return Deadline.after(loop.clock().nanoTime(), time.toNanos());
    }
}
