package dev.rotor.driver.core.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ServerAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SrvRulesTest {

    @Test
    void theQueryNamesServiceProtocolAndHost() {
        assertThat(SrvRules.queryName("mongodb", "cluster.example.com")).isEqualTo("_mongodb._tcp.cluster.example.com");
    }

    @Test
    void aHostOfTheSameDomainIsUsed() {
        assertThat(SrvRules.refusal("cluster.example.com", "db1.example.com")).isNull();
        assertThat(SrvRules.refusal("Cluster.Example.com", "DB1.example.COM.")).isNull();
        assertThat(SrvRules.refusal("cluster.example.com", "a.b.example.com")).isNull();
        assertThat(SrvRules.refusal("cluster.example.co.uk", "db.example.co.uk"))
                .isNull();
        // With fewer than three parts, the host is the domain.
        assertThat(SrvRules.refusal("mongodb.local", "db.mongodb.local")).isNull();
        assertThat(SrvRules.refusal("localhost", "db.localhost")).isNull();
    }

    @Test
    void aHostOfAnotherDomainIsRefused() {
        assertThat(SrvRules.refusal("cluster.example.com", "db.evil.com"))
                .isEqualTo(
                        "SRV record of cluster.example.com names db.evil.com, which is not in the domain example.com");
        assertThat(SrvRules.refusal("cluster.example.com", "db.evilexample.com"))
                .isNotNull();
        assertThat(SrvRules.refusal("cluster.example.com", "example.com")).isNotNull();
        assertThat(SrvRules.refusal("cluster.example.com", "com")).isNotNull();
        assertThat(SrvRules.refusal("a.cluster.example.com", "b.example.com")).isNotNull();
        assertThat(SrvRules.refusal("cluster.example.com", "example.com.evil.com"))
                .isNotNull();
        assertThat(SrvRules.refusal("mongodb.local", "db.evil.local")).isNotNull();
    }

    @Test
    void aShortHostNeedsOneMoreDomainLevel() {
        assertThat(SrvRules.refusal("mongodb.local", "mongodb.local"))
                .isEqualTo(
                        "SRV record of mongodb.local names mongodb.local, which must have at least one more domain level");
        assertThat(SrvRules.refusal("localhost", "localhost")).isNotNull();
        assertThat(SrvRules.refusal("mongodb.local", "local")).isNotNull();
    }

    @Test
    void allHostsAreUsedWithoutALimitOrBelowIt() {
        List<ServerAddress> hosts = hosts(3);
        Random unused = new Random(1);
        assertThat(SrvRules.select(hosts, 0, unused::nextInt)).isEqualTo(hosts);
        assertThat(SrvRules.select(hosts, 3, unused::nextInt)).isEqualTo(hosts);
        assertThat(SrvRules.select(hosts, 4, unused::nextInt)).isEqualTo(hosts);
    }

    @Test
    void aboveTheLimitEveryHostHasItsChanceAndNoneComesTwice() {
        List<ServerAddress> hosts = hosts(5);
        Set<ServerAddress> seen = new HashSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            List<ServerAddress> selected = SrvRules.select(hosts, 2, random::nextInt);
            assertThat(selected).hasSize(2).doesNotHaveDuplicates().isSubsetOf(hosts);
            seen.addAll(selected);
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(hosts);
    }

    private static List<ServerAddress> hosts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ServerAddress("h" + i, 27017))
                .toList();
    }
}
