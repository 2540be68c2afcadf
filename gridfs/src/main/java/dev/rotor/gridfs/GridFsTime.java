package dev.rotor.gridfs;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tells the time; tests bring their own. */
interface GridFsTime {

    /** The clocks of the system. */
    GridFsTime SYSTEM = new GridFsTime() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public CompletableFuture<Void> timer(Duration delay) {
            return new CompletableFuture<Void>().completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    };

    /** For differences only. */
    long nanoTime();

    /** For people. */
    Instant now();

    /** Completes when so much time has passed, on a thread that is not to be kept; cancelling it ends the timer. */
    CompletableFuture<Void> timer(Duration delay);
}
