package dev.rotor.testserver.storage;

import java.time.Clock;
import java.time.Instant;

/** Cluster times: seconds in the upper half, a counter in the lower, each greater than all before. */
final class ClusterClock {
    private final Clock clock;
    private long last;
    private Instant lastWall;

    ClusterClock(Clock clock) {
        this.clock = clock;
        lastWall = clock.instant();
        last = (lastWall.getEpochSecond() << 32) | 1;
    }

    long next() {
        lastWall = clock.instant();
        last = Math.max(last + 1, (lastWall.getEpochSecond() << 32) | 1);
        return last;
    }

    void reach(long time) {
        if (time > last) {
            lastWall = clock.instant();
            last = time;
        }
    }

    long last() {
        return last;
    }

    Instant lastWall() {
        return lastWall;
    }
}
