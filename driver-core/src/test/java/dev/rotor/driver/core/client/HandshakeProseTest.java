package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoDriverInformation;
import dev.rotor.driver.core.fake.FakeMessage;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The "Client Metadata Update" prose tests of the handshake specification, by their numbers. What the driver says of
 * itself is as long as the tests' machine has it, so the first entry of each list is left out of comparisons. The
 * driver has no null: an empty version or platform is unset.
 */
class HandshakeProseTest {

    private static final MongoDriverInformation LIBRARY =
            new MongoDriverInformation("library", "1.2", "Library Platform");

    private final ClusterRig rig = ClusterRig.standalone("maxIdleTimeMS=1&heartbeatFrequencyMS=600000");

    /** Sends a ping on a new connection, since those before are too old; gives what that told of the client. */
    private BsonDocument told() {
        rig.client();
        rig.pass(Duration.ofMillis(5));
        int before = rig.member(0).hellos.size();
        rig.done(rig.client().getDatabase("admin").runCommand(new Document("ping", 1)));
        List<FakeMessage> hellos = rig.member(0).hellos;
        assertThat(hellos).hasSize(before + 1);
        return BsonDocument.parse(
                hellos.get(before).body().getDocument("client").toJson());
    }

    private void append(String name, String version, String platform) {
        rig.client().appendMetadata(new MongoDriverInformation(name, version, platform));
    }

    private static String appended(String list) {
        int bar = list.indexOf('|');
        return bar < 0 ? "" : list.substring(bar + 1);
    }

    private static void assertTells(BsonDocument client, String names, String versions, String platforms) {
        BsonDocument driver = client.getDocument("driver");
        assertThat(appended(driver.getString("name").getValue())).isEqualTo(names);
        assertThat(appended(driver.getString("version").getValue())).isEqualTo(versions);
        assertThat(appended(client.getString("platform").getValue())).isEqualTo(platforms);
    }

    private static void assertRestIsTheSame(BsonDocument client, BsonDocument before) {
        BsonDocument one = client.clone();
        BsonDocument other = before.clone();
        for (String changed : List.of("driver", "platform")) {
            one.remove(changed);
            other.remove(changed);
        }
        assertThat(one).isEqualTo(other);
    }

    private static String with(String first, String second) {
        return second.isEmpty() ? first : first + "|" + second;
    }

    private void assertFrameworkIsAppended(String name, String version, String platform) {
        BsonDocument before = told();
        assertTells(before, "library", "1.2", "Library Platform");

        append(name, version, platform);
        BsonDocument after = told();

        assertTells(after, with("library", name), with("1.2", version), with("Library Platform", platform));
        assertRestIsTheSame(after, before);
    }

    @ParameterizedTest
    @CsvSource({
        "framework, 2.0, Framework Platform",
        "framework, 2.0, ''",
        "framework, '', Framework Platform",
        "framework, '', ''"
    })
    void test1MetadataIsUpdated(String name, String version, String platform) {
        rig.settings.driverInformation(LIBRARY);

        assertFrameworkIsAppended(name, version, platform);
    }

    @ParameterizedTest
    @CsvSource({
        "framework, 2.0, Framework Platform",
        "framework, 2.0, ''",
        "framework, '', Framework Platform",
        "framework, '', ''"
    })
    void test2MetadataIsUpdatedAgain(String name, String version, String platform) {
        rig.client().appendMetadata(LIBRARY);

        assertFrameworkIsAppended(name, version, platform);
    }

    @ParameterizedTest
    @CsvSource({
        "library, 1.2, Library Platform",
        "framework, 1.2, Library Platform",
        "library, 2.0, Library Platform",
        "library, 1.2, Framework Platform",
        "framework, 2.0, Library Platform",
        "framework, 1.2, Framework Platform",
        "library, 2.0, Framework Platform"
    })
    void test3OfDuplicatesOnlyThoseThatDifferAreAppended(String name, String version, String platform) {
        rig.client().appendMetadata(LIBRARY);
        BsonDocument before = told();

        append(name, version, platform);
        BsonDocument after = told();

        if (new MongoDriverInformation(name, version, platform).equals(LIBRARY)) {
            assertThat(after).isEqualTo(before);
        } else {
            assertTells(after, "library|" + name, "1.2|" + version, "Library Platform|" + platform);
            assertRestIsTheSame(after, before);
        }
    }

    @Test
    void test4WhatWasAppendedBeforeSomethingElseIsNotAppendedAgain() {
        rig.client().appendMetadata(LIBRARY);
        told();
        append("framework", "2.0", "Framework Platform");
        BsonDocument before = told();
        assertTells(before, "library|framework", "1.2|2.0", "Library Platform|Framework Platform");

        rig.client().appendMetadata(LIBRARY);

        assertThat(told()).isEqualTo(before);
    }

    @Test
    void test5WhatTheSettingsSayIsNotAppendedAgain() {
        rig.settings.driverInformation(LIBRARY);
        BsonDocument before = told();

        append("library", "1.2", "Library Platform");

        assertThat(told()).isEqualTo(before);
    }

    @Test
    void test6WhatTheSettingsSayIsNotAppendedAgainAfterSomethingElse() {
        rig.settings.driverInformation(LIBRARY);
        told();
        append("framework", "1.2", "Library Platform");
        BsonDocument before = told();
        assertTells(before, "library|framework", "1.2|1.2", "Library Platform|Library Platform");

        append("library", "1.2", "Library Platform");

        assertThat(told()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"'', Library Platform", "1.2, ''"})
    void test7WhatIsUnsetIsPartOfWhatIsCompared(String version, String platform) {
        append("library", version, platform);
        BsonDocument before = told();
        assertTells(before, "library", version, platform);

        append("library", version, platform);

        assertThat(told()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"'', Library Platform", "1.2, ''"})
    void test8WhatIsUnsetInTheSettingsIsPartOfWhatIsCompared(String version, String platform) {
        rig.settings.driverInformation(new MongoDriverInformation("library", version, platform));
        BsonDocument before = told();
        assertTells(before, "library", version, platform);

        append("library", version, platform);

        assertThat(told()).isEqualTo(before);
    }
}
