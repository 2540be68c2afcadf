package dev.rotor.driver.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.core.fake.FakeDns;
import dev.rotor.driver.core.topology.TopologyFixture.Selection;
import dev.rotor.driver.topology.TopologyType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a client that was given an SRV host comes to its seeds: Initial DNS Seedlist Discovery. */
class SrvSeedsTest {

    private static final String QUERY = "_mongodb._tcp.cluster.example.com";

    private final FakeDns dns = new FakeDns();

    private SrvFixture client(String options) {
        TopologySettingsOf settings = new TopologySettingsOf("mongodb+srv://cluster.example.com/" + options);
        return new SrvFixture(dns, settings::applyTo).start();
    }

    /** The topology settings of a connection string. */
    private record TopologySettingsOf(String uri) {
        void applyTo(dev.rotor.driver.TopologySettings.Builder builder) {
            dev.rotor.driver.TopologySettings parsed = MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(uri))
                    .build()
                    .topologySettings();
            builder.srvHost(parsed.srvHost())
                    .srvMaxHosts(parsed.srvMaxHosts())
                    .srvServiceName(parsed.srvServiceName())
                    .replicaSet(parsed.replicaSet());
            if (parsed.loadBalancedSet()) {
                builder.loadBalanced(parsed.loadBalanced());
            }
        }
    }

    @Test
    void operationsWaitForDnsAndThenForTheServer() {
        dns.hold();
        dns.srv(QUERY, 27017, "db.example.com.", null);
        SrvFixture srv = client("");
        Selection selection = srv.fixture.select(ServerSelector.WRITABLE);
        assertThat(srv.hosts()).isEmpty();
        dns.release();
        srv.fixture.settle();
        assertThat(srv.hosts()).containsExactly("db.example.com:27017");
        assertThat(selection.waits()).isTrue();
        srv.answerAll(TopologyFixture.standalone());
        assertThat(selection.server().address()).hasToString("db.example.com:27017");
        assertThat(srv.fixture.manager.description().type()).isEqualTo(TopologyType.SINGLE);
    }

    @Test
    void whenDnsAnswersThatThereIsNothingOperationsFailAtOnceAndLaterOnesDoUntilThereIs() {
        SrvFixture srv = client("");
        Selection first = srv.fixture.select(ServerSelector.WRITABLE);
        assertThat(first.failure())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("No SRV records for " + QUERY);
        Selection second = srv.fixture.select(ServerSelector.WRITABLE);
        assertThat(second.failure()).isNotSameAs(first.failure()).hasMessage("No SRV records for " + QUERY);

        dns.srv(QUERY, 27017, "db.example.com", null);
        srv.advance(Duration.ofSeconds(10));
        srv.answerAll(TopologyFixture.standalone());
        assertThat(srv.fixture.select(ServerSelector.WRITABLE).server().address())
                .hasToString("db.example.com:27017");
    }

    @Test
    void operationsThatWaitHearAtOnceThatTheAnswerCannotBeUsed() {
        dns.hold();
        dns.srv(QUERY, 27017, "db.evil.com", null);
        SrvFixture srv = client("");
        Selection selection = srv.fixture.select(ServerSelector.WRITABLE);
        dns.release();
        assertThat(selection.failure())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("names db.evil.com, which is not in the domain example.com");
        assertThat(srv.hosts()).isEmpty();
    }

    @Test
    void whileDnsDoesNotAnswerOperationsWaitForServerSelectionTimeout() {
        dns.fail(new IllegalStateException("no name server answers"));
        SrvFixture srv = client("");
        Selection selection = srv.fixture.select(ServerSelector.WRITABLE);
        srv.advance(Duration.ofSeconds(29));
        assertThat(selection.waits()).isTrue();
        srv.advance(Duration.ofSeconds(1));
        assertThat(selection.failure())
                .isInstanceOf(MongoTimeoutException.class)
                .hasMessageStartingWith(
                        "The SRV records of " + QUERY + " could not be looked up: no name server answers");

        Selection patient = srv.fixture.select(ServerSelector.WRITABLE);
        dns.fail(null);
        dns.srv(QUERY, 27017, "db.example.com", null);
        srv.advance(Duration.ofSeconds(10));
        srv.answerAll(TopologyFixture.standalone());
        assertThat(patient.server().address()).hasToString("db.example.com:27017");
    }

    @Test
    void aResolverThatAnswersWithNoRecordsIsToldAndAskedAgain() {
        dns.nothing(QUERY);
        SrvFixture srv = client("");
        Selection selection = srv.fixture.select(ServerSelector.WRITABLE);
        srv.advance(Duration.ofSeconds(30));
        assertThat(selection.failure())
                .isInstanceOf(MongoTimeoutException.class)
                .hasMessageStartingWith("The records of cluster.example.com could not be looked up: ");

        Selection patient = srv.fixture.select(ServerSelector.WRITABLE);
        dns.remove(QUERY).srv(QUERY, 27017, "db.example.com", null);
        srv.advance(Duration.ofSeconds(10));
        srv.answerAll(TopologyFixture.standalone());
        assertThat(patient.server().address()).hasToString("db.example.com:27017");
    }

    @Test
    void theTxtRecordMakesTheDeploymentAReplicaSetOrALoadBalancerUnlessTheConnectionStringSpeaks() {
        dns.srv(QUERY, 27017, "db.example.com", null).txt("cluster.example.com", "replicaSet=rs");
        SrvFixture set = client("");
        assertThat(set.fixture.manager.description().type()).isEqualTo(TopologyType.REPLICA_SET_NO_PRIMARY);
        assertThat(set.fixture.manager.description().setName()).isEqualTo("rs");
        assertThat(client("?replicaSet=other").fixture.manager.description().setName())
                .isEqualTo("other");

        FakeDns balanced =
                new FakeDns().srv(QUERY, 27017, "db.example.com", null).txt("cluster.example.com", "loadBalanced=true");
        SrvFixture balancer = new SrvFixture(balanced, settings -> settings.srvHost("cluster.example.com")).start();
        assertThat(balancer.fixture.manager.description().type()).isEqualTo(TopologyType.LOAD_BALANCED);
        assertThat(balancer.fixture.select(ServerSelector.WRITABLE).server().address())
                .hasToString("db.example.com:27017");
        SrvFixture told = new SrvFixture(balanced, settings -> settings.srvHost("cluster.example.com")
                        .loadBalanced(false))
                .start();
        assertThat(told.fixture.manager.description().type()).isEqualTo(TopologyType.UNKNOWN);
    }

    @Test
    void theTxtRecordTellsWhereUsersAreKnownUnlessTheConnectionStringSpeaks() {
        dns.srv(QUERY, 27017, "db.example.com", null).txt("cluster.example.com", "authSource=users");
        SrvFixture srv = client("");
        assertThat(srv.seeds).hasSize(1);
        MongoCredential silent = credential("mongodb+srv://u:p@cluster.example.com/app");
        MongoCredential speaking = credential("mongodb+srv://u:p@cluster.example.com/?authSource=own");
        assertThat(applied(srv, silent).source()).isEqualTo("users");
        assertThat(applied(srv, speaking).source()).isEqualTo("own");
        assertThat(applied(srv, MongoCredential.createCredential("u", "admin", new char[] {'p'}))
                        .source())
                .isEqualTo("admin");
    }

    @Test
    void theTxtRecordSaysNothingOfUsersThatAreNotTheServers() {
        dns.srv(QUERY, 27017, "db.example.com", null).txt("cluster.example.com", "authSource=admin");
        SrvFixture srv = client("");
        for (String mechanism : List.of("MONGODB-X509", "MONGODB-AWS", "GSSAPI", "MONGODB-OIDC")) {
            String user = mechanism.equals("GSSAPI") ? "u%40EXAMPLE.COM@" : "";
            String properties = mechanism.equals("MONGODB-OIDC") ? "&authMechanismProperties=ENVIRONMENT:k8s" : "";
            MongoCredential external = credential(
                    "mongodb+srv://" + user + "cluster.example.com/?authMechanism=" + mechanism + properties);
            assertThat(applied(srv, external).source()).as(mechanism).isEqualTo("$external");
        }
    }

    private static MongoCredential applied(SrvFixture srv, MongoCredential credential) {
        return java.util.Objects.requireNonNull(srv.seeds.get(0).apply(credential));
    }

    private static MongoCredential credential(String uri) {
        return java.util.Objects.requireNonNull(new ConnectionString(uri).credential());
    }
}
