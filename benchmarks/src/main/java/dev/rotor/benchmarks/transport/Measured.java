package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What one run over all transports has shown, round by round.
 *
 * @param about when and where it was measured, one line
 * @param rounds all rounds, in the order in which they were measured
 * @param calls the system calls; empty where they could not be counted
 */
record Measured(String about, List<Round> rounds, List<Calls> calls) {

    /** What everything is compared with. */
    static final String BASE = "nio";

    /** What is left out of sums: which thread meets which lock depends on who is quicker, the more so when traced. */
    private static final String LOCKS = "futex";

    Measured {
        rounds = List.copyOf(rounds);
        calls = List.copyOf(calls);
    }

    /** The transports, in the order in which they were measured. */
    Set<String> transports() {
        Set<String> names = new LinkedHashSet<>();
        rounds.forEach(round -> names.add(round.transport()));
        return names;
    }

    /** The median over the rounds; nothing if there are none. */
    OptionalDouble median(String transport, Mode mode, ToDoubleFunction<Measurement> figure) {
        List<Double> values = new ArrayList<>();
        for (Round round : rounds) {
            if (round.transport().equals(transport) && round.mode() == mode) {
                values.add(figure.applyAsDouble(round.figures()));
            }
        }
        return medianOf(values);
    }

    /**
     * The median of the ratios to {@link #BASE} in the same round, so that what disturbed a whole round is not taken
     * for a difference between transports; nothing if there is no such round.
     */
    OptionalDouble ratio(String transport, Mode mode, ToDoubleFunction<Measurement> figure) {
        Map<Integer, Double> base = new HashMap<>();
        for (Round round : rounds) {
            if (round.transport().equals(BASE) && round.mode() == mode) {
                base.put(round.number(), figure.applyAsDouble(round.figures()));
            }
        }
        List<Double> values = new ArrayList<>();
        for (Round round : rounds) {
            Double one = base.get(round.number());
            if (one != null && round.transport().equals(transport) && round.mode() == mode) {
                values.add(figure.applyAsDouble(round.figures()) / one);
            }
        }
        return medianOf(values);
    }

    /** How many system calls a findOne takes, those of locks left out; nothing if they were not counted. */
    OptionalDouble callsOfTheNetwork(String transport, Mode mode) {
        List<Calls> counted = callsOf(transport, mode);
        if (counted.isEmpty()) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (Calls each : counted) {
            if (!each.name().equals(LOCKS)) {
                sum += each.perFindOne();
            }
        }
        return OptionalDouble.of(sum);
    }

    /** The system calls of a findOne, by name; empty if they were not counted. */
    List<Calls> callsOf(String transport, Mode mode) {
        return calls.stream()
                .filter(each -> each.transport().equals(transport) && each.mode() == mode)
                .toList();
    }

    private static OptionalDouble medianOf(List<Double> values) {
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Measurement.medianOf(values));
    }
}
