package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** The Server Selection specification's tests of which servers within the latency window operations go to. */
public final class InWindowFormat implements Format {

    private static final Duration LOCAL_THRESHOLD = Duration.ofMillis(15);

    /** For the service loader. */
    public InWindowFormat() {}

    @Override
    public String name() {
        return "latency window";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        return SpecificationCases.files(
                options,
                "server-selection/tests",
                file -> file.containsKey("mocked_topology_state"),
                InWindowFormat::frequencies);
    }

    private static void frequencies(BsonDocument test) {
        TopologyDescription topology = ServerSelectionFormat.topology(test.getDocument("topology_description"));
        TopologyManager manager = new TopologyFixture(settings -> {}).manager;
        Map<ServerAddress, ServerHandle> servers = new LinkedHashMap<>();
        topology.servers().keySet().forEach(address -> servers.put(address, new ServerHandle(manager, address)));
        for (BsonValue value : test.getArray("mocked_topology_state")) {
            ServerHandle server = requireNonNull(servers.get(
                    ServerAddress.parse(value.asDocument().getString("address").getValue())));
            int count = value.asDocument().getInt32("operation_count").getValue();
            for (int i = 0; i < count; i++) {
                server.operationStarted();
            }
        }
        TopologySnapshot snapshot =
                new TopologySnapshot(topology, servers, false, LOCAL_THRESHOLD, Duration.ofSeconds(10));
        ServerSelector nearest = ServerSelector.forReads(ReadPreference.NEAREST);
        // Seeded: the outcome is the same each time. Much more than the test asks for, so that luck plays no part.
        Random random = new Random(20_261_121);
        int iterations = test.getInt32("iterations").getValue() * 50;
        Map<ServerAddress, Integer> chosen = new HashMap<>();
        for (int i = 0; i < iterations; i++) {
            ServerHandle server = requireNonNull(snapshot.candidates(nearest).pick(random::nextInt));
            chosen.merge(server.address(), 1, Integer::sum);
        }
        BsonDocument outcome = test.getDocument("outcome");
        double tolerance = outcome.getNumber("tolerance").doubleValue();
        outcome.getDocument("expected_frequencies").forEach((address, value) -> {
            double expected = value.asNumber().doubleValue();
            double actual = chosen.getOrDefault(ServerAddress.parse(address), 0) / (double) iterations;
            if (expected == 0 || expected == 1) {
                assertThat(actual).as(address).isEqualTo(expected);
            } else {
                assertThat(actual).as(address).isEqualTo(expected, offset(tolerance));
            }
        });
    }
}
