package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionPoolCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The prose tests of Connection Monitoring and Pooling, by their numbers. Test 5 is in the pool's own tests, too. */
class CmapProseTest {

    /** Addresses that nobody listens on: a client makes its pools without being connected. */
    private static final String HOSTS = "mongodb://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3/?";

    private static final ConnectionPoolSettings SETTINGS =
            new ConnectionPoolSettings(7, 2, 3, Duration.ofSeconds(20), Duration.ofMillis(1500));

    private final List<ConnectionPoolCreatedEvent> created = new CopyOnWriteArrayList<>();
    private final ConnectionPoolListener listener = new ConnectionPoolListener() {
        @Override
        public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
            created.add(event);
        }
    };

    private void createClient(MongoClientSettings.Builder settings) {
        MongoClient.create(settings.addConnectionPoolListener(listener).build()).close();
    }

    /** 1. All ConnectionPoolOptions MUST be specified at the MongoClient level. */
    @Test
    void prose1EveryOptionOfThePoolIsAnOptionOfTheClient() {
        createClient(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(HOSTS))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(7)
                        .minSize(2)
                        .maxConnecting(3)
                        .maxIdleTime(Duration.ofSeconds(20))
                        .maxWaitTime(Duration.ofMillis(1500))));

        assertThat(created).isNotEmpty().allMatch(event -> event.settings().equals(SETTINGS));
        assertThat(Arrays.stream(ConnectionPoolSettings.class.getRecordComponents())
                        .map(component -> component.getName()))
                .as("whatever is added is to be tested here")
                .containsExactly("maxSize", "minSize", "maxConnecting", "maxIdleTime", "maxWaitTime");
    }

    /** 2. All ConnectionPoolOptions MUST be the same for all pools created by a MongoClient. */
    @Test
    void prose2AllPoolsOfAClientHaveTheSameOptions() {
        createClient(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(HOSTS + "maxPoolSize=7&minPoolSize=1")));

        assertThat(created).hasSize(3);
        assertThat(created).extracting(event -> event.server().port()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(created)
                .extracting(ConnectionPoolCreatedEvent::settings)
                .containsOnly(created.get(0).settings());
    }

    /** 3. A user MUST be able to specify all ConnectionPoolOptions via a URI string. */
    @Test
    void prose3EveryOptionCanBeSaidInTheConnectionString() {
        createClient(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(HOSTS + "maxPoolSize=7&minPoolSize=2&maxConnecting=3"
                        + "&maxIdleTimeMS=20000&waitQueueTimeoutMS=1500")));

        assertThat(created).isNotEmpty().allMatch(event -> event.settings().equals(SETTINGS));
    }

    /**
     * 4. A user MUST be able to subscribe to Connection Monitoring Events in a manner idiomatic to their language and
     * driver.
     */
    @Test
    void prose4SeveralListenersHearTheSameEvents() {
        List<ConnectionPoolCreatedEvent> others = new CopyOnWriteArrayList<>();

        createClient(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(HOSTS))
                .addConnectionPoolListener(new ConnectionPoolListener() {
                    @Override
                    public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
                        others.add(event);
                        throw new IllegalStateException("a listener that throws does not keep others from hearing");
                    }
                }));

        assertThat(created).hasSize(3).isEqualTo(others);
    }

    /**
     * 5. When a check out attempt fails because connection set up throws an error, assert that a
     * ConnectionCheckOutFailedEvent with reason="connectionError" is emitted.
     */
    @Test
    void prose5ACheckoutWhoseConnectionCannotBeSetUpFailsWithReasonConnectionError() {
        ClientRig rig = new ClientRig();
        List<ConnectionCheckOutFailedEvent> failed = new CopyOnWriteArrayList<>();
        rig.poolListener = new ConnectionPoolListener() {
            @Override
            public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
                failed.add(event);
            }
        };
        rig.retryReads = false;
        rig.kind = "msg: 'too old', maxWireVersion: 1";

        Throwable failure = rig.failure(rig.collection().find().first());

        assertThat(failed).singleElement().satisfies(event -> {
            assertThat(event.reason().specificationName()).isEqualTo("connectionError");
            assertThat(event.error()).isSameAs(failure);
        });
    }
}
