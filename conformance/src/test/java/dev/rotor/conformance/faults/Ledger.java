package dev.rotor.conformance.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the writers were told of each write, to be compared with what the servers hold at the end. Written by many
 * threads.
 */
final class Ledger {

    /** What a writer knows of one write. */
    enum Outcome {
        /** Begun, and nothing heard yet. */
        OPEN,
        ACKNOWLEDGED,
        /** Reported as failed: it may have been applied, but once at most. */
        FAILED
    }

    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();

    void begun(String id) {
        if (outcomes.put(id, Outcome.OPEN) != null) {
            throw new IllegalStateException("two writes have the id " + id);
        }
    }

    void acknowledged(String id) {
        end(id, Outcome.ACKNOWLEDGED);
    }

    void failed(String id, Throwable cause) {
        end(id, Outcome.FAILED);
        failures.computeIfAbsent(cause.getClass().getSimpleName(), name -> new AtomicLong())
                .incrementAndGet();
    }

    private void end(String id, Outcome outcome) {
        Outcome before = outcomes.put(id, outcome);
        if (before != Outcome.OPEN) {
            throw new IllegalStateException("the write " + id + " was " + before + " and is now " + outcome);
        }
    }

    long count(Outcome outcome) {
        return outcomes.values().stream().filter(outcome::equals).count();
    }

    /** How many writes failed, by the class of what was thrown. */
    Map<String, Long> failures() {
        Map<String, Long> counts = new HashMap<>();
        failures.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    /**
     * Everything that is wrong with what is stored.
     *
     * @param stored the id of each effect that the servers hold, as often as they hold it
     */
    List<String> discrepancies(List<String> stored) {
        List<String> wrong = new ArrayList<>();
        Set<String> once = new HashSet<>();
        for (String id : stored) {
            if (!once.add(id)) {
                wrong.add(id + " was applied more than once");
            }
            if (!outcomes.containsKey(id)) {
                wrong.add(id + " was never written");
            }
        }
        outcomes.forEach((id, outcome) -> {
            if (outcome == Outcome.ACKNOWLEDGED && !once.contains(id)) {
                wrong.add(id + " was acknowledged and is not there");
            }
            if (outcome == Outcome.OPEN) {
                wrong.add(id + " was never answered");
            }
        });
        return wrong;
    }
}
