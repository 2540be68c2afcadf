package dev.rotor.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Finds the JSON tests of the driver specifications. */
final class SpecificationFiles {

    private SpecificationFiles() {}

    /** What to do where a folder of the specifications is not here, or {@code null} where it is. */
    static @Nullable String missing(String folder) {
        String root = System.getProperty("specifications.dir", "");
        return !root.isEmpty() && Files.isDirectory(Path.of(root, folder))
                ? null
                : "the folder " + folder + " of the driver specifications is not there; set the system property"
                        + " specifications.dir to their source folder";
    }

    /** All JSON files under a folder that is there. */
    static List<Path> under(String folder) {
        Path directory = Path.of(System.getProperty("specifications.dir", ""), folder);
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
