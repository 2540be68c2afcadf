package dev.rotor.driver.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.Secret;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pure of the signature; whole signatures are checked by the test server. */
class AwsSignatureTest {

    /** "Region Calculation" of the specification. */
    @ParameterizedTest
    @CsvSource({
        "sts.amazonaws.com, us-east-1",
        "sts.us-west-2.amazonaws.com, us-west-2",
        "sts.us-west-2.amazonaws.com.ch, us-west-2",
        "example.com, com",
        "localhost, us-east-1"
    })
    void theRegionIsTheSecondLabelOfTheHost(String host, String region) {
        assertThat(AwsSignature.region(host)).isEqualTo(region);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sts..com", ".amazonaws.com", "sts.amazonaws.", "."})
    void aHostThatIsNoneIsRefused(String host) {
        assertThatThrownBy(() -> AwsSignature.region(host)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostMayHave255Bytes() {
        String label = "a".repeat(63);
        String host = label + "." + label + "." + label + "." + label;
        assertThat(AwsSignature.region(host)).isEqualTo(label);
        assertThatThrownBy(() -> AwsSignature.region(host + "a")).hasMessageContaining("256 bytes, not of 1 to 255");
    }

    /** The example of the documentation of AWS, "Examples of how to derive a signing key". */
    @Test
    void theSigningKeyIsThatOfTheDocumentation() {
        byte[] key = AwsSignature.signingKey(
                Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "20120215", "us-east-1", "iam");
        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
    }

    @Test
    void datesAreInUtc() {
        assertThat(AwsSignature.date(Instant.parse("2019-11-07T00:26:07.9Z"))).isEqualTo("20191107T002607Z");
    }
}
