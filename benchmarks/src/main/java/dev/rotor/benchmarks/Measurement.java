package dev.rotor.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one round has shown.
 *
 * @param opsPerSecond operations done per second
 * @param cpuMicros CPU time of the driver's process per operation, in microseconds
 * @param allocatedBytes heap allocated per operation, in bytes
 * @param waits how often a thread of the process waited, and so had to be woken, per operation; negative where not
 *     known
 * @param preemptions how often a thread of the process had to make room for another, per operation; negative where not
 *     known. On a busy processor the peer whom a write wakes may run at once, and the reply be there before it is
 *     waited for: such a round trip is a preemption and no wait
 * @param p50Micros the median duration of an operation, in microseconds
 * @param p99Micros the 99th percentile of an operation's duration, in microseconds
 */
public record Measurement(
        double opsPerSecond,
        double cpuMicros,
        double allocatedBytes,
        double waits,
        double preemptions,
        double p50Micros,
        double p99Micros) {

    /** One line for the process that asked. */
    public String toLine() {
        return String.format(
                Locale.ROOT,
                "%.3f %.3f %.3f %.3f %.3f %.3f %.3f",
                opsPerSecond,
                cpuMicros,
                allocatedBytes,
                waits,
                preemptions,
                p50Micros,
                p99Micros);
    }

    /**
     * Reads such a line.
     *
     * @param line seven numbers
     * @throws IllegalArgumentException if it is anything else
     */
    public static Measurement parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 7) {
            throw new IllegalArgumentException("not a measurement: " + line);
        }
        return new Measurement(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Double.parseDouble(parts[5]),
                Double.parseDouble(parts[6]));
    }

    /** The median of each figure by itself. */
    static Measurement median(List<Measurement> rounds) {
        return new Measurement(
                median(rounds, Measurement::opsPerSecond),
                median(rounds, Measurement::cpuMicros),
                median(rounds, Measurement::allocatedBytes),
                median(rounds, Measurement::waits),
                median(rounds, Measurement::preemptions),
                median(rounds, Measurement::p50Micros),
                median(rounds, Measurement::p99Micros));
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        List<Double> values = new ArrayList<>();
        for (Measurement round : rounds) {
            values.add(figure.applyAsDouble(round));
        }
        return medianOf(values);
    }

    /** The middle value, or the mean of the two in the middle; the list, which must not be empty, is sorted. */
    public static double medianOf(List<Double> values) {
        values.sort(Comparator.naturalOrder());
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }
}
