package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.topology.ServerDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The prose tests of Max Staleness, and those of Server Selection's test plan that it only recommends. */
class SelectionProseTest {

    private static MongoClientSettings settings(String options) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://host/?" + options))
                .build();
    }

    private static ServerDescription description(ClusterRig rig) {
        return Objects.requireNonNull(
                rig.client().topologyDescription().servers().get(rig.member(0).address));
    }

    @Test
    @DisplayName("Max Staleness, prose test 1: maxStalenessSeconds of the connection string")
    void maxStaleness1Basic() {
        assertThat(settings("readPreference=secondary&maxStalenessSeconds=120").readPreference())
                .isEqualTo(ReadPreference.SECONDARY.withMaxStaleness(Duration.ofMinutes(2)));
    }

    @Test
    @DisplayName("Max Staleness, prose test 2: none with mode primary")
    void maxStaleness2NotWithPrimary() {
        assertThatThrownBy(() -> settings("maxStalenessSeconds=120"))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("maxStalenessSeconds");
        assertThatThrownBy(() -> settings("readPreference=primary&maxStalenessSeconds=120"))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("maxStalenessSeconds");
    }

    @Test
    @DisplayName("Max Staleness, prose test 3: -1 means that there is none")
    void maxStaleness3MinusOneIsNone() {
        assertThat(settings("readPreference=secondary&maxStalenessSeconds=-1").readPreference())
                .isEqualTo(ReadPreference.SECONDARY);
        assertThat(settings("readPreference=primary&maxStalenessSeconds=-1").readPreference())
                .isEqualTo(ReadPreference.PRIMARY);
    }

    @Test
    @DisplayName("Max Staleness, prose test 4: a client can be made with one that is too small")
    void maxStaleness4NoValidation() {
        try (MongoClient client =
                MongoClient.create("mongodb://127.0.0.1:1/?readPreference=secondary&maxStalenessSeconds=1")) {
            assertThat(client.readPreference().mode()).isEqualTo(ReadPreference.Mode.SECONDARY);
        }
        // As the URI Options specification has it, the value of the connection string is passed over with a warning.
        MongoClientSettings told = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:1/"))
                .readPreference(ReadPreference.SECONDARY.withMaxStaleness(Duration.ofSeconds(1)))
                .build();
        try (MongoClient client = MongoClient.create(told)) {
            assertThat(client.readPreference().maxStaleness()).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    @DisplayName("Max Staleness, prose test 5: heartbeatFrequencyMS is configurable")
    void maxStaleness5HeartbeatFrequency() {
        assertThat(settings("heartbeatFrequencyMS=500").topologySettings().heartbeatFrequency())
                .isEqualTo(Duration.ofMillis(500));
        ClusterRig rig = ClusterRig.standalone("heartbeatFrequencyMS=500");
        rig.client();
        long first = rig.member(0).said.stream()
                .filter("client hello received"::equals)
                .count();

        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.member(0).said.stream()
                                .filter("client hello received"::equals)
                                .count()
                        - first)
                .isEqualTo(20);
    }

    @Test
    @DisplayName("Max Staleness, prose test 6: lastWriteDate is parsed")
    void maxStaleness6LastWriteDate() {
        ClusterRig rig = ClusterRig.replicaSet(1, "&heartbeatFrequencyMS=500");
        FakeMember member = rig.member(0);
        String hello = member.hello;
        Instant first = Instant.parse("2026-08-13T10:00:00.123Z");
        Instant second = first.plusSeconds(2);
        member.hello = hello + ", lastWrite: {lastWriteDate: {$date: '" + first + "'}}";
        assertThat(description(rig).lastWriteDate()).isEqualTo(first);

        member.hello = hello + ", lastWrite: {lastWriteDate: {$date: '" + second + "'}}";
        rig.pass(Duration.ofSeconds(1));

        assertThat(description(rig).lastWriteDate()).isEqualTo(second);
    }

    /** The read preference that goes with a find to a mongos; an empty document when there is none. */
    private static BsonDocument sentToMongos(String options) {
        ClusterRig rig = ClusterRig.sharded(1, options);
        rig.done(rig.collection().find().first());
        return rig.member(0).received.get(0).body().getDocument("$readPreference", new BsonDocument());
    }

    @Test
    @DisplayName("Max Staleness, prose test 7: $readPreference of a direct connection to a mongos")
    void maxStaleness7ReadPreferenceToMongos() {
        BsonDocument sent = sentToMongos("readPreference=secondary&maxStalenessSeconds=120");
        assertThat(sent.keySet()).containsExactlyInAnyOrder("mode", "maxStalenessSeconds");
        assertThat(sent.getString("mode").getValue()).isEqualTo("secondary");
        assertThat(sent.getNumber("maxStalenessSeconds").longValue()).isEqualTo(120);
        assertThat(sent.getNumber("maxStalenessSeconds").getBsonType()).isIn(BsonType.INT32, BsonType.INT64);

        assertThat(sentToMongos("readPreference=secondary")).isEqualTo(BsonDocument.parse("{mode: 'secondary'}"));
    }

    // ---- Server Selection's test plan

    @Test
    @DisplayName("Server Selection, test plan: mode primary with tags is refused")
    void aPrimaryWithTagsIsRefused() {
        assertThatThrownBy(() -> ReadPreference.PRIMARY.withTagSets(List.of(new TagSet(Map.of("dc", "east")))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings("readPreferenceTags=dc:east"))
                .isInstanceOf(MongoConfigurationException.class);
    }

    @Test
    @DisplayName("Server Selection, test plan: a disconnected server's round trips are forgotten")
    void theRoundTripTimeBeginsAgainAfterADisconnection() {
        ClusterRig rig = ClusterRig.standalone("heartbeatFrequencyMS=500");
        FakeMember member = rig.member(0);
        member.helloDelay = Duration.ofMillis(1);
        rig.client();
        rig.pass(Duration.ofSeconds(3));
        assertThat(description(rig).roundTripTime()).isEqualTo(Duration.ofMillis(1));

        member.fail(10, "hello", FakeMember.BREAK);
        rig.pass(Duration.ofSeconds(1));
        assertThat(description(rig).roundTripTime()).isNull();

        member.helloDelay = Duration.ofMillis(100);
        rig.pass(Duration.ofSeconds(8));
        assertThat(description(rig).roundTripTime()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    @DisplayName("Server Selection, test plan: which read preferences are passed to a mongos")
    void readPreferencesArePassedToMongos() {
        assertThat(sentToMongos("readPreference=primary")).isEmpty();
        for (String mode : List.of("primaryPreferred", "secondary", "nearest")) {
            assertThat(sentToMongos("readPreference=" + mode)).isEqualTo(BsonDocument.parse("{mode: '" + mode + "'}"));
        }
        // OP_MSG has no flag that says the same as secondaryPreferred, so that is passed, too.
        assertThat(sentToMongos("readPreference=secondaryPreferred"))
                .isEqualTo(BsonDocument.parse("{mode: 'secondaryPreferred'}"));
        assertThat(sentToMongos("readPreference=secondaryPreferred&readPreferenceTags=dc:east"))
                .isEqualTo(BsonDocument.parse("{mode: 'secondaryPreferred', tags: [{dc: 'east'}]}"));
    }
}
