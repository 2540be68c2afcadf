package dev.rotor.gridfs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A clock that the test moves on. */
class ManualTime implements GridFsTime {

    private record Timer(long end, CompletableFuture<Void> future) {}

    private final List<Timer> timers = new ArrayList<>();
    private long now;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public CompletableFuture<Void> timer(Duration delay) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        timers.add(new Timer(now + delay.toNanos(), future));
        return future;
    }

    void advance(Duration by) {
        now += by.toNanos();
        for (Timer timer : List.copyOf(timers)) {
            if (timer.end <= now) {
                timer.future.complete(null);
            }
        }
    }

    /** How many timers nobody has cancelled, and whose time has not come. */
    long waiting() {
        return timers.stream().filter(timer -> !timer.future.isDone()).count();
    }
}
