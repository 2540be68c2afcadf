package dev.rotor.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** {@code docs/conformance.md}, made from the results of a run. A pure function of them. */
final class Page {

    private final List<CaseResult> results;
    private final KnownFailures known;
    private final OfficialSkips skips;
    /** What a test file calls itself. */
    private final Function<String, String> descriptionOf;

    Page(List<CaseResult> results, KnownFailures known, OfficialSkips skips, Function<String, String> descriptionOf) {
        this.results = results;
        this.known = known;
        this.skips = skips;
        this.descriptionOf = descriptionOf;
    }

    String text() {
        StringBuilder page = new StringBuilder(PageText.HEAD);
        page.append("\n## By specification\n\n").append(PageText.SPECIFICATIONS);
        table(page, "specification", CaseResult::spec);
        page.append("\n## By transport\n\n").append(PageText.TRANSPORTS);
        page.append(TransportRows.BEGIN).append('\n').append(TransportRows.END).append('\n');
        page.append("\n## By server\n\n").append(PageText.SERVERS);
        table(page, "server", CaseResult::profile);
        page.append("\n## What is skipped, and why\n\n");
        skipped(page);
        page.append("\n## What fails, and why\n\n");
        failed(page);
        page.append("\n## What was run again, and why\n\n").append(PageText.REPEATS);
        repeated(page);
        page.append("\n## Cases that the official Java driver leaves out and that pass here\n\n")
                .append(PageText.OFFICIAL);
        official(page);
        return page.toString();
    }

    private void table(StringBuilder page, String title, Function<CaseResult, String> key) {
        Map<String, Tally> tallies = new TreeMap<>();
        Tally all = new Tally();
        for (CaseResult result : results) {
            tallies.computeIfAbsent(key.apply(result), name -> new Tally()).add(result);
            all.add(result);
        }
        page.append("| ")
                .append(title)
                .append(" | cases | passed | failed | skipped | runs |\n|---|---:|---:|---:|---:|---:|\n");
        tallies.forEach((name, tally) -> page.append(tally.row(name)));
        page.append(all.row("**all**"));
    }

    /** How often each reason was given, the most frequent first; what a reason quotes is left to the report. */
    private void skipped(StringBuilder page) {
        Map<String, TreeSet<String>> casesByReason = new TreeMap<>();
        for (CaseResult result : results) {
            if (result.status() == Status.SKIPPED) {
                casesByReason
                        .computeIfAbsent(
                                result.spec() + " | " + shortened(String.valueOf(result.reason())),
                                reason -> new TreeSet<>())
                        .add(result.file() + '\n' + result.description());
            }
        }
        if (casesByReason.isEmpty()) {
            page.append("Nothing.\n");
            return;
        }
        page.append("| cases | specification | reason |\n|---:|---|---|\n");
        casesByReason.entrySet().stream()
                .sorted((one, other) ->
                        Integer.compare(other.getValue().size(), one.getValue().size()))
                .forEach(each -> page.append("| ")
                        .append(each.getValue().size())
                        .append(" | ")
                        .append(each.getKey())
                        .append(" |\n"));
    }

    /** Each case that failed, where, and what the list of known failures says of it. */
    private void failed(StringBuilder page) {
        Map<String, TreeSet<String>> serversByCase = new TreeMap<>();
        for (CaseResult result : results) {
            if (result.status() == Status.FAILED) {
                String reason = known.reasonFor(result).orElse("**not reviewed**: " + result.reason());
                serversByCase
                        .computeIfAbsent(
                                "| " + result.file() + " | " + result.description() + " | " + shortened(reason) + " | ",
                                each -> new TreeSet<>())
                        .add(result.profile());
            }
        }
        if (serversByCase.isEmpty()) {
            page.append("Nothing.\n");
            return;
        }
        page.append("| file | case | reason | servers |\n|---|---|---|---|\n");
        serversByCase.forEach((row, servers) ->
                page.append(row).append(String.join(", ", servers)).append(" |\n"));
    }

    /** Each run that was done again: how it ended, and for each time before what had held it up. */
    private void repeated(StringBuilder page) {
        List<String> rows = new ArrayList<>();
        for (CaseResult result : results) {
            for (String repeat : result.repeats()) {
                rows.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s |%n",
                        result.file(),
                        result.description(),
                        result.profile(),
                        result.status().word(),
                        shortened(repeat)));
            }
        }
        if (rows.isEmpty()) {
            page.append("Nothing.\n");
            return;
        }
        page.append(
                "| file | case | server | in the end | what held it up, and how it had failed |\n|---|---|---|---|---|\n");
        rows.forEach(page::append);
    }

    private static String shortened(String reason) {
        String line = reason.lines().findFirst().orElse("").replace("|", "\\|");
        return line.length() <= 240 ? line : line.substring(0, 240) + "…";
    }

    private void official(StringBuilder page) {
        Map<OfficialSkips.Entry, Tally> tallies = new LinkedHashMap<>();
        Map<String, String> descriptions = new TreeMap<>();
        for (CaseResult result : results) {
            for (OfficialSkips.Entry entry : skips.entries()) {
                String description = descriptions.computeIfAbsent(result.file(), descriptionOf);
                if (entry.covers(result, description)) {
                    tallies.computeIfAbsent(entry, key -> new Tally()).add(result);
                }
            }
        }
        List<String> rows = new ArrayList<>();
        int cases = 0;
        for (OfficialSkips.Entry entry : skips.entries()) {
            Tally tally = tallies.get(entry);
            if (tally != null && tally.passed() > 0) {
                cases += tally.passed();
                rows.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %d | %s%s |%n",
                        entry.folder(),
                        entry.file().equals("*") ? "all files" : entry.file(),
                        entry.description().equals("*") ? "all cases" : entry.description(),
                        tally.passed(),
                        entry.why(),
                        entry.always() ? "" : ", on some servers"));
            }
        }
        page.append(String.format(Locale.ROOT, "%d cases, by %d entries of its list.%n%n", cases, rows.size()));
        page.append("| specification | file | case | pass here | why it leaves them out |\n|---|---|---|---:|---|\n");
        rows.forEach(page::append);
    }
}
