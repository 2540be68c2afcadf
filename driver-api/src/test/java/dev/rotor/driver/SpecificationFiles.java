package dev.rotor.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Assumptions;

/** Finds the JSON tests of the driver specifications. */
final class SpecificationFiles {

    private SpecificationFiles() {}

    /** All JSON files under a folder, or none, with an aborted test, when the specifications are not here. */
    static List<Path> under(String folder) {
        String root = System.getProperty("specifications.dir", "");
        Path directory = Path.of(root, folder);
        Assumptions.assumeTrue(
                !root.isEmpty() && Files.isDirectory(directory),
                () -> "the folder " + folder + " of the driver specifications is not there; set the system property"
                        + " specifications.dir to their source folder");
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BsonDocument parse(Path file) {
        try {
            return BsonDocument.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
