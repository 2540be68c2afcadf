package dev.rotor.conformance.bson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** The test plan of the specification "BSON ObjectID", by its order. */
class ObjectIdProseTest {

    private static final int GREATEST_COUNTER = 0xFFFFFF;

    private static int counter(ObjectId id) {
        byte[] bytes = id.toByteArray();
        return ((bytes[9] & 0xFF) << 16) | ((bytes[10] & 0xFF) << 8) | (bytes[11] & 0xFF);
    }

    private static byte[] random(ObjectId id) {
        return Arrays.copyOfRange(id.toByteArray(), 4, 9);
    }

    @Test
    void objectId1TheTimestampIsUnsigned() {
        Map<String, String> times = Map.of(
                "00000000", "1970-01-01T00:00:00Z",
                "7FFFFFFF", "2038-01-19T03:14:07Z",
                "80000000", "2038-01-19T03:14:08Z",
                "FFFFFFFF", "2106-02-07T06:28:15Z");
        times.forEach((hex, time) -> {
            ObjectId id = new ObjectId(hex + "0000000000000000");
            assertThat(id.getDate().toInstant()).isEqualTo(Instant.parse(time));
            assertThat(Integer.toUnsignedLong(id.getTimestamp()))
                    .isEqualTo(Instant.parse(time).getEpochSecond());
        });
    }

    @Test
    void objectId2TheCounterStartsAgainAfterItsGreatestValue() {
        int made = counter(new ObjectId());
        ObjectId last = new ObjectId();
        // Tests that run at the same time draw from the same counter, so its last value may be somebody else's.
        for (int i = 0; i <= GREATEST_COUNTER && counter(last) >= made; i++) {
            made = counter(last);
            last = new ObjectId();
        }

        assertThat(made).isGreaterThan(GREATEST_COUNTER - 1000);
        assertThat(counter(last)).isLessThan(1000);
    }

    @Test
    void objectId3AnotherProcessHasAnotherRandomValue() throws Exception {
        String bson = Path.of(ObjectId.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        String tests = Path.of(OtherProcess.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        bson + File.pathSeparator + tests,
                        OtherProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ObjectId there =
                new ObjectId(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(random(there)).isNotEqualTo(random(new ObjectId()));
        assertThat(random(new ObjectId())).isEqualTo(random(new ObjectId()));
    }

    /** What the other process runs. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] arguments) {
            System.out.print(new ObjectId().toHexString());
        }
    }
}
