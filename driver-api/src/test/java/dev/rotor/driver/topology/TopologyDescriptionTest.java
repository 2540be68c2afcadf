package dev.rotor.driver.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TagSet;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class TopologyDescriptionTest {

    private static final ServerAddress A = ServerAddress.parse("a");
    private static final ServerAddress B = ServerAddress.parse("b");

    @Test
    void timesTheLastWriteAndLimitsDoNotCountForEquality() {
        ServerDescription one =
                ServerDescription.builder(A).type(ServerType.RS_SECONDARY).build();
        ServerDescription other = one.toBuilder()
                .roundTripTime(Duration.ofMillis(3))
                .minRoundTripTime(Duration.ofMillis(1))
                .lastWriteDate(Instant.EPOCH)
                .lastUpdateTime(5)
                .maxBsonObjectSize(1)
                .maxMessageSizeBytes(2)
                .maxWriteBatchSize(3)
                .build();
        assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(other.toBuilder().build().maxBsonObjectSize()).isEqualTo(1);
        assertThat(other.toBuilder().build().maxMessageSizeBytes()).isEqualTo(2);
        assertThat(other.toBuilder().build().maxWriteBatchSize()).isEqualTo(3);
    }

    @Test
    void membersAreGivenByWhatTheyAre() {
        ServerDescription primary =
                ServerDescription.builder(A).type(ServerType.RS_PRIMARY).build();
        ServerDescription arbiter =
                ServerDescription.builder(B).type(ServerType.RS_ARBITER).build();
        TopologyDescription set = new TopologyDescription(
                TopologyType.REPLICA_SET_WITH_PRIMARY, "rs", null, null, Map.of(A, primary, B, arbiter), null, 30);

        assertThat(set.primary()).isSameAs(primary);
        assertThat(set.secondaries()).isEmpty();
        assertThat(set.arbiters()).containsExactly(arbiter);
        assertThat(TopologyDescription.EMPTY.primary()).isNull();
    }

    @Test
    void everythingElseCountsForEquality() {
        ServerDescription one =
                ServerDescription.builder(A).type(ServerType.RS_SECONDARY).build();
        assertThat(List.of(
                        ServerDescription.builder(B)
                                .type(ServerType.RS_SECONDARY)
                                .build(),
                        one.toBuilder().type(ServerType.RS_PRIMARY).build(),
                        one.toBuilder().error(new MongoException("x", null)).build(),
                        one.toBuilder().electionId(new ObjectId()).build(),
                        one.toBuilder().setVersion(1).build(),
                        one.toBuilder().setName("rs").build(),
                        one.toBuilder().me(A).build(),
                        one.toBuilder().primary(A).build(),
                        one.toBuilder().hosts(Set.of(A)).build(),
                        one.toBuilder().passives(Set.of(A)).build(),
                        one.toBuilder().arbiters(Set.of(A)).build(),
                        one.toBuilder().tags(new TagSet(Map.of("dc", "ny"))).build(),
                        one.toBuilder().minWireVersion(1).build(),
                        one.toBuilder().maxWireVersion(1).build(),
                        one.toBuilder().logicalSessionTimeoutMinutes(30).build(),
                        one.toBuilder()
                                .topologyVersion(new TopologyVersion(new ObjectId(), 1))
                                .build(),
                        one.toBuilder().iscryptd(true).build()))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
    }

    @Test
    void twoFailuresOfTheSameKindWithTheSameWordsAreEqual() {
        assertThat(failed("refused")).isEqualTo(failed("refused")).isNotEqualTo(failed("timed out"));
    }

    @Test
    void whichServersAreReadableAndWritableFollowsFromTheTopologysType() {
        assertThat(topology(TopologyType.UNKNOWN, ServerType.UNKNOWN).hasReadableServer())
                .isFalse();
        assertThat(topology(TopologyType.UNKNOWN, ServerType.UNKNOWN).hasWritableServer())
                .isFalse();
        assertThat(topology(TopologyType.SINGLE, ServerType.RS_SECONDARY).hasWritableServer())
                .isTrue();
        assertThat(topology(TopologyType.SINGLE, ServerType.UNKNOWN).hasReadableServer())
                .isFalse();
        assertThat(topology(TopologyType.SHARDED, ServerType.MONGOS).hasReadableServer(ReadPreference.SECONDARY))
                .isTrue();
        assertThat(topology(TopologyType.LOAD_BALANCED, ServerType.LOAD_BALANCER)
                        .hasWritableServer())
                .isTrue();
        TopologyDescription noPrimary = topology(TopologyType.REPLICA_SET_NO_PRIMARY, ServerType.RS_SECONDARY);
        assertThat(noPrimary.hasWritableServer()).isFalse();
        assertThat(noPrimary.hasReadableServer()).isFalse();
        assertThat(noPrimary.hasReadableServer(ReadPreference.PRIMARY_PREFERRED))
                .isTrue();
        assertThat(noPrimary.hasReadableServer(
                        ReadPreference.NEAREST.withTagSets(List.of(new TagSet(Map.of("dc", "ny"))))))
                .isFalse();
        TopologyDescription withPrimary = topology(TopologyType.REPLICA_SET_WITH_PRIMARY, ServerType.RS_PRIMARY);
        assertThat(withPrimary.hasWritableServer()).isTrue();
        assertThat(withPrimary.hasReadableServer(ReadPreference.SECONDARY)).isFalse();
        assertThat(withPrimary.hasReadableServer(ReadPreference.SECONDARY_PREFERRED))
                .isTrue();
    }

    @Test
    void topologyVersionsOfOneProcessAreComparedAndOthersAreTakenToBeNewer() {
        TopologyVersion one = new TopologyVersion(new ObjectId("000000000000000000000001"), 1);
        TopologyVersion two = new TopologyVersion(new ObjectId("000000000000000000000001"), 2);
        TopologyVersion restarted = new TopologyVersion(new ObjectId("000000000000000000000002"), 0);
        assertThat(TopologyVersion.isOlder(one, two)).isTrue();
        assertThat(TopologyVersion.isOlder(two, two)).isFalse();
        assertThat(TopologyVersion.isOlder(two, one)).isFalse();
        assertThat(TopologyVersion.isOlder(restarted, two)).isFalse();
        assertThat(TopologyVersion.isOlder(null, two)).isFalse();
        assertThat(TopologyVersion.isOlder(one, null)).isFalse();
        assertThat(TopologyVersion.isOlderOrEqual(two, two)).isTrue();
        assertThat(TopologyVersion.isOlderOrEqual(restarted, two)).isFalse();
        assertThat(TopologyVersion.isOlderOrEqual(null, null)).isFalse();
    }

    @Test
    void aDescriptionCannotBeChangedThroughWhatItWasMadeOf() {
        Map<ServerAddress, ServerDescription> servers = new LinkedHashMap<>();
        servers.put(A, ServerDescription.unknown(A));
        TopologyDescription topology =
                new TopologyDescription(TopologyType.UNKNOWN, null, null, null, servers, null, null);
        servers.clear();
        assertThat(topology.servers()).hasSize(1);
        assertThatThrownBy(() -> topology.servers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theTextNamesTypesServersAndErrors() {
        TopologyDescription topology = new TopologyDescription(
                TopologyType.REPLICA_SET_NO_PRIMARY, "rs", null, null, Map.of(A, failed("refused")), null, null);
        assertThat(topology)
                .hasToString("{type ReplicaSetNoPrimary, set rs, servers [{a:27017, type Unknown, error: refused}]}");
    }

    private static ServerDescription failed(String why) {
        return ServerDescription.builder(A)
                .error(new MongoConnectionException(why, null, A, false))
                .build();
    }

    private static TopologyDescription topology(TopologyType type, ServerType server) {
        ServerDescription description =
                ServerDescription.builder(A).type(server).build();
        return new TopologyDescription(type, null, null, null, Map.of(A, description), null, null);
    }
}
