package dev.rotor.conformance;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts of cases, each of which may have run on several servers. */
final class Tally {

    private final Map<String, Set<Status>> cases = new TreeMap<>();
    private int runs;

    void add(CaseResult result) {
        cases.computeIfAbsent(result.file() + '\n' + result.description(), name -> EnumSet.noneOf(Status.class))
                .add(result.status());
        if (result.status() != Status.SKIPPED) {
            runs++;
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

    /** A row of a table. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d |%n",
                name,
                cases.size(),
                passed(),
                failed(),
                skipped(),
                runs);
    }
}
