package dev.rotor.driver.core.topology;

import static dev.rotor.driver.core.topology.TopologyFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.topology.ServerType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerHandleTest {

    private static boolean supportedAfter(String uri, String hello) {
        TopologyFixture fixture = TopologyFixture.of(uri).start();
        fixture.answer(A, hello);
        ServerHandle server = fixture.server(A);
        boolean known = server.supportsRetryableWrites();
        // The next heartbeat asks, and nobody answers.
        fixture.advance(Duration.ofSeconds(11));
        fixture.connections.only(A).fail(new MongoConnectionException("gone", null, A, false));
        fixture.settle();
        assertThat(server.description().type()).isEqualTo(ServerType.UNKNOWN);
        assertThat(server.supportsRetryableWrites()).as("kept while Unknown").isEqualTo(known);
        return known;
    }

    private static String withSessions(String hello) {
        return hello.substring(0, hello.length() - 1) + ", logicalSessionTimeoutMinutes: 30}";
    }

    @Test
    void onlyAServerWithSessionsThatIsNoStandaloneTakesRetryableWritesAndThatIsRememberedWhileItIsUnknown() {
        String replicaSet = "mongodb://a/?replicaSet=rs";
        assertThat(supportedAfter(replicaSet, withSessions(TopologyFixture.primary("a", "a"))))
                .isTrue();
        assertThat(supportedAfter(replicaSet, TopologyFixture.primary("a", "a")))
                .isFalse();
        assertThat(supportedAfter("mongodb://a/?directConnection=true", withSessions(TopologyFixture.standalone())))
                .isFalse();
    }

    @Test
    void behindALoadBalancerRetryableWritesAreTakenFromTheStart() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?loadBalanced=true").start();

        assertThat(fixture.server(A).supportsRetryableWrites()).isTrue();
    }

    @Test
    void aServerThatWasNeverReachedIsNotTakenForOneThatTakesRetryableWrites() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?replicaSet=rs").start();

        assertThat(fixture.server(A).supportsRetryableWrites()).isFalse();
    }
}
