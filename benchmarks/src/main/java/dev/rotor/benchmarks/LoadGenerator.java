package dev.rotor.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Puts one driver under load and measures what its process uses up meanwhile. */
final class LoadGenerator implements AutoCloseable {

    private final Subject subject;

    /** Kept for all rounds: what a thread has used up cannot be asked any more when it has ended. */
    private final ExecutorService callers = Executors.newFixedThreadPool(Mode.THREADS.concurrency);

    LoadGenerator(Subject subject) {
        this.subject = subject;
    }

    /** Runs one round. */
    Measurement run(Operation operation, Mode mode, Limit limit) {
        // Made first: what many chains count in would be taken for memory that the driver has allocated.
        List<Chain> chains = mode.blocking ? List.of() : chains(operation, mode, limit);
        ProcessCounters before = ProcessCounters.beforeRound();
        long start = System.nanoTime();
        Histogram histogram = mode.blocking ? blocking(operation, mode, limit) : chained(chains);
        long nanos = System.nanoTime() - start;
        ProcessCounters after = ProcessCounters.afterRound();
        double operations = histogram.total();
        return new Measurement(
                operations * 1e9 / nanos,
                after.cpuNanosSince(before) / 1e3 / operations,
                after.allocatedBytesSince(before) / operations,
                after.waitsSince(before) / operations,
                after.preemptionsSince(before) / operations,
                histogram.percentile(0.5) / 1e3,
                histogram.percentile(0.99) / 1e3);
    }

    @Override
    public void close() {
        callers.shutdown();
    }

    private Histogram blocking(Operation operation, Mode mode, Limit limit) {
        if (mode.concurrency == 1) {
            return caller(operation, limit);
        }
        List<CompletableFuture<Histogram>> ends = new ArrayList<>();
        Limit share = limit.share(mode.concurrency);
        for (int i = 0; i < mode.concurrency; i++) {
            ends.add(CompletableFuture.supplyAsync(() -> caller(operation, share), callers));
        }
        Histogram all = new Histogram();
        for (CompletableFuture<Histogram> end : ends) {
            all.add(end.join());
        }
        return all;
    }

    private Histogram caller(Operation operation, Limit limit) {
        Histogram histogram = new Histogram();
        long deadline = System.nanoTime() + limit.nanos();
        long started = System.nanoTime();
        for (long done = 0; done < limit.operations() && started - deadline < 0; done++) {
            if (subject.call(operation) == null) {
                throw new IllegalStateException(operation + " gave no result");
            }
            long now = System.nanoTime();
            histogram.record(now - started);
            started = now;
        }
        return histogram;
    }

    private List<Chain> chains(Operation operation, Mode mode, Limit limit) {
        if (!(subject instanceof AsyncSubject async)) {
            throw new IllegalArgumentException("this driver can only block: " + mode + " is not for it");
        }
        List<Chain> chains = new ArrayList<>();
        Limit share = limit.share(mode.concurrency);
        for (int i = 0; i < mode.concurrency; i++) {
            chains.add(new Chain(async, operation, share));
        }
        return chains;
    }

    private static Histogram chained(List<Chain> chains) {
        chains.forEach(Chain::begin);
        Histogram all = new Histogram();
        for (Chain chain : chains) {
            all.add(chain.await());
        }
        return all;
    }
}
