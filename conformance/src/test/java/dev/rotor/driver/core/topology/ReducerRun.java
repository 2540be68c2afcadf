package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The JSON tests of the Server Discovery and Monitoring specification, on the reducer and the error rules alone. */
final class ReducerRun {

    private ReducerRun() {}

    /** Events come from the manager only. */
    static boolean expectsNoEvents(BsonDocument file) {
        return file.getArray("phases").stream()
                .noneMatch(phase -> phase.asDocument().getDocument("outcome").containsKey("events"));
    }

    static void run(BsonDocument test) {
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
            ApplicationError parsed = SpecificationErrors.parse(error, current);
            ServerErrorDecision decision = ErrorRules.onApplicationError(
                    topology.type(), requireNonNull(topology.servers().get(address)), current, parsed);
            apply(address, decision, parsed.failure(), parsed);
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
            SpecificationOutcome.check(topology, address -> generations.getOrDefault(address, 0), outcome);
        }
    }
}
