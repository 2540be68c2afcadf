package dev.rotor.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts of a run, per specification. */
public final class Summary {

    private final Map<String, Tally> bySpec = new TreeMap<>();
    private final Tally all = new Tally();
    private int repeatedRuns;

    private Summary() {}

    /** Counts the results. */
    public static Summary of(List<CaseResult> results) {
        Summary summary = new Summary();
        for (CaseResult result : results) {
            summary.bySpec.computeIfAbsent(result.spec(), spec -> new Tally()).add(result);
            summary.all.add(result);
            summary.repeatedRuns += result.repeats().isEmpty() ? 0 : 1;
        }
        return summary;
    }

    /**
     * A table for people: per specification the cases, those that passed on at least one profile and failed on none,
     * failed on at least one, and were skipped on every one; then the runs, each being a case on a profile. Below it
     * stands how many runs were done again.
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
        return table.append(all.line("all"))
                .append(String.format(
                        Locale.ROOT,
                        "%d runs were done again because something had held threads up; \"repeats\" in the report tells"
                                + " what, and how they had failed%n",
                        repeatedRuns))
                .toString();
    }
}
