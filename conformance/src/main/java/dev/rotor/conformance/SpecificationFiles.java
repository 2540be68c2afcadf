package dev.rotor.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds and reads the test files of the specifications. */
public final class SpecificationFiles {

    private SpecificationFiles() {}

    /** All JSON files below a folder, sorted by path; none where the folder does not exist. */
    public static List<Path> jsonBelow(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot look through " + folder, failure);
        }
    }

    /** The file's path as reports name it: from the folder of the specifications on, with forward slashes. */
    public static String name(Options options, Path file) {
        return options.specifications().relativize(file).toString().replace('\\', '/');
    }

    /** The file's text. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }
}
