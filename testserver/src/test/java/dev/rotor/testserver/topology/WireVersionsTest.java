package dev.rotor.testserver.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.testserver.engine.ServerVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of the wire version specification. */
class WireVersionsTest {

    @ParameterizedTest
    @CsvSource({
        "4.2, 8", "4.4, 9", "5.0, 13", "5.1, 14", "5.2, 15", "5.3, 16", "6.0, 17", "6.1, 18", "6.2, 19", "6.3, 20",
        "7.0, 21", "7.1, 22", "7.2, 23", "7.3, 24", "8.0, 25", "8.1, 26", "8.2, 27"
    })
    void everyReleaseAnnouncesItsWireVersion(String version, int wireVersion) {
        assertThat(WireVersions.of(ServerVersion.parse(version))).isEqualTo(wireVersion);
    }
}
