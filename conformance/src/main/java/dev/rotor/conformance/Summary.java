package dev.rotor.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts of a run, per specification. */
public final class Summary {

    private final Map<String, Counts> bySpec = new TreeMap<>();
    private final Counts all = new Counts();

    private Summary() {}

    /** Counts the results. */
    public static Summary of(List<CaseResult> results) {
        Summary summary = new Summary();
        for (CaseResult result : results) {
            summary.bySpec.computeIfAbsent(result.spec(), spec -> new Counts()).add(result);
            summary.all.add(result);
        }
        return summary;
    }

    /**
     * A table for people: per specification the cases, those that passed on at least one profile and failed on none,
     * failed on at least one, and were skipped on every one; then the runs, each being a case on a profile.
     */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%-42s %7s %7s %7s %7s   %7s %7s %7s%n",
                "specification",
                "cases",
                "passed",
                "failed",
                "skipped",
                "runs",
                "passed",
                "failed"));
        bySpec.forEach((spec, counts) -> table.append(counts.line(spec)));
        return table.append(all.line("all")).toString();
    }

    private static final class Counts {
        private final Map<String, Set<Status>> cases = new TreeMap<>();
        private int passedRuns;
        private int failedRuns;

        void add(CaseResult result) {
            cases.computeIfAbsent(result.file() + '\n' + result.description(), name -> new TreeSet<>())
                    .add(result.status());
            if (result.status() == Status.PASSED) {
                passedRuns++;
            } else if (result.status() == Status.FAILED) {
                failedRuns++;
            }
        }

        private long count(Status status) {
            return cases.values().stream()
                    .filter(statuses -> overall(statuses) == status)
                    .count();
        }

        private static @Nullable Status overall(Set<Status> statuses) {
            if (statuses.contains(Status.FAILED)) {
                return Status.FAILED;
            }
            return statuses.contains(Status.PASSED) ? Status.PASSED : Status.SKIPPED;
        }

        String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-42s %7d %7d %7d %7d   %7d %7d %7d%n",
                    name,
                    cases.size(),
                    count(Status.PASSED),
                    count(Status.FAILED),
                    count(Status.SKIPPED),
                    passedRuns + failedRuns,
                    passedRuns,
                    failedRuns);
        }
    }
}
