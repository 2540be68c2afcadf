package dev.rotor.benchmarks;

import java.util.Locale;
import java.util.Map;

/** Prints measurements as a Markdown table, each figure with its ratio to the first row's. */
final class Table {

    private Table() {}

    static void print(Operation operation, int concurrency, Map<String, Measurement> measured) {
        if (measured.isEmpty()) {
            return;
        }
        System.out.printf(
                "%n%s, %s%n%n", operation, concurrency == 1 ? "one after the other" : concurrency + " at a time");
        System.out.println(
                "| driver, mode | ops/s | p50 µs | p99 µs | CPU µs/op | bytes/op | waits/op | preemptions/op |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        Measurement first = null;
        for (Map.Entry<String, Measurement> row : measured.entrySet()) {
            Measurement m = row.getValue();
            first = first == null ? m : first;
            System.out.println(String.join(
                    " | ",
                    "| " + row.getKey(),
                    cell("%.0f", m.opsPerSecond(), first.opsPerSecond()),
                    cell("%.1f", m.p50Micros(), first.p50Micros()),
                    cell("%.1f", m.p99Micros(), first.p99Micros()),
                    cell("%.1f", m.cpuMicros(), first.cpuMicros()),
                    cell("%.0f", m.allocatedBytes(), first.allocatedBytes()),
                    count(m.waits()),
                    count(m.preemptions()) + " |"));
        }
        System.out.flush();
    }

    private static String count(double value) {
        return value < 0 ? "not known" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String cell(String format, double value, double first) {
        return String.format(Locale.ROOT, format + " (×%.2f)", value, value / first);
    }
}
