package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The specification's own tests of the pool, unit and integration alike: the latter's server is a fake one. */
class ConnectionPoolSpecificationTest {

    @TestFactory
    Stream<DynamicTest> theSpecificationsTestsPass() throws IOException {
        Path folder = Path.of(System.getProperty("specifications.dir", "specifications"))
                .resolve("connection-monitoring-and-pooling");
        if (!Files.isDirectory(folder)) {
            // A test of its own, so that it is reported and counted as skipped; a factory that aborts would not be.
            return Stream.of(DynamicTest.dynamicTest(
                    "connection-monitoring-and-pooling",
                    () -> Assumptions.abort("the specification's tests are not at " + folder
                            + ": point -Dspecifications.dir at the source folder of mongodb/specifications")));
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(path -> path.toString().endsWith(".json"))
                    .filter(path -> {
                        BsonDocument test = read(path);
                        return test.containsKey("style") && test.containsKey("operations");
                    })
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(path -> DynamicTest.dynamicTest(String.valueOf(path.getFileName()), () -> {
                    BsonDocument test = read(path);
                    assertThat(test.getNumber("version", new BsonInt32(0)).intValue())
                            .isEqualTo(1);
                    assumeRunnable(test);
                    new CmapRun(test).run();
                }));
    }

    /** The fake server is of the newest version. */
    private static void assumeRunnable(BsonDocument test) {
        if (!test.containsKey("runOn")) {
            return;
        }
        for (BsonValue requirement : test.getArray("runOn")) {
            if (!requirement.asDocument().containsKey("maxServerVersion")) {
                return;
            }
        }
        Assumptions.abort("Only for servers older than the one that is emulated: " + test.get("runOn")
                + "; run it against such a server with the integration suites");
    }

    private static BsonDocument read(Path path) {
        try {
            return BsonDocument.parse(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
