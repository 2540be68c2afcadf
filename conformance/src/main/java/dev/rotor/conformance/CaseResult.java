package dev.rotor.conformance;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one case of a specification's tests ended on one profile.
 *
 * @param spec the specification: the first folder of the file's path
 * @param file the path of the test file, from the folder of the specifications on, with forward slashes
 * @param description what the file calls the case
 * @param profile the deployment that it ran on, or {@link #NO_SERVER}
 * @param status how it ended
 * @param reason why it failed or was skipped; {@code null} when it passed
 * @param repeats why it was run again, once for each time: what had held threads up, and the failure that came of it
 */
public record CaseResult(
        String spec,
        String file,
        String description,
        String profile,
        Status status,
        @Nullable String reason,
        List<String> repeats) {

    /** The profile of cases that need no server. */
    public static final String NO_SERVER = "-";

    public CaseResult {
        repeats = List.copyOf(repeats);
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(profile, "profile");
        if (status != Status.PASSED && (reason == null || reason.isBlank())) {
            throw new IllegalArgumentException("a case that is " + status.word() + " needs a reason: " + file + ", "
                    + description + " on " + profile);
        }
    }

    /** The result of a case that was run once. */
    public CaseResult(
            String spec, String file, String description, String profile, Status status, @Nullable String reason) {
        this(spec, file, description, profile, status, reason, List.of());
    }
}
