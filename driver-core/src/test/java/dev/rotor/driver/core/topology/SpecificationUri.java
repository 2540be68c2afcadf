package dev.rotor.driver.core.topology;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.topology.TopologyType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As much of a connection string as the discovery tests use. */
record SpecificationUri(TopologyType type, @Nullable String setName, List<ServerAddress> seeds) {

    static SpecificationUri parse(String uri) {
        String rest = uri.substring("mongodb://".length());
        String[] parts = rest.split("/\\??", 2);
        List<ServerAddress> seeds = new ArrayList<>();
        for (String host : parts[0].split(",", -1)) {
            seeds.add(ServerAddress.parse(host));
        }
        String setName = null;
        TopologyType type = null;
        for (String option : parts.length < 2 ? new String[0] : parts[1].split("&", -1)) {
            if (option.equals("directConnection=true")) {
                type = TopologyType.SINGLE;
            } else if (option.equals("loadBalanced=true")) {
                type = TopologyType.LOAD_BALANCED;
            } else if (option.startsWith("replicaSet=")) {
                setName = option.substring("replicaSet=".length());
            } else if (!option.isEmpty() && !option.equals("directConnection=false")) {
                throw new IllegalArgumentException("unexpected option " + option + " in " + uri);
            }
        }
        if (type == null) {
            type = setName == null ? TopologyType.UNKNOWN : TopologyType.REPLICA_SET_NO_PRIMARY;
        }
        return new SpecificationUri(type, setName, seeds);
    }

    void applyTo(TopologySettings.Builder settings) {
        settings.hosts(seeds)
                .replicaSet(setName)
                .directConnection(type == TopologyType.SINGLE)
                .loadBalanced(type == TopologyType.LOAD_BALANCED);
    }
}
