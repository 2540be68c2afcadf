package dev.rotor.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Runs the cases of all formats: those of a group one after the other, several groups at a time. */
public final class ConformanceRun {

    private final Options options;
    private final Report report = new Report();
    private final Map<ConformanceCase, CompletableFuture<CaseResult>> outcomes = new LinkedHashMap<>();
    private final List<CaseGroup> groups = new ArrayList<>();

    /** Finds the cases; runs none yet. */
    public ConformanceRun(Options options, List<Format> formats) {
        this(options, formats, each -> true);
    }

    /** Finds those of the cases that a part has; runs none yet. */
    public ConformanceRun(Options options, List<Format> formats, Predicate<ConformanceCase> part) {
        this.options = options;
        for (Format format : formats) {
            for (CaseGroup group : format.groups(options)) {
                List<ConformanceCase> wanted = group.cases().stream()
                        .filter(each -> each.matches(options.only()) && part.test(each))
                        .toList();
                if (!wanted.isEmpty()) {
                    groups.add(new CaseGroup(group.name(), wanted, group.end()));
                    wanted.forEach(each -> outcomes.put(each, new CompletableFuture<>()));
                }
            }
        }
    }

    /** The groups with the cases that were asked for. */
    public List<CaseGroup> groups() {
        return List.copyOf(groups);
    }

    /** The results so far. */
    public Report report() {
        return report;
    }

    /** What becomes of a case; completes once it was run, never with a failure. */
    public CompletableFuture<CaseResult> outcomeOf(ConformanceCase each) {
        CompletableFuture<CaseResult> outcome = outcomes.get(each);
        if (outcome == null) {
            throw new IllegalArgumentException("not a case of this run: " + each.name());
        }
        return outcome;
    }

    /** Starts everything and returns at once. */
    public CompletableFuture<Void> start() {
        AtomicInteger number = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(options.threads(), task -> {
            Thread thread = new Thread(task, "conformance-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (CaseGroup group : groups) {
            ends.add(CompletableFuture.runAsync(() -> run(group), executor));
        }
        executor.shutdown();
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }

    private void run(CaseGroup group) {
        try {
            for (ConformanceCase each : group.cases()) {
                tell(each, each.run());
            }
        } finally {
            // Whoever waits for a case must hear of it also when an error of the JVM ended this thread.
            for (ConformanceCase each : group.cases()) {
                if (!outcomeOf(each).isDone()) {
                    tell(each, each.failed("not run: the group " + group.name() + " was broken off"));
                }
            }
            close(group);
        }
    }

    private void tell(ConformanceCase each, CaseResult result) {
        report.add(result);
        outcomeOf(each).complete(result);
    }

    private void close(CaseGroup group) {
        try {
            group.end().close();
        } catch (Exception failure) {
            // Not the failure of any case; but what cannot be closed must not go unseen.
            String reason = "closing what the group " + group.name() + " shares: " + Reasons.of(failure);
            report.add(new CaseResult("conformance", group.name(), "closes", group.name(), Status.FAILED, reason));
        }
    }
}
