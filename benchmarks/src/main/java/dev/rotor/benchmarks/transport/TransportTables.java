package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What {@code docs/transports.md} says in figures, made from what was measured. Pure functions of it. */
final class TransportTables {

    static final String BEGIN = "<!-- measured -->";
    static final String END = "<!-- /measured -->";

    /** The three concurrencies of the first table; the second table has the parked caller as well. */
    private static final List<Mode> CONCURRENCIES = List.of(Mode.CHAINED, Mode.CHAINS_64, Mode.CHAINS_1024);

    private TransportTables() {}

    /**
     * Replaces what stands between the markers.
     *
     * @param page the page
     * @param measured what was measured
     * @return the page with new tables
     * @throws IllegalArgumentException if the page lacks the markers
     */
    static String into(String page, Measured measured) {
        return between(page, BEGIN, END, of(measured));
    }

    /** The same with any text and any markers. */
    static String between(String page, String beginMarker, String endMarker, String text) {
        int begin = page.indexOf(beginMarker);
        int end = page.indexOf(endMarker);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "the page has no place for the tables: " + beginMarker + " … " + endMarker);
        }
        return page.substring(0, begin + beginMarker.length()) + "\n\n" + text + "\n" + page.substring(end);
    }

    private static String of(Measured measured) {
        StringBuilder text = new StringBuilder();
        text.append("Measured: ").append(measured.about()).append(".\n\n");
        overview(text, measured);
        text.append("\n![the same as a chart](transports/chart.svg)\n\n");
        modes(text, measured);
        text.append('\n');
        calls(text, measured);
        return text.toString();
    }

    private static void overview(StringBuilder text, Measured measured) {
        text.append(
                "| transport | platforms | artifact | when to choose it | system calls per findOne | wake-ups | bytes"
                        + " allocated | throughput at 1 / 64 / 1,024 | p99 at 1 / 64 / 1,024 |\n");
        text.append("|---|---|---|---|---:|---:|---:|---:|---:|\n");
        for (Fact fact : Fact.ALL) {
            String name = fact.name();
            String figures = measured.transports().contains(name)
                    ? String.join(
                            " | ",
                            number("%.1f", measured.callsOfTheNetwork(name, Mode.CHAINED)),
                            number("%.1f", measured.median(name, Mode.CHAINED, TransportTables::switches)),
                            number("%,.0f", measured.median(name, Mode.CHAINED, Measurement::allocatedBytes)),
                            ratios(measured, name, Measurement::opsPerSecond),
                            ratios(measured, name, Measurement::p99Micros))
                    : "not measured here |  |  |  | ";
            text.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s | %s | %s |%n",
                    name,
                    fact.platforms(),
                    fact.artifact(),
                    fact.when(),
                    figures));
        }
    }

    private static String ratios(Measured measured, String transport, ToDoubleFunction<Measurement> figure) {
        StringBuilder text = new StringBuilder();
        for (Mode mode : CONCURRENCIES) {
            text.append(text.isEmpty() ? "" : " / ").append(ratio(measured, transport, mode, figure));
        }
        return text.toString();
    }

    /** The median of the ratios to {@code nio} in the same rounds, as a cell has it. */
    static String ratio(Measured measured, String row, Mode mode, ToDoubleFunction<Measurement> figure) {
        return number("%.2f", measured.ratio(row, mode, figure));
    }

    private static void modes(StringBuilder text, Measured measured) {
        text.append("| findOne | transport | throughput | p50 | p99 | CPU | bytes | waits | preemptions |\n");
        text.append("|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (Mode mode : TransportsSideBySide.MODES) {
            String first = mode.description;
            for (String transport : measured.transports()) {
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | `%s` | %s | %s | %s | %s | %s | %s | %s |%n",
                        first,
                        transport,
                        ratio(measured, transport, mode, Measurement::opsPerSecond),
                        ratio(measured, transport, mode, Measurement::p50Micros),
                        ratio(measured, transport, mode, Measurement::p99Micros),
                        ratio(measured, transport, mode, Measurement::cpuMicros),
                        number("%,.0f", measured.median(transport, mode, Measurement::allocatedBytes)),
                        number("%.2f", measured.median(transport, mode, Measurement::waits)),
                        number("%.2f", measured.median(transport, mode, Measurement::preemptions))));
                first = "";
            }
        }
    }

    private static void calls(StringBuilder text, Measured measured) {
        if (measured.calls().isEmpty()) {
            text.append("The system calls were not counted: that needs Linux and `strace`.\n");
            return;
        }
        text.append("| findOne | transport | system calls |\n|---|---|---|\n");
        for (Mode mode : TransportsSideBySide.MODES) {
            String first = mode.description;
            for (String transport : measured.transports()) {
                StringBuilder counts = new StringBuilder();
                for (Calls each : measured.callsOf(transport, mode)) {
                    counts.append(counts.isEmpty() ? "" : ", ")
                            .append(String.format(Locale.ROOT, "%s %.2f", each.name(), each.perFindOne()));
                }
                text.append(String.format(Locale.ROOT, "| %s | `%s` | %s |%n", first, transport, counts));
                first = "";
            }
        }
    }

    /** A thread that waits is woken; where the reply is there before it waits, it has made room for the server. */
    private static double switches(Measurement figures) {
        return figures.waits() < 0 ? Double.NaN : figures.waits() + figures.preemptions();
    }

    static String number(String format, OptionalDouble value) {
        return value.isEmpty() || !(value.getAsDouble() >= 0)
                ? "–"
                : String.format(Locale.ROOT, format, value.getAsDouble());
    }
}
