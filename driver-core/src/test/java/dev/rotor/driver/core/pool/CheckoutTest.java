package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckoutTest {

    private final PoolFixture fixture = new PoolFixture();

    @Test
    void anAvailableConnectionIsReturnedAtOnceAndNoListenerIsCalled() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection connection = fixture.take();
        fixture.pool().checkIn(connection);
        Checkout listener = new Checkout();
        assertThat(fixture.pool().checkOut(listener, Deadline.NONE, null)).isSameAs(connection);
        assertThat(listener.isWaiting()).isTrue();
    }

    @Test
    void theMostRecentlyUsedConnectionIsTakenFirst() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        List<FakeConnection> taken =
                IntStream.range(0, 4).mapToObj(i -> fixture.take()).toList();
        for (int i : new int[] {2, 0, 3, 1}) {
            fixture.pool().checkIn(taken.get(i));
        }
        assertThat(IntStream.range(0, 4).mapToObj(i -> fixture.take().id() - 1)).containsExactly(1L, 3L, 0L, 2L);
    }

    @Test
    void aConnectionOfTheCallersLoopIsPreferredAndAnyOtherIsTakenWhereThereIsNone() {
        ManualLoop other = new ManualLoop(fixture.loop.clock());
        ManualLoop third = new ManualLoop(fixture.loop.clock());
        fixture.loops = List.of(fixture.loop, other);
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        List<FakeConnection> taken =
                IntStream.range(0, 4).mapToObj(i -> fixture.take()).toList();
        taken.forEach(fixture.pool()::checkIn);
        Checkout unused = new Checkout();
        List<Long> order = new ArrayList<>();
        for (ManualLoop preferred : List.of(fixture.loop, fixture.loop, fixture.loop, third)) {
            FakeConnection connection = fixture.pool().checkOut(unused, Deadline.NONE, preferred);
            assertThat(connection).isNotNull();
            order.add(connection == null ? -1 : connection.id());
        }
        // 1 and 3 live on the first loop, 2 and 4 on the other; given back in the order 1, 2, 3, 4.
        assertThat(order).containsExactly(3L, 1L, 4L, 2L);
    }

    @Test
    void aPausedPoolRefusesWithAnErrorThatIsNoTimeout() {
        Checkout checkout = fixture.checkOut();
        assertThat(checkout.failure())
                .isInstanceOf(MongoPoolClearedException.class)
                .hasMessageContaining("db1:27017")
                .hasMessageContaining("has not been found");
        fixture.pool().ready();
        fixture.pool().clear(new IllegalStateException("the heartbeat failed"), null, false);
        assertThat(fixture.checkOut().failure())
                .isInstanceOf(MongoPoolClearedException.class)
                .hasMessageContaining("the heartbeat failed")
                .hasRootCauseMessage("the heartbeat failed");
    }

    @Test
    void aClosedPoolRefuses() {
        fixture.ready().pool().close(false);
        assertThat(fixture.checkOut().failure())
                .isInstanceOf(MongoClientClosedException.class)
                .hasMessageContaining("db1:27017");
    }

    @Test
    void noMoreThanMaxConnectingAreEstablishedAtOnceAndNoMoreThanMaxPoolSizeInAll() {
        fixture.maxSize = 3;
        fixture.ready();
        List<Checkout> checkouts =
                IntStream.range(0, 5).mapToObj(i -> fixture.checkOut()).toList();
        assertThat(fixture.made).hasSize(2);
        fixture.connection(2).succeed();
        assertThat(checkouts.get(0).connection().id()).isEqualTo(2);
        assertThat(fixture.made).hasSize(3);
        fixture.connection(1).succeed();
        fixture.connection(3).succeed();
        assertThat(fixture.made).hasSize(3);
        assertThat(checkouts.get(2).connection().id()).isEqualTo(3);
        assertThat(checkouts.get(3).isWaiting()).isTrue();
        assertThat(fixture.pool().statistics()).isEqualTo(new PoolStatistics(0, 3, 0, 2, 0, 0, 0));
    }

    @Test
    void aPoolWithoutALimitGrowsAsNeeded() {
        fixture.maxSize = 0;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        IntStream.range(0, 300).forEach(i -> fixture.take());
        assertThat(fixture.pool().statistics().inUse()).isEqualTo(300);
    }

    @Test
    void aConnectionThatIsGivenBackServesAWaiterForWhomOneIsBeingEstablished() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection first = fixture.take();
        fixture.onOpen = PoolFixture.BY_HAND;
        Checkout waiting = fixture.checkOut();
        assertThat(fixture.connection(2).isOpening()).isTrue();
        fixture.pool().checkIn(first);
        assertThat(waiting.connection()).isSameAs(first);
        fixture.connection(2).succeed();
        assertThat(fixture.pool().statistics()).isEqualTo(new PoolStatistics(1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void anArrivalTakesOverTheEstablishingThatWasBegunForOneThatLeft() {
        fixture.ready();
        Checkout first = fixture.checkOut();
        assertThat(fixture.pool().cancel(first)).isTrue();
        Checkout second = fixture.checkOut();
        assertThat(fixture.made).hasSize(1);
        fixture.connection(1).succeed();
        assertThat(second.connection().id()).isEqualTo(1);
        assertThat(first.isWaiting()).isTrue();
    }

    @Test
    void aWaiterThatTimedOutIsNeverGivenAConnection() {
        fixture.maxSize = 1;
        fixture.maxWaitTime = Duration.ofMillis(50);
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection only = fixture.take();
        Checkout waiting = fixture.checkOut();
        fixture.loop.advance(Duration.ofMillis(49));
        assertThat(waiting.isWaiting()).isTrue();
        fixture.loop.advance(Duration.ofMillis(1));
        assertThat(waiting.failure()).isInstanceOfSatisfying(MongoTimeoutException.class, e -> assertThat(e.waiting())
                .isEqualTo(MongoTimeoutException.Waiting.CHECKOUT));
        fixture.pool().checkIn(only);
        assertThat(fixture.pool().statistics().available()).isEqualTo(1);
    }

    @Test
    void theTimeoutTellsHowThePoolStands() {
        fixture.maxSize = 2;
        fixture.maxWaitTime = Duration.ofMillis(50);
        fixture.ready();
        Checkout first = fixture.checkOut();
        fixture.connection(1).succeed();
        fixture.checkOut();
        Checkout third = fixture.checkOut();
        fixture.loop.advance(Duration.ofMillis(20));
        Checkout fourth = fixture.checkOut();
        fixture.loop.advance(Duration.ofMillis(30));
        assertThat(first.connection()).isNotNull();
        assertThat(third.failure())
                .hasMessage("Timed out while checking out a connection from connection pool. maxPoolSize: 2,"
                        + " connections in use: 1, connections being established: 1, operations waiting: 3,"
                        + " longest wait: 50 ms, this operation's wait: 50 ms, server: db1:27017");
        fixture.loop.advance(Duration.ofMillis(20));
        assertThat(fourth.failure())
                .hasMessageContaining("operations waiting: 2, longest wait: 70 ms, this operation's wait: 50 ms");
    }

    @Test
    void behindALoadBalancerTheTimeoutTellsWhatConnectionsAreHeldFor() {
        fixture.loadBalanced = true;
        fixture.maxSize = 4;
        fixture.maxWaitTime = Duration.ofMillis(50);
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        List<FakeConnection> taken =
                IntStream.range(0, 4).mapToObj(i -> fixture.take()).toList();
        fixture.pool().pin(taken.get(0), Pin.CURSOR);
        fixture.pool().pin(taken.get(1), Pin.TRANSACTION);
        fixture.pool().pin(taken.get(2), Pin.TRANSACTION);
        fixture.pool().checkIn(taken.get(2));
        fixture.take();
        Checkout waiting = fixture.checkOut();
        fixture.loop.advance(Duration.ofMillis(50));
        assertThat(waiting.failure())
                .hasMessageStartingWith("Timeout waiting for connection from the connection pool. maxPoolSize: 4,"
                        + " connections in use by cursors: 1, connections in use by transactions: 1,"
                        + " connections in use by other operations: 2");
    }

    @Test
    void aWaiterForWhomAConnectionIsBeingEstablishedIsNotBoundByMaxWaitTime() {
        fixture.maxWaitTime = Duration.ofMillis(50);
        fixture.ready();
        Checkout waiting = fixture.checkOut();
        fixture.loop.advance(Duration.ofSeconds(5));
        assertThat(waiting.isWaiting()).isTrue();
        fixture.connection(1).succeed();
        assertThat(waiting.connection().id()).isEqualTo(1);
    }

    @Test
    void aWaiterThatMovesUpToAnEstablishingBegunForAnotherIsNotBoundByMaxWaitTimeEither() {
        fixture.maxConnecting = 1;
        fixture.maxWaitTime = Duration.ofMillis(50);
        fixture.ready();
        Checkout first = fixture.checkOut();
        Checkout second = fixture.checkOut();
        Checkout third = fixture.checkOut();
        fixture.pool().cancel(first);
        fixture.loop.advance(Duration.ofSeconds(5));
        assertThat(second.isWaiting()).isTrue();
        assertThat(third.failure()).isInstanceOf(MongoTimeoutException.class);
        fixture.connection(1).succeed();
        assertThat(second.connection().id()).isEqualTo(1);
    }

    @Test
    void theOperationsDeadlineEndsTheWaitEvenWhileAConnectionIsBeingEstablished() {
        fixture.ready();
        Checkout waiting = fixture.checkOut(fixture.in(Duration.ofMillis(30)));
        fixture.loop.advance(Duration.ofMillis(30));
        assertThat(waiting.failure()).isInstanceOf(MongoTimeoutException.class);
        fixture.connection(1).succeed();
        assertThat(fixture.pool().statistics().available()).isEqualTo(1);
    }

    @Test
    void theNearerOfTwoDeadlinesCountsInWhateverOrderTheyCome() {
        fixture.maxSize = 1;
        fixture.maxWaitTime = Duration.ofMillis(100);
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        fixture.take();
        List<String> ended = new ArrayList<>();
        for (int millis : new int[] {500, 40, 10, 70, 20, 0}) {
            long deadline = millis == 0 ? Deadline.NONE : fixture.in(Duration.ofMillis(millis));
            fixture.pool()
                    .checkOut(
                            new Checkout() {
                                @Override
                                public void onCheckoutFailed(dev.rotor.driver.MongoException cause) {
                                    super.onCheckoutFailed(cause);
                                    ended.add(millis + "");
                                }
                            },
                            deadline,
                            null);
        }
        long start = fixture.loop.clock().nanoTime();
        List<Integer> counts = new ArrayList<>();
        for (int millis : new int[] {10, 20, 40, 70, 100}) {
            fixture.loop.advance(
                    Duration.ofMillis(millis).minusNanos(fixture.loop.clock().nanoTime() - start));
            counts.add(ended.size());
        }
        assertThat(counts).containsExactly(1, 2, 3, 4, 6);
        assertThat(ended).startsWith("10", "20", "40", "70").contains("500", "0");
        assertThat(fixture.loop.armedTimers()).isZero();
    }

    @Test
    void aDeadlineThatHasPassedFailsAtOnceAndEstablishesNothing() {
        fixture.ready();
        long passed = fixture.in(Duration.ofMillis(1));
        fixture.loop.advance(Duration.ofMillis(2));
        assertThat(fixture.checkOut(passed).failure()).isInstanceOf(MongoTimeoutException.class);
        assertThat(fixture.made).isEmpty();
    }

    @Test
    void aCancelledWaiterIsNotCalledAndItsPlaceIsNotWasted() {
        fixture.maxSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection only = fixture.take();
        Checkout first = fixture.checkOut();
        Checkout second = fixture.checkOut();
        assertThat(fixture.pool().cancel(first)).isTrue();
        assertThat(fixture.pool().cancel(first)).isFalse();
        fixture.pool().checkIn(only);
        assertThat(first.isWaiting()).isTrue();
        assertThat(second.connection()).isSameAs(only);
        assertThat(fixture.pool().cancel(second)).isFalse();
        assertThat(fixture.listener.words()).contains("Failed connectionError");
    }

    @Test
    void manyWaitersShareOneTimer() {
        fixture.maxSize = 1;
        fixture.maxWaitTime = Duration.ofSeconds(1);
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        fixture.take();
        for (int i = 0; i < 100; i++) {
            fixture.checkOut();
        }
        assertThat(fixture.loop.armedTimers()).isEqualTo(1);
        assertThat(fixture.loop.scheduledTimers()).isEqualTo(1);
    }

    @Test
    void aConnectionOfAnotherPoolIsRefused() {
        PoolFixture other = new PoolFixture();
        other.onOpen = PoolFixture.AT_ONCE;
        FakeConnection foreign = other.ready().take();
        assertThatThrownBy(() -> fixture.ready().pool().checkIn(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConnectionThatIsGivenBackTwiceIsRefusedAndNotGivenOutTwice() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection connection = fixture.take();
        fixture.pool().checkIn(connection);
        assertThatThrownBy(() -> fixture.pool().checkIn(connection)).isInstanceOf(IllegalStateException.class);
        assertThat(fixture.take()).isSameAs(connection);
        assertThat(fixture.take()).isNotSameAs(connection);
    }
}
