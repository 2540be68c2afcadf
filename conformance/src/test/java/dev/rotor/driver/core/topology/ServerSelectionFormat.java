package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The JSON tests of the Server Selection and Max Staleness specifications. */
public final class ServerSelectionFormat implements Format {

    private static final Duration LOCAL_THRESHOLD = Duration.ofMillis(15);

    /** For the service loader. */
    public ServerSelectionFormat() {}

    @Override
    public String name() {
        return "server selection";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        List<CaseGroup> groups = new ArrayList<>();
        for (String folder : List.of("server-selection/tests", "max-staleness/tests")) {
            groups.addAll(SpecificationCases.files(
                    options, folder, ServerSelectionFormat::isSelection, ServerSelectionFormat::select));
            groups.addAll(SpecificationCases.files(
                    options,
                    folder,
                    file -> file.containsKey("new_rtt_ms"),
                    ServerSelectionFormat::averageRoundTripTime));
        }
        return groups;
    }

    private static boolean isSelection(BsonDocument file) {
        return file.containsKey("topology_description") && !file.containsKey("mocked_topology_state");
    }

    private static void averageRoundTripTime(BsonDocument test) {
        double measured = test.getNumber("new_rtt_ms").doubleValue();
        BsonValue old = test.get("avg_rtt_ms", new BsonString("NULL"));
        RoundTripTimes times = new RoundTripTimes();
        if (old.isNumber()) {
            times.add(nanos(old.asNumber().doubleValue()));
        }
        times.add(nanos(measured));

        assertThat(requireNonNull(times.average()).toNanos() / 1e6)
                .isEqualTo(test.getNumber("new_avg_rtt").doubleValue(), offset(1e-5));
    }

    private static long nanos(double millis) {
        return Math.round(millis * TimeUnit.MILLISECONDS.toNanos(1));
    }

    private static void select(BsonDocument test) {
        if (test.getBoolean("error", BsonBoolean.FALSE).getValue()) {
            // Some are refused when the read preference is made, the others when it meets the topology.
            assertThatThrownBy(() -> suitable(test)).isInstanceOf(RuntimeException.class);
            return;
        }
        List<ServerDescription> suitable = suitable(test);
        assertThat(addresses(suitable)).isEqualTo(addresses(test.getArray("suitable_servers")));
        assertThat(addresses(ServerSelection.inLatencyWindow(suitable, LOCAL_THRESHOLD)))
                .isEqualTo(addresses(test.getArray("in_latency_window")));
    }

    private static List<ServerDescription> suitable(BsonDocument test) {
        TopologyDescription topology = topology(test.getDocument("topology_description"));
        boolean write =
                test.getString("operation", new BsonString("read")).getValue().equals("write");
        ReadPreference preference = readPreference(test.getDocument("read_preference", new BsonDocument()));
        return ServerSelection.suitable(
                topology,
                new ServerSelector(write, preference, null),
                addresses(test.getArray("deprioritized_servers", new BsonArray())),
                Duration.ofMillis(test.getInt32("heartbeatFrequencyMS", new BsonInt32(10_000))
                        .getValue()));
    }

    static TopologyDescription topology(BsonDocument document) {
        Map<ServerAddress, ServerDescription> servers = new LinkedHashMap<>();
        for (BsonValue server : document.getArray("servers")) {
            ServerDescription description = server(server.asDocument());
            servers.put(description.address(), description);
        }
        return new TopologyDescription(
                topologyType(document.getString("type").getValue()), null, null, null, servers, null, null);
    }

    private static TopologyType topologyType(String name) {
        for (TopologyType type : TopologyType.values()) {
            if (type.specificationName().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static ServerDescription server(BsonDocument document) {
        ServerDescription.Builder server = ServerDescription.builder(
                ServerAddress.parse(document.getString("address").getValue()));
        String name = document.getString("type").getValue();
        for (ServerType type : ServerType.values()) {
            if (type.specificationName().equals(name)) {
                server.type(type);
            }
        }
        if (document.containsKey("avg_rtt_ms")) {
            server.roundTripTime(
                    Duration.ofNanos(nanos(document.getNumber("avg_rtt_ms").doubleValue())));
        }
        if (document.containsKey("tags")) {
            server.tags(tagSet(document.getDocument("tags")));
        }
        if (document.containsKey("lastUpdateTime")) {
            server.lastUpdateTime(TimeUnit.MILLISECONDS.toNanos(
                    document.getNumber("lastUpdateTime").longValue()));
        }
        if (document.containsKey("lastWrite")) {
            server.lastWriteDate(Instant.ofEpochMilli(
                    document.getDocument("lastWrite").getNumber("lastWriteDate").longValue()));
        }
        return server.build();
    }

    private static ReadPreference readPreference(BsonDocument document) {
        String name = document.getString("mode", new BsonString("Primary")).getValue();
        ReadPreference.Mode mode = null;
        for (ReadPreference.Mode candidate : ReadPreference.Mode.values()) {
            if (candidate.wireName().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                mode = candidate;
            }
        }
        assertThat(mode).as(name).isNotNull();
        List<TagSet> tagSets = new ArrayList<>();
        for (BsonValue tagSet : document.getArray("tag_sets", new BsonArray())) {
            tagSets.add(tagSet(tagSet.asDocument()));
        }
        Duration maxStaleness = document.containsKey("maxStalenessSeconds")
                ? Duration.ofSeconds(document.getNumber("maxStalenessSeconds").longValue())
                : null;
        return new ReadPreference(requireNonNull(mode), tagSets, maxStaleness);
    }

    private static TagSet tagSet(BsonDocument document) {
        Map<String, String> tags = new LinkedHashMap<>();
        document.forEach((name, value) -> tags.put(name, value.asString().getValue()));
        return new TagSet(tags);
    }

    private static Set<ServerAddress> addresses(List<ServerDescription> servers) {
        Set<ServerAddress> addresses = new HashSet<>();
        servers.forEach(server -> addresses.add(server.address()));
        return addresses;
    }

    private static Set<ServerAddress> addresses(BsonArray servers) {
        Set<ServerAddress> addresses = new HashSet<>();
        for (BsonValue server : servers) {
            addresses.add(
                    ServerAddress.parse(server.asDocument().getString("address").getValue()));
        }
        return addresses;
    }
}
