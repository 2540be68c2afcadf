package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The JSON tests of the Server Discovery and Monitoring specification, on the reducer and the error rules alone. */
class TopologyReducerSpecificationTest {

    private static final String ROOT = "server-discovery-and-monitoring/tests/";

    @TestFactory
    List<DynamicTest> replicaSets() {
        return SpecificationTests.below(ROOT + "rs", TopologyReducerSpecificationTest::run);
    }

    @TestFactory
    List<DynamicTest> sharded() {
        return SpecificationTests.below(ROOT + "sharded", TopologyReducerSpecificationTest::run);
    }

    @TestFactory
    List<DynamicTest> single() {
        return SpecificationTests.below(ROOT + "single", TopologyReducerSpecificationTest::run);
    }

    @TestFactory
    List<DynamicTest> loadBalanced() {
        return SpecificationTests.below(ROOT + "load-balanced", TopologyReducerSpecificationTest::run);
    }

    @TestFactory
    List<DynamicTest> errors() {
        return SpecificationTests.below(ROOT + "errors", TopologyReducerSpecificationTest::run);
    }

    private static void run(BsonDocument test) {
        Model model = new Model(SpecificationUri.parse(test.getString("uri").getValue()));
        for (BsonValue phase : test.getArray("phases")) {
            for (BsonValue response : phase.asDocument().getArray("responses", new BsonArray())) {
                model.hello(
                        ServerAddress.parse(response.asArray().get(0).asString().getValue()),
                        response.asArray().get(1).asDocument());
            }
            for (BsonValue error : phase.asDocument().getArray("applicationErrors", new BsonArray())) {
                model.fail(error.asDocument());
            }
            model.check(phase.asDocument().getDocument("outcome"));
        }
    }

    /** What the manager does, without pools, monitors and listeners. */
    private static final class Model {
        private final int seedCount;
        private final Map<ServerAddress, Integer> generations = new HashMap<>();
        private TopologyDescription topology;

        Model(SpecificationUri uri) {
            this.seedCount = uri.seeds().size();
            this.topology = TopologyReducer.initial(uri.type(), uri.setName(), uri.seeds());
            if (uri.type() == TopologyType.LOAD_BALANCED) {
                update(ServerDescription.builder(uri.seeds().get(0))
                        .type(ServerType.LOAD_BALANCER)
                        .build());
            }
        }

        void hello(ServerAddress address, BsonDocument reply) {
            if (reply.isEmpty()) {
                MongoException failure = new MongoConnectionException("broken", null, address, false);
                if (!topology.servers().containsKey(address)) {
                    return;
                }
                apply(address, ErrorRules.onCheckFailed(failure), failure, null);
            } else {
                update(HelloParser.parse(address, reply, 0).build());
            }
        }

        void fail(BsonDocument error) {
            ServerAddress address =
                    ServerAddress.parse(error.getString("address").getValue());
            int current = generations.getOrDefault(address, 0);
            int generation =
                    error.getInt32("generation", new BsonInt32(current)).getValue();
            boolean handshakeCompleted = error.getString("when").getValue().equals("afterHandshakeCompletes");
            String type = error.getString("type").getValue();
            MongoException failure;
            if (type.equals("command")) {
                BsonDocument response = error.getDocument("response");
                failure = new MongoCommandException(
                        "refused",
                        response.getInt32("code", new BsonInt32(-1)).getValue(),
                        "",
                        response.getString("errmsg", new BsonString("")).getValue(),
                        response,
                        address);
            } else {
                failure = new MongoConnectionException("broken", null, address, type.equals("timeout"));
                if (!handshakeCompleted) {
                    // The pool marks network errors before the end of the hello so; those are the ones meant here.
                    failure.addLabel(MongoException.SYSTEM_OVERLOADED_ERROR);
                }
            }
            ApplicationError applied =
                    requireNonNull(ApplicationError.of(failure, handshakeCompleted, generation, null));
            ServerErrorDecision decision = ErrorRules.onApplicationError(
                    topology.type(), requireNonNull(topology.servers().get(address)), current, applied);
            apply(address, decision, failure, applied);
        }

        private void apply(
                ServerAddress address,
                ServerErrorDecision decision,
                MongoException failure,
                @Nullable ApplicationError error) {
            if (decision.markUnknown()) {
                update(ServerDescription.builder(address)
                        .error(failure)
                        .topologyVersion(error == null ? null : error.topologyVersion())
                        .build());
            }
            if (decision.clearPool()) {
                generations.merge(address, 1, Integer::sum);
            }
        }

        private void update(ServerDescription description) {
            topology = TopologyReducer.reduce(topology, description, seedCount).after();
        }

        void check(BsonDocument outcome) {
            assertThat(topology.type().specificationName())
                    .isEqualTo(outcome.getString("topologyType").getValue());
            assertValue(outcome, "setName", topology.setName());
            assertValue(outcome, "logicalSessionTimeoutMinutes", topology.logicalSessionTimeoutMinutes());
            assertValue(outcome, "maxSetVersion", topology.maxSetVersion());
            assertValue(outcome, "maxElectionId", topology.maxElectionId());
            assertThat(topology.compatible())
                    .isEqualTo(
                            outcome.getBoolean("compatible", BsonBoolean.TRUE).getValue());
            BsonDocument servers = outcome.getDocument("servers");
            assertThat(topology.servers().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            servers.keySet().stream().map(ServerAddress::parse).toList());
            servers.forEach((address, expected) ->
                    check(requireNonNull(topology.servers().get(ServerAddress.parse(address))), expected.asDocument()));
        }

        private void check(ServerDescription server, BsonDocument expected) {
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
                assertThat(generations.getOrDefault(server.address(), 0))
                        .isEqualTo(expected.getDocument("pool")
                                .getInt32("generation")
                                .getValue());
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
}
