package dev.rotor.driver.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.fake.FakeDns;
import dev.rotor.driver.topology.TopologyType;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The prose tests of the Polling SRV Records for mongos Discovery specification, by their numbers, and what else it
 * says.
 */
class SrvPollingProseTest {

    private static final String TEST1 = "test1.test.build.10gen.cc";
    private static final String TEST3 = "test3.test.build.10gen.cc";
    private static final String TEST22 = "test22.test.build.10gen.cc";
    private static final String HOST = "localhost.test.build.10gen.cc";
    /** The time to live of the records, and so the interval of rescans. */
    private static final Duration INTERVAL = Duration.ofSeconds(90);

    private final FakeDns dns = new FakeDns();

    private void records(String name, int... ports) {
        dns.remove(name);
        for (int port : ports) {
            dns.srv(name, port, HOST + ".", INTERVAL);
        }
    }

    private static String query(String host) {
        return "_mongodb._tcp." + host;
    }

    private SrvFixture sharded(String srvHost, Consumer<TopologySettings.Builder> options, int... ports) {
        records(query(srvHost), ports);
        SrvFixture srv = new SrvFixture(dns, settings -> {
                    settings.srvHost(srvHost);
                    options.accept(settings);
                })
                .start();
        srv.answerAll(SrvFixture.MONGOS);
        assertThat(srv.fixture.manager.description().type()).isEqualTo(TopologyType.SHARDED);
        return srv;
    }

    private SrvFixture test1(int... ports) {
        return sharded(TEST1, settings -> {}, ports);
    }

    private static String[] hosts(int... ports) {
        String[] hosts = new String[ports.length];
        for (int i = 0; i < ports.length; i++) {
            hosts[i] = HOST + ":" + ports[i];
        }
        return hosts;
    }

    private static void twice(SrvFixture srv) {
        srv.advance(INTERVAL.multipliedBy(2));
    }

    @Test
    void prose1ANewRecordAddsAHost() {
        SrvFixture srv = test1(27017, 27018);
        records(query(TEST1), 27017, 27018, 27019);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017, 27018, 27019));
    }

    @Test
    void prose2ARecordThatIsGoneRemovesItsHost() {
        SrvFixture srv = test1(27017, 27018);
        records(query(TEST1), 27017);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017));
    }

    @Test
    void prose3ARecordThatIsReplacedReplacesItsHost() {
        SrvFixture srv = test1(27017, 27018);
        ServerHandle stays = srv.fixture.server(new ServerAddress(HOST, 27017));
        records(query(TEST1), 27017, 27019);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017, 27019));
        assertThat(srv.fixture.server(new ServerAddress(HOST, 27017)))
                .as("a host that has not changed is left alone")
                .isSameAs(stays);
    }

    @Test
    void prose4AllRecordsReplacedByOne() {
        SrvFixture srv = test1(27017, 27018);
        records(query(TEST1), 27019);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27019));
    }

    @Test
    void prose5AllRecordsReplacedByTwo() {
        SrvFixture srv = test1(27017, 27018);
        records(query(TEST1), 27019, 27020);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27019, 27020));
    }

    @Test
    void prose6ATimeoutOfDnsChangesNothing() {
        SrvFixture srv = test1(27017, 27018);
        dns.fail(new IllegalStateException("DNS timed out"));
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017, 27018));
    }

    @Test
    void prose7AFailureOfDnsChangesNothing() {
        SrvFixture srv = test1(27017, 27018);
        dns.fail(new IllegalStateException("DNS server failure"));
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017, 27018));
    }

    @Test
    void prose8NoRecordsChangeNothing() {
        SrvFixture srv = test1(27017, 27018);
        dns.remove(query(TEST1));
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017, 27018));
    }

    @Test
    void prose9ALoadBalancerIsNotPolled() {
        records(query(TEST3), 27017);
        SrvFixture srv = new SrvFixture(dns, settings -> settings.srvHost(TEST3).loadBalanced(true)).start();
        records(query(TEST3), 27017, 27018);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017));
        assertThat(dns.asked()).hasSize(1);
    }

    @Test
    void prose10WithoutALimitAllHostsAreUsed() {
        SrvFixture srv = sharded(TEST1, settings -> settings.srvMaxHosts(0), 27017, 27018);
        records(query(TEST1), 27017, 27019, 27020);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017, 27019, 27020));
    }

    @Test
    void prose11WithALimitThatIsNotReachedAllHostsAreUsed() {
        SrvFixture srv = sharded(TEST1, settings -> settings.srvMaxHosts(2), 27017, 27018);
        records(query(TEST1), 27019, 27020);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27019, 27020));
    }

    @Test
    void prose12NewHostsAreChosenByChanceUpToTheLimit() {
        SrvFixture srv = sharded(TEST1, settings -> settings.srvMaxHosts(2), 27017, 27018);
        records(query(TEST1), 27017, 27019, 27020);
        twice(srv);
        assertThat(srv.hosts()).hasSize(2).contains(hosts(27017)).isSubsetOf(hosts(27017, 27019, 27020));
    }

    @Test
    void prose13AServiceNameOfOnesOwnIsAskedFor() {
        String query = "_customname._tcp." + TEST22;
        records(query, 27017);
        SrvFixture srv =
                new SrvFixture(dns, settings -> settings.srvHost(TEST22).srvServiceName("customname")).start();
        srv.answerAll(SrvFixture.MONGOS);
        records(query, 27019, 27020);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27019, 27020));
        assertThat(dns.asked()).containsOnly(query);
    }

    // ---- what the tests leave open

    @Test
    void recordsAreAskedForWhenTheShortestTimeToLiveIsOverButNotMoreOftenThanEachMinute() {
        dns.srv(query(TEST1), 27017, HOST, Duration.ofMinutes(5)).srv(query(TEST1), 27018, HOST, Duration.ofMinutes(2));
        SrvFixture srv = new SrvFixture(dns, settings -> settings.srvHost(TEST1)).start();
        srv.advance(Duration.ofSeconds(119));
        assertThat(dns.asked()).hasSize(1);
        srv.advance(Duration.ofSeconds(1));
        assertThat(dns.asked()).hasSize(2);

        dns.remove(query(TEST1)).srv(query(TEST1), 27017, HOST, Duration.ofSeconds(5));
        srv.advance(Duration.ofMinutes(2));
        assertThat(dns.asked()).hasSize(3);
        srv.advance(Duration.ofSeconds(59));
        assertThat(dns.asked()).hasSize(3);
        srv.advance(Duration.ofSeconds(1));
        assertThat(dns.asked()).hasSize(4);

        dns.remove(query(TEST1)).srv(query(TEST1), 27017, HOST, null);
        srv.advance(Duration.ofMinutes(1));
        assertThat(dns.asked()).hasSize(5);
        srv.advance(Duration.ofMinutes(1));
        assertThat(dns.asked()).hasSize(6);
    }

    @Test
    void afterAFailureRecordsAreAskedForEachHeartbeatUntilThereIsAnAnswer() {
        SrvFixture srv = test1(27017);
        dns.fail(new IllegalStateException("no answer"));
        srv.advance(INTERVAL);
        assertThat(dns.asked()).hasSize(2);
        srv.advance(Duration.ofSeconds(10));
        assertThat(dns.asked()).hasSize(3);
        dns.fail(null);
        dns.remove(query(TEST1)).srv(query(TEST1), 27017, "localhost.evil.example", INTERVAL);
        srv.advance(Duration.ofSeconds(10));
        assertThat(dns.asked()).hasSize(4);
        assertThat(srv.hosts()).containsExactly(hosts(27017));
        records(query(TEST1), 27018);
        srv.advance(Duration.ofSeconds(10));
        assertThat(srv.hosts()).containsExactly(hosts(27018));
        srv.advance(INTERVAL.minusSeconds(1));
        assertThat(dns.asked()).hasSize(5);
    }

    @Test
    void aHostOfAnotherDomainIsLeftOutAndTheOthersAreTaken() {
        SrvFixture srv = test1(27017);
        dns.srv(query(TEST1), 27018, "localhost.evil.example.", INTERVAL);
        dns.srv(query(TEST1), 27019, HOST, INTERVAL);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27017, 27019));
    }

    @Test
    void aReplicaSetIsNotPolled() {
        records(query(TEST1), 27017);
        SrvFixture srv = new SrvFixture(dns, settings -> settings.srvHost(TEST1)).start();
        srv.answerAll(
                "{ok: 1, isWritablePrimary: true, setName: 'rs', hosts: ['" + HOST + ":27017'], maxWireVersion: 21}");
        records(query(TEST1), 27018);
        srv.advance(INTERVAL.multipliedBy(10));
        assertThat(srv.hosts()).containsExactly(hosts(27017));
        assertThat(dns.asked()).hasSize(1);
    }

    @Test
    void aDeploymentThatIsStillUnknownIsPolled() {
        records(query(TEST1), 27017);
        SrvFixture srv = new SrvFixture(dns, settings -> settings.srvHost(TEST1)).start();
        records(query(TEST1), 27018);
        twice(srv);
        assertThat(srv.hosts()).containsExactly(hosts(27018));
    }

    @Test
    void whoIsClosedAsksNoMore() {
        SrvFixture srv = test1(27017);
        srv.discovery.close();
        twice(srv);
        assertThat(dns.asked()).hasSize(1);

        FakeDns slow = new FakeDns();
        slow.hold();
        slow.srv(query(TEST1), 27017, HOST, INTERVAL);
        SrvFixture early = new SrvFixture(slow, settings -> settings.srvHost(TEST1)).start();
        early.discovery.close();
        slow.release();
        early.advance(INTERVAL);
        assertThat(early.hosts()).isEmpty();
        assertThat(slow.asked()).hasSize(1);
    }
}
