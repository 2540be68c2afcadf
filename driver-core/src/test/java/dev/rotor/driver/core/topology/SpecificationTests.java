package dev.rotor.driver.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Finds the JSON tests of the driver specifications. */
final class SpecificationTests {

    private SpecificationTests() {}

    /** One test for each JSON file below a folder of the specifications; fails if there are none. */
    static List<DynamicTest> below(String folder, Consumer<BsonDocument> test) {
        String root = System.getProperty("specifications.dir");
        if (root == null || !Files.isDirectory(Path.of(root))) {
            return List.of(DynamicTest.dynamicTest(
                    folder,
                    () -> Assumptions.abort("the specifications are not there: set -Dspecifications.dir to the source"
                            + " folder of a checkout of mongodb/specifications")));
        }
        Path base = Path.of(root, folder);
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(base)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .forEach(file -> tests.add(
                            DynamicTest.dynamicTest(base.relativize(file).toString(), () -> test.accept(read(file)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(tests).as("tests below %s", base).isNotEmpty();
        return tests;
    }

    private static BsonDocument read(Path file) {
        try {
            return BsonDocument.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
