package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand waiters: served in order, without recursion and without a timer for each. */
class PoolChainTest {

    private static final int WAITERS = 10_000;

    private final PoolFixture fixture = new PoolFixture();
    private final List<Integer> ended = new ArrayList<>();
    private final List<Integer> failed = new ArrayList<>();
    private int deepest;

    /** Gives its connection back as soon as it gets it, from inside the callback. */
    private final class Impatient implements CheckoutListener<FakeConnection> {
        private final int number;

        Impatient(int number) {
            this.number = number;
        }

        @Override
        public void onCheckedOut(FakeConnection connection) {
            noteDepth();
            ended.add(number);
            fixture.pool().checkIn(connection);
        }

        @Override
        public void onCheckoutFailed(MongoException cause) {
            noteDepth();
            failed.add(number);
        }

        private void noteDepth() {
            if (number % 100 == 0) {
                deepest = Math.max(deepest, new Throwable().getStackTrace().length);
            }
        }
    }

    private void queue(int from) {
        for (int i = from; i < from + WAITERS; i++) {
            assertThat(fixture.pool().checkOut(new Impatient(i), fixture.in(Duration.ofSeconds(100 + i)), null))
                    .isNull();
        }
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, WAITERS).boxed().toList();
    }

    @Test
    void tenThousandWaitersOnTenConnectionsAreServedInOrderWithoutGrowingTheStack() {
        fixture.maxSize = 10;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        List<FakeConnection> taken =
                IntStream.range(0, 10).mapToObj(i -> fixture.take()).toList();
        queue(0);
        int here = new Throwable().getStackTrace().length;
        taken.forEach(fixture.pool()::checkIn);
        assertThat(ended).isEqualTo(numbers());
        assertThat(deepest).isLessThan(here + 20);
        assertThat(fixture.pool().statistics()).isEqualTo(new PoolStatistics(10, 0, 0, 0, 0, 0, 0));
        assertThat(fixture.made).hasSize(10);
    }

    @Test
    void tenThousandWaitersWhoseConnectionsFailAtOnceFailInOrderWithoutGrowingTheStack() {
        fixture.ready();
        queue(0);
        fixture.onOpen = connection -> connection.fail(FakeConnection.networkError("refused"));
        int here = new Throwable().getStackTrace().length;
        fixture.connection(1).fail(FakeConnection.networkError("refused"));
        fixture.connection(2).fail(FakeConnection.networkError("refused"));
        assertThat(failed).isEqualTo(numbers());
        assertThat(deepest).isLessThan(here + 20);
        assertThat(fixture.pool().statistics().total()).isZero();
    }

    @Test
    void tenThousandWaitersAreFailedByOneClearInOrder() {
        fixture.ready();
        queue(0);
        fixture.pool().clear(FakeConnection.networkError("down"), null, false);
        assertThat(failed).isEqualTo(numbers());
    }

    @Test
    void tenThousandWaitersTimeOutInOrderOnOneTimerAtATime() {
        fixture.maxSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        fixture.take();
        queue(0);
        assertThat(fixture.loop.armedTimers()).isEqualTo(1);
        fixture.loop.advance(Duration.ofSeconds(100L + WAITERS));
        assertThat(failed).isEqualTo(numbers());
        assertThat(fixture.loop.armedTimers()).isZero();
    }

    @Test
    void aChainOfCheckoutsInsideCallbacksDoesNotGrowTheStackEither() {
        fixture.maxSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection only = fixture.take();
        class Chain implements CheckoutListener<FakeConnection> {
            private int left = WAITERS;

            @Override
            public void onCheckedOut(FakeConnection connection) {
                deepest = Math.max(deepest, left % 100 == 0 ? new Throwable().getStackTrace().length : 0);
                if (--left > 0) {
                    assertThat(fixture.pool().checkOut(this, Deadline.NONE, null))
                            .isNull();
                }
                fixture.pool().checkIn(connection);
            }

            @Override
            public void onCheckoutFailed(MongoException cause) {
                throw new AssertionError(cause);
            }
        }
        Chain chain = new Chain();
        fixture.pool().checkOut(chain, Deadline.NONE, null);
        int here = new Throwable().getStackTrace().length;
        fixture.pool().checkIn(only);
        assertThat(chain.left).isZero();
        assertThat(deepest).isLessThan(here + 20);
    }
}
