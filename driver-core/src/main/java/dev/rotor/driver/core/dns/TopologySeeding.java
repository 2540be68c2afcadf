package dev.rotor.driver.core.dns;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.topology.TopologyManager;
import dev.rotor.driver.topology.TopologyType;
import java.util.Collection;
import java.util.function.Consumer;

/** Tells a topology what DNS says. */
public final class TopologySeeding implements SrvDiscovery.Listener {

    private final TopologyManager topology;
    private final Consumer<Seeds> before;

    /**
     * For one topology.
     *
     * @param topology has been opened without seeds, or will be before DNS is asked
     * @param before hears of the seeds before the topology does, and may refuse them with a
     *     {@code MongoConfigurationException}
     */
    public TopologySeeding(TopologyManager topology, Consumer<Seeds> before) {
        this.topology = topology;
        this.before = before;
    }

    @Override
    public void onSeeds(Seeds seeds) {
        before.accept(seeds);
        topology.seed(seeds.hosts(), seeds.replicaSet(), seeds.loadBalanced());
    }

    @Override
    public void onNoSeeds(MongoException cause, boolean definite) {
        if (definite) {
            topology.onHostsRefused(cause);
        } else {
            topology.onHostsUnavailable(cause);
        }
    }

    @Override
    public void onHosts(Collection<ServerAddress> hosts) {
        topology.updateHosts(hosts);
    }

    @Override
    public boolean followsDns() {
        TopologyType type = topology.description().type();
        return type == TopologyType.UNKNOWN || type == TopologyType.SHARDED;
    }

    @Override
    public Collection<ServerAddress> hosts() {
        return topology.description().servers().keySet();
    }
}
