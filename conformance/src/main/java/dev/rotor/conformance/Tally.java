package dev.rotor.conformance;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts of cases, each of which may have run on several servers. */
final class Tally {

    private final Map<String, Set<Status>> cases = new TreeMap<>();
    private int passedRuns;
    private int failedRuns;

    void add(CaseResult result) {
        cases.computeIfAbsent(result.file() + '\n' + result.description(), name -> EnumSet.noneOf(Status.class))
                .add(result.status());
        if (result.status() == Status.PASSED) {
            passedRuns++;
        } else if (result.status() == Status.FAILED) {
            failedRuns++;
        }
    }

    /** Passed on at least one server and failed on none. */
    int passed() {
        return (int) cases.values().stream()
                .filter(statuses -> statuses.contains(Status.PASSED) && !statuses.contains(Status.FAILED))
                .count();
    }

    /** Failed on at least one server. */
    int failed() {
        return (int) cases.values().stream()
                .filter(statuses -> statuses.contains(Status.FAILED))
                .count();
    }

    /** Skipped wherever it was asked for. */
    int skipped() {
        return cases.size() - passed() - failed();
    }

    /** A row of a table of the page. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d |%n",
                name,
                cases.size(),
                passed(),
                failed(),
                skipped(),
                passedRuns + failedRuns);
    }

    /** A line of the table that is printed. */
    String line(String name) {
        return String.format(
                Locale.ROOT,
                "%-42s %7d %7d %7d %7d   %7d %7d %7d%n",
                name,
                cases.size(),
                passed(),
                failed(),
                skipped(),
                passedRuns + failedRuns,
                passedRuns,
                failedRuns);
    }
}
