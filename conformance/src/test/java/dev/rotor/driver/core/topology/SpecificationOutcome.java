package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Compares a topology with the outcome that a discovery test of the specification expects. */
final class SpecificationOutcome {

    private SpecificationOutcome() {}

    static void check(TopologyDescription topology, ToIntFunction<ServerAddress> generations, BsonDocument outcome) {
        assertThat(topology.type().specificationName())
                .isEqualTo(outcome.getString("topologyType").getValue());
        assertValue(outcome, "setName", topology.setName());
        assertValue(outcome, "logicalSessionTimeoutMinutes", topology.logicalSessionTimeoutMinutes());
        assertValue(outcome, "maxSetVersion", topology.maxSetVersion());
        assertValue(outcome, "maxElectionId", topology.maxElectionId());
        assertThat(topology.compatible())
                .isEqualTo(outcome.getBoolean("compatible", BsonBoolean.TRUE).getValue());
        BsonDocument servers = outcome.getDocument("servers");
        assertThat(topology.servers().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        servers.keySet().stream().map(ServerAddress::parse).toList());
        servers.forEach((address, expected) -> check(
                requireNonNull(topology.servers().get(ServerAddress.parse(address))),
                generations,
                expected.asDocument()));
    }

    private static void check(
            ServerDescription server, ToIntFunction<ServerAddress> generations, BsonDocument expected) {
        String type = expected.getString("type").getValue();
        // Only single-threaded drivers tell a possible primary from an unknown server.
        assertThat(server.type().specificationName()).isEqualTo(type.equals("PossiblePrimary") ? "Unknown" : type);
        assertValue(expected, "setName", server.setName());
        assertValue(expected, "setVersion", server.setVersion());
        assertValue(expected, "electionId", server.electionId());
        assertValue(expected, "logicalSessionTimeoutMinutes", server.logicalSessionTimeoutMinutes());
        // A load balancer has no wire versions; "unset" is 0 here.
        boolean unset = server.type() == ServerType.LOAD_BALANCER;
        assertValue(expected, "minWireVersion", unset ? null : server.minWireVersion());
        assertValue(expected, "maxWireVersion", unset ? null : server.maxWireVersion());
        assertValue(expected, "topologyVersion", server.topologyVersion());
        if (expected.containsKey("error")) {
            assertThat(requireNonNull(server.error()).getMessage())
                    .contains(expected.getString("error").getValue());
        }
        if (expected.containsKey("pool")) {
            assertThat(generations.applyAsInt(server.address()))
                    .isEqualTo(
                            expected.getDocument("pool").getInt32("generation").getValue());
        }
    }

    private static void assertValue(BsonDocument expected, String name, @Nullable Object actual) {
        if (!expected.containsKey(name)) {
            return;
        }
        BsonValue value = expected.get(name, BsonNull.VALUE);
        Object plain = null;
        if (value.isString()) {
            plain = value.asString().getValue();
        } else if (value.isInt32()) {
            plain = value.asInt32().getValue();
        } else if (value.isObjectId()) {
            plain = value.asObjectId().getValue();
        } else if (value.isDocument()) {
            plain = HelloParser.topologyVersion(new BsonDocument("topologyVersion", value));
        } else {
            assertThat(value.isNull()).as("%s: %s", name, value).isTrue();
        }
        assertThat(Objects.equals(actual, plain))
                .as("%s: expected %s, found %s", name, plain, actual)
                .isTrue();
    }
}
