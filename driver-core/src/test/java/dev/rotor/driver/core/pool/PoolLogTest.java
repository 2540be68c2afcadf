package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogCapture.Entry;
import dev.rotor.driver.core.time.Deadline;
import java.time.Duration;
import java.util.List;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class PoolLogTest {

    private final PoolFixture fixture = new PoolFixture();

    @BeforeEach
    void wanted() {
        fixture.logged.level = Level.DEBUG;
    }

    private List<Entry> logged() {
        return fixture.logged.entries(ClientLog.CONNECTION);
    }

    private List<String> messages() {
        return fixture.logged.messages(ClientLog.CONNECTION);
    }

    private Entry last() {
        return logged().get(logged().size() - 1);
    }

    @Test
    void theLifeOfAPoolAndItsConnectionsIsLoggedInItsOrder() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.pool().ready();
        FakeConnection connection = fixture.take();
        fixture.pool().checkIn(connection);
        fixture.pool().close(true);

        assertThat(messages())
                .containsExactly(
                        "Connection pool created",
                        "Connection pool ready",
                        "Connection checkout started",
                        "Connection created",
                        "Connection ready",
                        "Connection checked out",
                        "Connection checked in",
                        "Connection closed",
                        "Connection pool closed");
        assertThat(logged()).allSatisfy(entry -> {
            assertThat(entry.level()).isEqualTo(Level.DEBUG);
            assertThat(entry.values())
                    .containsEntry("serverHost", FakeConnection.SERVER.host())
                    .containsEntry("serverPort", FakeConnection.SERVER.port())
                    .containsKey("topologyId");
        });
        assertThat(logged().subList(3, 8))
                .allMatch(entry -> entry.value("driverConnectionId").equals(1L));
        assertThat(logged().get(7).value("reason")).isEqualTo("Connection pool was closed");
        assertThat(logged().get(7).values()).doesNotContainKey("error");
    }

    @Test
    void aPoolIsLoggedWithItsOptions() {
        fixture.minSize = 1;
        fixture.maxSize = 5;
        fixture.maxIdleTime = Duration.ofSeconds(10);
        fixture.maxWaitTime = Duration.ofSeconds(2);
        fixture.pool();

        assertThat(last().values())
                .containsEntry("minPoolSize", 1)
                .containsEntry("maxPoolSize", 5)
                .containsEntry("maxConnecting", 2)
                .containsEntry("maxIdleTimeMS", 10_000L)
                .containsEntry("waitQueueTimeoutMS", 2_000L);
        assertThat(last().text())
                .isEqualTo("Connection pool created for " + FakeConnection.SERVER
                        + " using options maxIdleTimeMS=10000, minPoolSize=1, maxPoolSize=5, maxConnecting=2,"
                        + " waitQueueTimeoutMS=2000");
    }

    @Test
    void durationsAreThoseOfTheEvents() {
        fixture.pool().ready();
        Checkout checkout = fixture.checkOut();
        fixture.loop.advance(Duration.ofMillis(30));
        fixture.connection(1).succeed();

        assertThat(checkout.connection()).isNotNull();
        assertThat(messages()).endsWith("Connection ready", "Connection checked out");
        assertThat(logged().get(4).value("durationMS")).isEqualTo(30.0);
        assertThat(last().value("durationMS")).isEqualTo(30.0);
        assertThat(last().text())
                .isEqualTo("Connection checked out: address=" + FakeConnection.SERVER
                        + ", driver-generated ID=1, duration=30.0 ms");
    }

    /** Prose test 5 of Connection Monitoring and Pooling, for the log. */
    @Test
    void aConnectionThatCannotBeMadeIsLoggedWithItsErrorThenTheCheckout() {
        fixture.pool().ready();
        fixture.checkOut();
        fixture.connection(1).fail(FakeConnection.networkError("refused"));

        assertThat(messages()).endsWith("Connection closed", "Connection checkout failed");
        Entry closed = logged().get(logged().size() - 2);
        assertThat(closed.value("reason")).isEqualTo("An error occurred while using the connection");
        assertThat((String) closed.value("error")).contains("refused");
        assertThat(last().value("reason")).isEqualTo("An error occurred while trying to establish a new connection");
        assertThat((String) last().value("error")).contains("refused");
        assertThat(last().values()).containsKey("durationMS");
    }

    @Test
    void aCheckoutThatTakesTooLongIsLoggedWithoutAnError() {
        fixture.pool().ready();
        fixture.checkOut(fixture.in(Duration.ofMillis(20)));
        fixture.loop.advance(Duration.ofMillis(20));

        assertThat(last().message()).isEqualTo("Connection checkout failed");
        assertThat(last().values())
                .containsEntry("reason", "Wait queue timeout elapsed without a connection becoming available")
                .containsEntry("durationMS", 20.0)
                .doesNotContainKey("error");
    }

    @Test
    void aCheckoutFromAClosedPoolSaysSo() {
        fixture.pool().close(true);
        fixture.checkOut();

        assertThat(last().value("reason")).isEqualTo("Connection pool was closed");
    }

    @Test
    void staleAndIdleConnectionsAreLoggedAsSuch() {
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.maxIdleTime = Duration.ofSeconds(1);
        fixture.pool().ready();
        FakeConnection connection = fixture.take();
        fixture.pool().clear(FakeConnection.networkError("gone"), null, false);
        assertThat(last().message()).isEqualTo("Connection pool cleared");
        assertThat(last().text()).isEqualTo("Connection pool for " + FakeConnection.SERVER + " cleared");
        fixture.pool().checkIn(connection);
        assertThat(last().value("reason")).isEqualTo("Connection became stale because the pool was cleared");

        fixture.pool().ready();
        fixture.pool().checkIn(fixture.take());
        fixture.loop.advance(Duration.ofSeconds(5));
        assertThat(last().value("reason"))
                .isEqualTo("Connection has been available but unused for longer than the configured max idle time");
    }

    @Test
    void behindALoadBalancerTheServiceIsNamed() {
        fixture.loadBalanced = true;
        fixture.pool().ready();
        ObjectId service = new ObjectId();
        fixture.pool().clear(null, service, false);

        assertThat(last().value("serviceId")).isEqualTo(service.toHexString());
        assertThat(last().text()).endsWith("cleared for serviceId " + service.toHexString());
    }

    @Test
    void aLevelThatIsTurnedOnLaterCountsFromThenOn() {
        fixture.logged.level = null;
        fixture.onOpen = PoolFixture.AT_ONCE;
        fixture.pool().ready();
        FakeConnection connection = fixture.take();
        assertThat(logged()).isEmpty();

        fixture.logged.level = Level.DEBUG;
        fixture.pool().checkIn(connection);
        assertThat(fixture.pool().checkOut(new Checkout(), Deadline.NONE, null)).isSameAs(connection);

        assertThat(messages())
                .containsExactly("Connection checked in", "Connection checkout started", "Connection checked out");
        assertThat(last().value("durationMS")).isEqualTo(0.0);
    }
}
