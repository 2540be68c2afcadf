package dev.rotor.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The reviewed list of cases that fail, each with its reason. A failure that is not on it fails the build; so does an
 * entry whose case passes, and one that no case answers to: the list cannot go stale.
 *
 * <p>Each line of the file has four fields, separated by {@code " | "}: the test file, the case's description, the
 * profile or {@code *} for every profile, and the reason. Empty lines and lines that begin with {@code #} say nothing.
 */
public final class KnownFailures {

    /** Stands for every profile. */
    private static final String EVERY_PROFILE = "*";

    private final List<Entry> entries;

    private KnownFailures(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** One line of the list. */
    private record Entry(String file, String description, String profile, String reason) {

        boolean names(CaseResult result) {
            return file.equals(result.file())
                    && description.equals(result.description())
                    && (profile.equals(EVERY_PROFILE) || profile.equals(result.profile()));
        }

        @Override
        public String toString() {
            return file + ": " + description + " [" + profile + "]";
        }
    }

    /** Reads the list; a file that is not there is an empty list. */
    public static KnownFailures read(Path file) throws IOException {
        return Files.exists(file) ? parse(Files.readAllLines(file)) : parse(List.of());
    }

    /** Reads the lines of a list. */
    public static KnownFailures parse(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(" \\| ", 4);
            if (fields.length != 4 || fields[3].isBlank()) {
                throw new IllegalArgumentException("line " + number + " of the known failures is not"
                        + " 'file | description | profile or * | reason': " + line);
            }
            entries.add(new Entry(fields[0].strip(), fields[1].strip(), fields[2].strip(), fields[3].strip()));
        }
        return new KnownFailures(entries);
    }

    /** The reason that the list gives for a failure of this case. */
    public Optional<String> reasonFor(CaseResult result) {
        return entries.stream()
                .filter(entry -> entry.names(result))
                .map(Entry::reason)
                .findFirst();
    }

    /** Whether this result contradicts the list: it failed and is not listed, or passed although it is. */
    public Optional<String> contradictionBy(CaseResult result) {
        boolean listed = reasonFor(result).isPresent();
        if (result.status() == Status.FAILED && !listed) {
            return Optional.of("fails and is not a known failure: " + Objects.requireNonNull(result.reason()));
        }
        if (result.status() == Status.PASSED && listed) {
            return Optional.of("passes although it is listed as a known failure: take it off the list");
        }
        return Optional.empty();
    }

    /** The entries that none of the results answers to; meaningful after a run of everything. */
    public List<String> withoutCase(List<CaseResult> results) {
        return entries.stream()
                .filter(entry -> results.stream().noneMatch(entry::names))
                .map(Entry::toString)
                .toList();
    }
}
