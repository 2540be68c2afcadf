package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.time.Deadline;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Clearing, closing, failing, filling up, expiring. */
class PoolLifeTest {

    private final MongoException broken = FakeConnection.networkError("connection refused");
    private static final ObjectId SERVICE_A = new ObjectId("64a000000000000000000001");
    private static final ObjectId SERVICE_B = new ObjectId("64a000000000000000000002");

    private final PoolFixture fixture = new PoolFixture();

    @Test
    void clearFailsWaitersAtOnceEvenThoseForWhomAConnectionIsBeingEstablished() {
        fixture.ready();
        Checkout covered = fixture.checkOut();
        fixture.checkOut();
        Checkout queued = fixture.checkOut();
        fixture.pool().clear(broken, null, false);
        assertThat(covered.failure())
                .isInstanceOf(MongoPoolClearedException.class)
                .hasCause(broken);
        assertThat(queued.failure()).isInstanceOf(MongoPoolClearedException.class);
        assertThat(queued.failure()).isNotSameAs(covered.failure());
    }

    @Test
    void aClearThatIsOnlyMarkedChangesThePoolAtOnceAndTellsNobodyUntilItsTaskIsRun() throws InterruptedException {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.maxSize = 1;
        fixture.ready();
        FakeConnection inUse = fixture.take();
        Checkout waiting = fixture.checkOut();
        fixture.listener.forget();
        Runnable rest = fixture.pool().markCleared(broken, null, true);
        assertThat(fixture.pool().generation(null)).isEqualTo(1);
        assertThat(waiting.isWaiting()).isTrue();
        assertThat(inUse.isClosed()).isFalse();
        assertThat(fixture.listener.words()).isEmpty();
        // What this thread does meanwhile does not wait for the task.
        assertThat(fixture.checkOut().failure()).isInstanceOf(MongoPoolClearedException.class);
        Thread another = new Thread(rest);
        another.start();
        another.join();
        assertThat(waiting.failure()).isInstanceOf(MongoPoolClearedException.class);
        assertThat(inUse.isClosed()).isTrue();
        Runnable readiness = fixture.pool().markReady();
        Checkout next = fixture.checkOut();
        assertThat(next.isWaiting())
                .as("the interrupted connection is still in the pool")
                .isTrue();
        readiness.run();
        fixture.pool().checkIn(inUse);
        assertThat(next.connection().id()).isEqualTo(2);
        assertThat(fixture.listener.words())
                .containsExactly(
                        "PoolCleared",
                        "Failed connectionError",
                        "Started",
                        "Failed connectionError",
                        "PoolReady",
                        "Started",
                        "CheckedIn 1",
                        "Closed 1 stale",
                        "Created 2",
                        "Ready 2",
                        "CheckedOut 2");
    }

    @Test
    void aConnectionThatWasBeingEstablishedDuringAClearIsNotGivenOut() {
        fixture.ready();
        fixture.checkOut();
        fixture.pool().clear(broken, null, false);
        fixture.pool().ready();
        Checkout later = fixture.checkOut();
        fixture.connection(1).succeed();
        assertThat(fixture.connection(1).isClosed()).isTrue();
        assertThat(later.isWaiting()).isTrue();
        fixture.connection(2).succeed();
        assertThat(later.connection().id()).isEqualTo(2);
        assertThat(fixture.connection(2).generation()).isEqualTo(1);
    }

    @Test
    void staleConnectionsKeepTheirShareOfMaxConnectingUntilTheyAreDone() {
        fixture.ready();
        fixture.checkOut();
        fixture.checkOut();
        fixture.pool().clear(broken, null, false);
        fixture.pool().ready();
        Checkout later = fixture.checkOut();
        assertThat(fixture.made).hasSize(2);
        fixture.connection(1).fail(broken);
        assertThat(later.isWaiting()).isTrue();
        assertThat(fixture.made).hasSize(3);
        fixture.connection(3).succeed();
        assertThat(later.connection().id()).isEqualTo(3);
    }

    @Test
    void staleAvailableConnectionsAreClosedSoonAfterAClear() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        fixture.pool().checkIn(fixture.take());
        fixture.pool().clear(broken, null, false);
        assertThat(fixture.connection(1).isClosed()).isFalse();
        fixture.loop.advance(Duration.ofMillis(1));
        assertThat(fixture.connection(1).isClosed()).isTrue();
        assertThat(fixture.pool().statistics().total()).isZero();
    }

    @Test
    void interruptingClosesPendingConnectionsBeforeWaitersAreTold() {
        fixture.ready();
        Checkout waiting = fixture.checkOut();
        fixture.listener.forget();
        fixture.pool().clear(broken, null, true);
        assertThat(fixture.listener.words()).containsExactly("PoolCleared", "Closed 1 stale", "Failed connectionError");
        assertThat(waiting.failure()).isInstanceOf(MongoPoolClearedException.class);
        assertThat(fixture.reported).isEmpty();
        assertThat(fixture.pool().statistics().total()).isZero();
    }

    @Test
    void anInterruptedConnectionIsCheckedInBeforeItIsReportedClosed() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection inUse = fixture.take();
        fixture.listener.forget();
        fixture.pool().clear(broken, null, true);
        assertThat(inUse.isClosed()).isTrue();
        assertThat(inUse.closeReason)
                .isInstanceOf(MongoPoolClearedException.class)
                .hasMessage("Connection to db1:27017 interrupted due to server monitor timeout");
        fixture.pool().checkIn(inUse);
        fixture.loop.advance(Duration.ofSeconds(1));
        assertThat(fixture.listener.words()).containsExactly("PoolCleared", "CheckedIn 1", "Closed 1 stale");
    }

    @Test
    void anInterruptedConnectionThatNobodyGivesBackLeavesThePoolAllTheSame() {
        fixture.maxSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection inUse = fixture.take();
        fixture.pool().clear(broken, null, true);
        fixture.loop.advance(Duration.ofSeconds(1));
        assertThat(fixture.listener.words()).endsWith("PoolCleared", "Closed 1 stale");
        fixture.pool().ready();
        assertThat(fixture.take().id()).isEqualTo(2);
        fixture.pool().checkIn(inUse);
        assertThat(fixture.listener.words()).endsWith("CheckedIn 1");
        assertThat(fixture.pool().statistics()).isEqualTo(new PoolStatistics(0, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void connectionsMadeAfterTheClearAreNotInterrupted() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection old = fixture.take();
        fixture.pool().clear(broken, null, false);
        fixture.pool().ready();
        FakeConnection fresh = fixture.take();
        assertThat(old.isClosed()).isFalse();
        fixture.pool().checkIn(fresh);
        assertThat(fresh.isClosed()).isFalse();
        fixture.pool().checkIn(old);
        assertThat(old.isClosed()).isTrue();
    }

    @Test
    void serverDiscoveryHearsOfAFailureBeforeTheWaiterAndTheWaiterGetsTheFailureItself() {
        fixture.ready();
        Checkout first = fixture.checkOut();
        Checkout second = fixture.checkOut();
        fixture.listener.forget();
        fixture.discovery = (cause, connection) -> {
            assertThat(first.isWaiting()).isTrue();
            assertThat(connection.generation()).isEqualTo(fixture.pool().generation(null));
            fixture.pool().clear(cause, null, false);
        };
        fixture.connection(1).fail(broken);
        assertThat(first.failure()).isSameAs(broken);
        assertThat(second.failure())
                .isInstanceOf(MongoPoolClearedException.class)
                .hasCause(broken);
        assertThat(fixture.listener.words())
                .containsExactly("PoolCleared", "Failed connectionError", "Closed 1 error", "Failed connectionError");
    }

    @Test
    void aFailureThatClearsNothingFailsOneWaiterAndTheNextIsTried() {
        fixture.maxConnecting = 1;
        fixture.ready();
        Checkout first = fixture.checkOut();
        Checkout second = fixture.checkOut();
        fixture.connection(1).fail(broken);
        assertThat(first.failure()).isSameAs(broken);
        assertThat(second.isWaiting()).isTrue();
        fixture.connection(2).succeed();
        assertThat(second.connection().id()).isEqualTo(2);
    }

    @Test
    void aConnectionThatThrowsInsteadOfOpeningCountsAsFailed() {
        fixture.onOpen = connection -> {
            throw new IllegalStateException("no loop");
        };
        fixture.ready();
        assertThat(fixture.checkOut().failure())
                .isInstanceOf(MongoConnectionException.class)
                .hasMessageContaining("no loop");
        assertThat(fixture.reported).hasSize(1);
        assertThat(fixture.pool().statistics().total()).isZero();
    }

    @Test
    void aConnectionWhoseOpeningThrowsAnErrorFailsItsCheckoutAndGivesItsPlaceBack() {
        NoClassDefFoundError absent = new NoClassDefFoundError("org/example/Absent");
        fixture.onOpen = connection -> {
            throw absent;
        };
        fixture.maxConnecting = 1;
        fixture.ready();
        assertThat(fixture.checkOut().failure())
                .isInstanceOf(MongoConnectionException.class)
                .hasMessageContaining("org/example/Absent")
                .hasCause(absent);
        assertThat(fixture.pool().statistics().pending()).isZero();
        assertThat(fixture.connection(1).isClosed()).isTrue();
        fixture.onOpen = PoolFixture.AT_ONCE;
        assertThat(fixture.take().id()).isEqualTo(2);
    }

    @Test
    void aFactoryThatThrowsAnErrorDuringACheckInFailsTheWaiterAndNothingElse() {
        fixture.maxSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection gone = fixture.take();
        Checkout waiting = fixture.checkOut();
        NoClassDefFoundError absent = new NoClassDefFoundError("org/example/Absent");
        fixture.onMake = () -> {
            fixture.onMake = () -> {};
            throw absent;
        };
        gone.breakSocket();
        fixture.pool().checkIn(gone);
        assertThat(waiting.failure()).hasMessageContaining("org/example/Absent").hasCause(absent);
        assertThat(gone.closes).isEqualTo(1);
        assertThat(fixture.take().id()).isEqualTo(2);
    }

    @Test
    void fillingUpGoesOnLaterWhenTheFactoryThrowsAnError() {
        fixture.minSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.onMake = () -> {
            fixture.onMake = () -> {};
            throw new NoClassDefFoundError("org/example/Absent");
        };
        fixture.ready();
        assertThat(fixture.made).isEmpty();
        fixture.loop.advance(ConnectionPool.MAINTENANCE_INTERVAL);
        assertThat(fixture.pool().statistics().available()).isEqualTo(1);
    }

    @Test
    void aMethodThatThrowsStillDoesWhatItOwesAndTheSameThreadIsServedNext() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection unaskable = fixture.take();
        FakeConnection gone = fixture.take();
        fixture.pool().checkIn(unaskable);
        fixture.pool().checkIn(gone);
        gone.breakSocket();
        StackOverflowError thrown = new StackOverflowError();
        unaskable.unaskable = thrown;
        assertThatThrownBy(fixture::checkOut).isSameAs(thrown);
        assertThat(gone.closes).isEqualTo(1);
        assertThat(fixture.take().id()).isEqualTo(3);
    }

    @Test
    void aFactoryThatThrowsFailsTheWaiterAndLeavesThePoolUsable() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        boolean[] refuses = {true};
        ConnectionPool<FakeConnection> pool = new ConnectionPool<>(
                FakeConnection.SERVER,
                dev.rotor.driver.ConnectionPoolSettings.DEFAULT,
                false,
                (owner, id, generation) -> {
                    if (refuses[0]) {
                        throw new RejectedExecutionException("transport is closed");
                    }
                    return new FakeConnection(id, generation, fixture.loop, FakeConnection::succeed);
                },
                null,
                fixture.loop.clock(),
                fixture.loop,
                null,
                ClientLog.off());
        pool.ready();
        Checkout refused = new Checkout();
        assertThat(pool.checkOut(refused, Deadline.NONE, null)).isNull();
        assertThat(refused.failure()).hasMessageContaining("transport is closed");
        refuses[0] = false;
        Checkout served = new Checkout();
        assertThat(pool.checkOut(served, Deadline.NONE, null)).isNull();
        assertThat(served.connection().id()).isEqualTo(1);
    }

    @Test
    void theMinimumSizeIsFilledAtOnceWhenThePoolIsReadyAndNotBefore() {
        fixture.minSize = 3;
        fixture.pool();
        fixture.loop.advance(Duration.ofSeconds(5));
        assertThat(fixture.made).isEmpty();
        fixture.pool().ready();
        assertThat(fixture.made).hasSize(2);
        fixture.connection(1).succeed();
        fixture.connection(2).succeed();
        assertThat(fixture.made).hasSize(3);
        fixture.connection(3).succeed();
        assertThat(fixture.pool().statistics().available()).isEqualTo(3);
        assertThat(fixture.listener.words()).startsWith("PoolCreated", "PoolReady", "Created 1", "Created 2");
    }

    @Test
    void fillingUpThatFailsIsTriedAgainByMaintenanceAndNotInALoop() {
        fixture.minSize = 1;
        fixture.onOpen = connection -> connection.fail(broken);
        fixture.ready();
        assertThat(fixture.made).hasSize(1);
        assertThat(fixture.reported).containsExactly(broken);
        fixture.loop.advance(ConnectionPool.MAINTENANCE_INTERVAL.multipliedBy(3));
        assertThat(fixture.made).hasSize(4);
    }

    @Test
    void anArrivalDoesNotDependOnConnectionsThatOnlyFillThePool() {
        fixture.minSize = 1;
        fixture.ready();
        Checkout checkout = fixture.checkOut();
        assertThat(fixture.made).hasSize(2);
        fixture.connection(2).succeed();
        assertThat(checkout.connection().id()).isEqualTo(2);
    }

    @Test
    void unusedConnectionsAreClosedByMaintenanceAndReplacedUpToTheMinimum() {
        fixture.minSize = 1;
        fixture.maxIdleTime = Duration.ofSeconds(10);
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection first = fixture.take();
        FakeConnection second = fixture.take();
        fixture.pool().checkIn(first);
        fixture.pool().checkIn(second);
        fixture.listener.forget();
        fixture.loop.advance(Duration.ofSeconds(9));
        assertThat(fixture.listener.words()).isEmpty();
        fixture.loop.advance(Duration.ofSeconds(1).plus(ConnectionPool.MAINTENANCE_INTERVAL));
        assertThat(fixture.listener.words()).containsExactly("Closed 1 idle", "Closed 2 idle", "Created 3", "Ready 3");
    }

    @Test
    void aConnectionThatBreaksWhileUnusedLeavesThePoolAtOnce() {
        fixture.minSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        fixture.connection(1).breakSocket();
        fixture.pool().perished(fixture.connection(1));
        fixture.pool().perished(fixture.connection(1));
        assertThat(fixture.listener.words()).containsExactly("Closed 1 error", "Created 2", "Ready 2");
    }

    @Test
    void aConnectionThatBreaksWhileInUseIsDroppedWhenItIsGivenBack() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection connection = fixture.take();
        connection.breakSocket();
        fixture.pool().perished(connection);
        assertThat(fixture.pool().statistics().inUse()).isEqualTo(1);
        fixture.pool().checkIn(connection);
        assertThat(fixture.listener.words()).endsWith("CheckedIn 1", "Closed 1 error");
        assertThat(fixture.take().id()).isEqualTo(2);
    }

    @Test
    void droppingABrokenConnectionMakesRoomForAWaiter() {
        fixture.maxSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection connection = fixture.take();
        Checkout waiting = fixture.checkOut();
        connection.breakSocket();
        fixture.pool().checkIn(connection);
        assertThat(waiting.connection().id()).isEqualTo(2);
    }

    @Test
    void closeClosesWhatIsThereAndFailsWhoWaits() {
        fixture.maxSize = 3;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection inUse = fixture.take();
        fixture.pool().checkIn(fixture.take());
        FakeConnection available = fixture.connection(2);
        FakeConnection again = fixture.take();
        fixture.onOpen = PoolFixture.BY_HAND;
        Checkout waiting = fixture.checkOut();
        fixture.listener.forget();
        fixture.pool().checkIn(again);
        assertThat(waiting.connection()).isSameAs(available);
        Checkout covered = fixture.checkOut();
        fixture.listener.forget();
        fixture.pool().close(false);
        fixture.pool().close(false);
        assertThat(covered.failure()).isInstanceOf(MongoClientClosedException.class);
        assertThat(fixture.listener.words()).containsExactly("Closed 3 poolClosed", "Failed poolClosed", "PoolClosed");
        assertThat(inUse.isClosed()).isFalse();
        fixture.pool().checkIn(inUse);
        assertThat(inUse.isClosed()).isTrue();
        fixture.pool().checkIn(available);
        assertThat(fixture.pool().statistics().total()).isZero();
        fixture.pool().ready();
        fixture.pool().clear(broken, null, true);
        assertThat(fixture.listener.words()).endsWith("CheckedIn 2", "Closed 2 poolClosed");
        assertThat(fixture.loop.armedTimers()).isZero();
    }

    @Test
    void closeClosesConnectionsInUseWhereThatIsAskedFor() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.ready();
        FakeConnection inUse = fixture.take();
        fixture.pool().close(true);
        assertThat(inUse.closeReason).isInstanceOf(MongoClientClosedException.class);
        fixture.pool().checkIn(inUse);
        assertThat(fixture.listener.words()).endsWith("PoolClosed", "CheckedIn 1", "Closed 1 poolClosed");
    }

    @Test
    void aLoopThatIsClosedClosesThePoolInsteadOfLeavingWaitersForEver() {
        fixture.maxSize = 1;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.maxWaitTime = Duration.ofSeconds(1);
        fixture.ready();
        fixture.take();
        fixture.loop.close();
        assertThat(fixture.checkOut().failure()).isInstanceOf(MongoClientClosedException.class);
    }

    @Test
    void behindALoadBalancerOnlyTheConnectionsOfOneServiceBecomeStale() {
        fixture.loadBalanced = true;
        fixture.onOpen = connection -> {
            connection.serviceId = connection.id() % 2 == 1 ? SERVICE_A : SERVICE_B;
            connection.succeed();
        };
        fixture.ready();
        FakeConnection a = fixture.take();
        FakeConnection b = fixture.take();
        FakeConnection a2 = fixture.take();
        fixture.pool().clear(broken, SERVICE_A, true);
        assertThat(fixture.pool().generation(SERVICE_A)).isEqualTo(1);
        assertThat(fixture.pool().generation(SERVICE_B)).isZero();
        assertThat(a.isClosed()).isTrue();
        assertThat(a2.isClosed()).isTrue();
        assertThat(b.isClosed()).isFalse();
        fixture.pool().checkIn(b);
        assertThat(fixture.take()).as("the pool is not paused").isSameAs(b);
        fixture.pool().checkIn(a);
        FakeConnection fourth = fixture.take();
        assertThat(fourth.id()).isEqualTo(4);
        FakeConnection fifth = fixture.take();
        assertThat(fifth.generation()).isEqualTo(1);
        fixture.pool().checkIn(a2);
        fixture.pool().clear(broken, null, false);
        assertThat(fixture.checkOut().isWaiting()).isFalse();
    }

    @Test
    void behindALoadBalancerAServiceIsForgottenWithItsLastConnection() {
        fixture.loadBalanced = true;
        fixture.onOpen = connection -> {
            connection.serviceId = SERVICE_A;
            connection.succeed();
        };
        fixture.ready();
        FakeConnection only = fixture.take();
        fixture.pool().clear(broken, SERVICE_A, false);
        assertThat(fixture.pool().generation(SERVICE_A)).isEqualTo(1);
        fixture.pool().checkIn(only);
        assertThat(only.isClosed()).isTrue();
        assertThat(fixture.pool().generation(SERVICE_A)).isZero();
    }

    @Test
    void behindALoadBalancerAFailureAfterTheHandshakeCarriesTheGenerationOfItsService() {
        fixture.loadBalanced = true;
        fixture.onOpen = connection -> {
            connection.serviceId = SERVICE_A;
            connection.succeed();
        };
        fixture.ready();
        fixture.take();
        fixture.pool().clear(broken, SERVICE_A, false);
        fixture.onOpen = PoolFixture.BY_HAND;
        Checkout waiting = fixture.checkOut();
        FakeConnection second = fixture.connection(2);
        second.reach(SERVICE_A);
        assertThat(second.generation()).isEqualTo(1);
        fixture.pool().clear(broken, SERVICE_A, false);
        second.succeed();
        assertThat(waiting.failure()).isInstanceOf(MongoPoolClearedException.class);
        assertThat(second.isClosed()).isTrue();
    }
}
