package dev.rotor.driver.core.dns;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.topology.Randomness;
import dev.rotor.driver.spi.DnsResolver.SrvRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What DNS has made of the settings of a client.
 *
 * @param hosts where to begin
 * @param replicaSet the name that the replica set must have, or {@code null}
 * @param loadBalanced whether the host is a load balancer
 * @param authSource the source that a credential without one gets, or {@code null} for its own
 */
public record Seeds(
        List<ServerAddress> hosts, @Nullable String replicaSet, boolean loadBalanced, @Nullable String authSource) {

    public Seeds {
        hosts = List.copyOf(hosts);
    }

    /**
     * The seeds that records and settings give together.
     *
     * @throws MongoConfigurationException if there are no records, one names a host that must not be used, or options
     *     contradict each other
     */
    static Seeds of(TopologySettings settings, List<SrvRecord> records, TxtOptions txt, Randomness random) {
        String srvHost = Objects.requireNonNull(settings.srvHost());
        if (records.isEmpty()) {
            throw new MongoConfigurationException(
                    "No SRV records for " + SrvRules.queryName(settings.srvServiceName(), srvHost));
        }
        Set<ServerAddress> all = new LinkedHashSet<>();
        for (SrvRecord record : records) {
            String refusal = SrvRules.refusal(srvHost, record.target());
            if (refusal != null) {
                throw new MongoConfigurationException(refusal);
            }
            all.add(address(record));
        }
        TopologySettings.Builder told = settings.toBuilder();
        if (settings.replicaSet() == null && txt.replicaSet() != null) {
            told.replicaSet(txt.replicaSet());
        }
        if (!settings.loadBalancedSet() && txt.loadBalanced() != null) {
            told.loadBalanced(txt.loadBalanced());
        }
        TopologySettings resolved;
        try {
            resolved = told.build();
        } catch (MongoConfigurationException e) {
            throw new MongoConfigurationException("With the TXT record of " + srvHost + ": " + e.getMessage(), e);
        }
        if (resolved.loadBalanced() && all.size() > 1) {
            throw new MongoConfigurationException("loadBalanced=true needs exactly one host, but the SRV records of "
                    + srvHost + " name " + all.size());
        }
        return new Seeds(
                SrvRules.select(List.copyOf(all), settings.srvMaxHosts(), random),
                resolved.replicaSet(),
                resolved.loadBalanced(),
                txt.authSource());
    }

    /** The credential as these seeds have it. */
    public @Nullable MongoCredential apply(@Nullable MongoCredential credential) {
        return credential == null || authSource == null || !credential.hasDefaultSource()
                ? credential
                : credential.withSource(authSource);
    }

    /** The hosts of those records that name one which may be used. */
    static List<ServerAddress> verified(String srvHost, List<SrvRecord> records, List<String> refusals) {
        Set<ServerAddress> hosts = new LinkedHashSet<>();
        for (SrvRecord record : records) {
            String refusal = SrvRules.refusal(srvHost, record.target());
            if (refusal == null) {
                hosts.add(address(record));
            } else {
                refusals.add(refusal);
            }
        }
        return new ArrayList<>(hosts);
    }

    private static ServerAddress address(SrvRecord record) {
        String host = record.target();
        try {
            return new ServerAddress(host.endsWith(".") ? host.substring(0, host.length() - 1) : host, record.port());
        } catch (RuntimeException e) {
            throw new MongoConfigurationException(
                    "An SRV record names " + host + ":" + record.port() + ", which is not an address: "
                            + e.getMessage(),
                    e);
        }
    }
}
