package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.transport.EventLoop;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The hot path: a checkout that finds a connection, and giving it back. */
class PoolAllocationTest {

    private static final int OPERATIONS = 100_000;

    private final PoolFixture fixture = new PoolFixture();

    @Test
    void checkingOutAnAvailableConnectionAndGivingItBackAllocatesNothing() {
        assertThat(bytesPerOperation(null)).isLessThan(1);
    }

    @Test
    void neitherDoesThePreferenceForALoop() {
        assertThat(bytesPerOperation(fixture.loop)).isLessThan(1);
    }

    @Test
    void norDoTimesOfExpiry() {
        fixture.maxIdleTime = Duration.ofHours(1);
        fixture.maxWaitTime = Duration.ofSeconds(1);
        assertThat(bytesPerOperation(fixture.loop)).isLessThan(1);
    }

    private double bytesPerOperation(@Nullable EventLoop preferred) {
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                        && threads.isThreadAllocatedMemorySupported(),
                "this JVM does not count allocated bytes; run the test on a HotSpot JVM");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        fixture.onOpen = PoolFixture.AT_ONCE;
        ConnectionPool<FakeConnection> pool = fixture.create(null);
        pool.ready();
        Checkout listener = new Checkout();
        assertThat(pool.checkOut(listener, Deadline.NONE, null)).isNull();
        pool.checkIn(listener.connection());
        Checkout unused = new Checkout();
        use(pool, unused, preferred);
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        use(pool, unused, preferred);
        long after = threads.getThreadAllocatedBytes(thread);
        assertThat(unused.isWaiting()).isTrue();
        return (double) (after - before) / OPERATIONS;
    }

    private static void use(
            ConnectionPool<FakeConnection> pool,
            CheckoutListener<FakeConnection> listener,
            @Nullable EventLoop preferred) {
        for (int i = 0; i < OPERATIONS; i++) {
            FakeConnection connection = pool.checkOut(listener, Deadline.NONE, preferred);
            if (connection == null) {
                throw new AssertionError("there was none");
            }
            pool.checkIn(connection);
        }
    }
}
