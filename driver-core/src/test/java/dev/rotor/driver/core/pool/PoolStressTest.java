package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads on one pool. */
class PoolStressTest {

    private static final int THREADS = 6;
    private static final int OPERATIONS = 20_000;
    private static final int MAX_SIZE = 4;

    private final ManualLoop loop = new ManualLoop();
    private final Set<FakeConnection> held = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger living = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(THREADS * OPERATIONS);

    /** Events come one at a time, and a connection is reported out and in by turns. */
    private final class Turns implements ConnectionPoolListener {
        private final Set<Long> out = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean busy = new AtomicBoolean();

        @Override
        public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
            alone(() -> assertThat(out.add(event.connectionId())).isTrue());
        }

        @Override
        public void connectionCheckedIn(ConnectionCheckedInEvent event) {
            alone(() -> assertThat(out.remove(event.connectionId())).isTrue());
        }

        private void alone(Runnable check) {
            try {
                assertThat(busy.compareAndSet(false, true)).isTrue();
                check.run();
            } catch (AssertionError e) {
                broken.add(e);
            } finally {
                busy.set(false);
            }
        }
    }

    @Test
    @Timeout(120)
    void underContentionNoConnectionIsInTwoHandsAndEveryCheckoutEndsOnce() throws InterruptedException {
        stress(null, false);
    }

    @Test
    @Timeout(120)
    void underContentionAndClearsEventsStayInOrder() throws InterruptedException {
        stress(new Turns(), true);
    }

    private void stress(@org.jspecify.annotations.Nullable ConnectionPoolListener listener, boolean clears)
            throws InterruptedException {
        ConnectionPool<FakeConnection> pool = new ConnectionPool<>(
                FakeConnection.SERVER,
                new ConnectionPoolSettings(MAX_SIZE, 0, 2, Duration.ZERO, Duration.ZERO),
                false,
                (owner, id, generation) -> {
                    if (living.incrementAndGet() > MAX_SIZE && !clears) {
                        broken.add(new AssertionError("more than maxPoolSize"));
                    }
                    return new FakeConnection(id, generation, loop, FakeConnection::succeed);
                },
                listener,
                Clock.system(),
                loop,
                null,
                ClientLog.off());
        pool.ready();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> work(pool, number, clears), "worker-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(done.await(60, TimeUnit.SECONDS))
                .as(() -> pool.statistics() + "")
                .isTrue();
        assertThat(broken).isEmpty();
        assertThat(held).isEmpty();
        assertThat(served.get() + failed.get()).isEqualTo(THREADS * OPERATIONS);
        assertThat(failed.get() == 0 || clears).isTrue();
        PoolStatistics end = pool.statistics();
        assertThat(end.inUse() + end.pending() + end.waiting()).isZero();
        pool.close(true);
        assertThat(pool.statistics().total()).isZero();
    }

    private void work(ConnectionPool<FakeConnection> pool, int number, boolean clears) {
        for (int i = 0; i < OPERATIONS; i++) {
            if (clears && number == 0 && i % 500 == 0) {
                pool.clear(null, null, i % 1000 == 0);
                pool.ready();
            }
            Use use = new Use(pool);
            FakeConnection connection = pool.checkOut(use, Deadline.NONE, null);
            if (connection != null) {
                use.onCheckedOut(connection);
            }
        }
    }

    private final class Use implements CheckoutListener<FakeConnection> {
        private final ConnectionPool<FakeConnection> pool;
        private final AtomicBoolean ended = new AtomicBoolean();

        Use(ConnectionPool<FakeConnection> pool) {
            this.pool = pool;
        }

        @Override
        public void onCheckedOut(FakeConnection connection) {
            end();
            served.incrementAndGet();
            if (!held.add(connection)) {
                broken.add(new AssertionError("in two hands: " + connection));
            }
            Thread.onSpinWait();
            held.remove(connection);
            pool.checkIn(connection);
            done.countDown();
        }

        @Override
        public void onCheckoutFailed(MongoException cause) {
            end();
            failed.incrementAndGet();
            done.countDown();
        }

        private void end() {
            if (!ended.compareAndSet(false, true)) {
                broken.add(new AssertionError("ended twice"));
            }
        }
    }
}
