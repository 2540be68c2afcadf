package dev.rotor.testserver.failpoint;

import de.bwaldvogel.mongo.bson.Document;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One fail point of a process: off until configured. */
public final class FailPoint {

    private final ReentrantLock lock = new ReentrantLock();
    private FailPointMode mode = new FailPointMode(FailPointMode.Kind.OFF, 0);
    private Document data = new Document();
    private long left;
    private long entered;

    /** Sets it, and returns how often it was entered so far. */
    long configure(FailPointMode newMode, Document newData) {
        lock.lock();
        try {
            mode = newMode;
            data = newData;
            left = newMode.count();
            return entered;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is set to strike, now or later; for what is a state and no occasion. */
    public boolean isOn() {
        lock.lock();
        try {
            return mode.kind() != FailPointMode.Kind.OFF;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts an occasion that the data apply to, and returns the data if the fail point strikes. Occasions to which the
     * data do not apply are not counted, neither for {@code times} nor for {@code skip}.
     */
    public @Nullable Document strike(Predicate<Document> applies) {
        lock.lock();
        try {
            if (mode.kind() == FailPointMode.Kind.OFF || !applies.test(data)) {
                return null;
            }
            switch (mode.kind()) {
                case TIMES -> {
                    if (left == 0) {
                        return null;
                    }
                    left--;
                }
                case SKIP -> {
                    if (left > 0) {
                        left--;
                        return null;
                    }
                }
                default -> {}
            }
            entered++;
            return data;
        } finally {
            lock.unlock();
        }
    }
}
