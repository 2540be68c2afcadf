package dev.rotor.driver.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.core.fake.FakeDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The prose tests of Initial DNS Seedlist Discovery, by their numbers. */
class SrvSeedsProseTest {

    private final FakeDns dns = new FakeDns();

    private SrvFixture resolve(String host, String target) {
        dns.srv("_mongodb._tcp." + host, 27017, target, null);
        return new SrvFixture(dns, settings -> settings.srvHost(host)).start();
    }

    private void assertRefused(String host, String target) {
        SrvFixture srv = resolve(host, target);

        assertThat(srv.fixture.select(ServerSelector.WRITABLE).failure())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining(host)
                .hasMessageContaining(target);
        assertThat(srv.hosts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "mongo.local"})
    void prose1HostsOfFewerThanThreePartsAreAllowed(String host) {
        assertThat(new ConnectionString("mongodb+srv://" + host).toString()).contains(host);

        assertThat(resolve(host, "db." + host).hosts()).containsExactly("db." + host + ":27017");
    }

    @ParameterizedTest
    @CsvSource({"localhost, localhost.mongodb", "mongo.local, test_1.evil.local", "blogs.mongodb.com, blogs.evil.com"})
    void prose2AnAddressOfAnotherDomainIsRefused(String host, String target) {
        assertRefused(host, target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "mongo.local"})
    void prose3AnAddressThatIsTheHostItselfIsRefused(String host) {
        assertRefused(host, host);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, test_1.cluster_1localhost",
        "mongo.local, test_1.my_hostmongo.local",
        "blogs.mongodb.com, cluster.testmongodb.com"
    })
    void prose4AnAddressWithoutTheDotBeforeTheDomainIsRefused(String host, String target) {
        assertRefused(host, target);
    }

    @Test
    void anAddressOfTheSameDomainIsTaken() {
        assertThat(resolve("blogs.mongodb.com", "db1.mongodb.com").hosts()).containsExactly("db1.mongodb.com:27017");
    }
}
