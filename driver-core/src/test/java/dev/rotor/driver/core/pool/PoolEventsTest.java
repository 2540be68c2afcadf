package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.log.LogCapture;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionReadyEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

class PoolEventsTest {

    private final PoolFixture fixture = new PoolFixture();

    @Test
    void aLifeIsReportedInOrder() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.pool().ready();
        fixture.pool().checkIn(fixture.take());
        fixture.pool().close(false);
        assertThat(fixture.listener.words())
                .containsExactly(
                        "PoolCreated",
                        "PoolReady",
                        "Started",
                        "Created 1",
                        "Ready 1",
                        "CheckedOut 1",
                        "CheckedIn 1",
                        "Closed 1 poolClosed",
                        "PoolClosed");
    }

    @Test
    void durationsAreThoseOfTheInjectedClock() {
        fixture.maxSize = 1;
        fixture.ready();
        fixture.checkOut();
        fixture.loop.advance(Duration.ofMillis(5));
        fixture.checkOut();
        fixture.loop.advance(Duration.ofMillis(7));
        fixture.connection(1).succeed();
        fixture.loop.advance(Duration.ofMillis(4));
        fixture.pool().checkIn(fixture.connection(1));
        fixture.checkOut(fixture.in(Duration.ofMillis(3)));
        fixture.loop.advance(Duration.ofMillis(3));
        assertThat(fixture.listener.events)
                .filteredOn(ConnectionReadyEvent.class::isInstance)
                .extracting("duration")
                .containsExactly(Duration.ofMillis(12));
        assertThat(fixture.listener.events)
                .filteredOn(ConnectionCheckedOutEvent.class::isInstance)
                .extracting("duration")
                .containsExactly(Duration.ofMillis(12), Duration.ofMillis(11));
        assertThat(fixture.listener.events)
                .filteredOn(ConnectionCheckOutFailedEvent.class::isInstance)
                .extracting("duration")
                .containsExactly(Duration.ofMillis(3));
    }

    @Test
    void theErrorOfTheEventIsTheOneThatTheOperationIsTold() {
        Checkout refused = fixture.checkOut();
        assertThat(fixture.listener.events)
                .filteredOn(ConnectionCheckOutFailedEvent.class::isInstance)
                .extracting("error")
                .containsExactly(refused.failure());
    }

    @Test
    void aListenerThatThrowsBreaksNothing() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        List<Object> heard = new ArrayList<>();
        ConnectionPool<FakeConnection> pool = fixture.create(new RecordingListener() {
            @Override
            void heard(Object event) {
                heard.add(event);
                throw new IllegalStateException("broken listener");
            }
        });
        pool.ready();
        Checkout checkout = new Checkout();
        pool.checkOut(checkout, Deadline.NONE, null);
        pool.checkIn(checkout.connection());
        pool.clear(null, null, true);
        pool.close(true);
        assertThat(heard).hasSize(10);
        assertThat(pool.statistics().total()).isZero();
    }

    @Test
    void aCheckoutListenerThatThrowsBreaksNothingForOthers() {
        fixture.maxSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection only = fixture.take();
        fixture.pool()
                .checkOut(
                        new CheckoutListener<>() {
                            @Override
                            public void onCheckedOut(FakeConnection connection) {
                                fixture.pool().checkIn(connection);
                                throw new IllegalStateException("broken operation");
                            }

                            @Override
                            public void onCheckoutFailed(MongoException cause) {}
                        },
                        Deadline.NONE,
                        null);
        Checkout next = fixture.checkOut();
        fixture.pool().checkIn(only);
        assertThat(next.connection()).isSameAs(only);
    }

    @Test
    void aDiscoveryThatThrowsStillLetsTheWaiterKnow() {
        fixture.discovery = (cause, connection) -> {
            throw new IllegalStateException("broken discovery");
        };
        fixture.ready();
        Checkout waiting = fixture.checkOut();
        MongoException cause = FakeConnection.networkError("refused");
        fixture.connection(1).fail(cause);
        assertThat(waiting.failure()).isSameAs(cause);
        assertThat(fixture.pool().statistics().total()).isZero();
    }

    @Test
    void aListenerMayUseThePoolAndStillHearsEventsInOrder() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        List<ConnectionPool<FakeConnection>> itself = new ArrayList<>();
        RecordingListener reentrant = new RecordingListener() {
            private int depth;

            @Override
            void heard(Object event) {
                super.heard(event);
                assertThat(depth++).as("one event at a time").isZero();
                if (event instanceof ConnectionPoolClearedEvent) {
                    itself.get(0).ready();
                    Checkout checkout = new Checkout();
                    itself.get(0).checkOut(checkout, Deadline.NONE, null);
                }
                depth--;
            }
        };
        ConnectionPool<FakeConnection> pool = fixture.create(reentrant);
        itself.add(pool);
        pool.ready();
        pool.clear(null, null, false);
        assertThat(reentrant.words())
                .containsExactly(
                        "PoolCreated",
                        "PoolReady",
                        "PoolCleared",
                        "PoolReady",
                        "Started",
                        "Created 1",
                        "Ready 1",
                        "CheckedOut 1");
    }

    @Test
    @Timeout(30)
    void nobodyWaitsForASlowListenerAndItsEventsAreBroughtInOrderAllTheSame() throws InterruptedException {
        fixture.onOpen = PoolFixture.AT_ONCE;
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RecordingListener slow = new RecordingListener() {
            @Override
            void heard(Object event) {
                super.heard(event);
                if (event instanceof ConnectionPoolClearedEvent) {
                    entered.countDown();
                    try {
                        assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        };
        ConnectionPool<FakeConnection> pool = fixture.create(slow);
        pool.ready();
        Thread clearing = new Thread(() -> pool.clear(null, null, false));
        clearing.start();
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        pool.ready();
        Checkout checkout = new Checkout();
        pool.checkOut(checkout, Deadline.NONE, null);
        pool.checkIn(checkout.connection());
        release.countDown();
        clearing.join();
        assertThat(slow.words())
                .containsExactly(
                        "PoolCreated",
                        "PoolReady",
                        "PoolCleared",
                        "PoolReady",
                        "Started",
                        "Created 1",
                        "Ready 1",
                        "CheckedOut 1",
                        "CheckedIn 1");
    }

    @Test
    void callbacksAreNeverMadeUnderTheLock() {
        // A pool that is used from another thread inside a callback would hang if the lock were held.
        fixture.onOpen = connection -> fromAnotherThread(() -> fixture.pool().statistics());
        fixture.discovery =
                (cause, connection) -> fromAnotherThread(() -> fixture.pool().statistics());
        fixture.ready();
        List<String> done = new ArrayList<>();
        CheckoutListener<FakeConnection> listener = new CheckoutListener<>() {
            @Override
            public void onCheckedOut(FakeConnection connection) {
                fromAnotherThread(() -> fixture.pool().statistics());
                done.add("checked out");
            }

            @Override
            public void onCheckoutFailed(MongoException cause) {
                fromAnotherThread(() -> fixture.pool().statistics());
                done.add("failed");
            }
        };
        fixture.pool().checkOut(listener, Deadline.NONE, null);
        fixture.pool().checkOut(listener, Deadline.NONE, null);
        fixture.connection(1).succeed();
        fixture.connection(2).fail(FakeConnection.networkError("refused"));
        assertThat(done).containsExactly("checked out", "failed");
    }

    private static void fromAnotherThread(Runnable action) {
        Thread thread = new Thread(action);
        thread.start();
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void whatWasSaidOnceIsNotSaidAgain() {
        LogCapture capture = new LogCapture();
        capture.level = Level.DEBUG;
        OncePerKind once = new OncePerKind(capture.logger("any"));
        for (String kind : List.of("a", "b", "a", "a")) {
            once.tell(kind, "{} has thrown on {}", "Someone", kind, new AssertionError("broken"));
        }

        assertThat(capture.entries())
                .extracting(LogCapture.Entry::level)
                .containsExactly(Level.WARN, Level.WARN, Level.DEBUG, Level.DEBUG);
        assertThat(capture.entries().get(3).text()).contains("3");
    }

    @Test
    void aLogThatThrowsHarmsNobody() {
        LogCapture capture = new LogCapture();
        capture.level = Level.DEBUG;
        capture.broken = true;
        OncePerKind once = new OncePerKind(capture.logger("any"));

        once.tell("a", "{} has thrown on {}", "Someone", "something", new AssertionError("broken"));
        once.tell("a", "{} has thrown on {}", "Someone", "something", new AssertionError("broken"));

        assertThat(capture.entries()).isEmpty();
    }

    @Test
    void thePoolReportsTheSettingsItWasMadeWith() {
        fixture.minSize = 5;
        fixture.pool();
        assertThat(fixture.listener.events)
                .singleElement()
                .extracting("settings")
                .isEqualTo(new ConnectionPoolSettings(100, 5, 2, Duration.ZERO, Duration.ZERO));
    }
}
