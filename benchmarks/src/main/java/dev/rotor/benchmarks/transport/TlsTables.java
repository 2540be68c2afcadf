package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import java.util.OptionalDouble;

/** What {@code docs/transports.md} says of TLS in figures, made from what was measured. Pure functions of it. */
final class TlsTables {

    static final String BEGIN = "<!-- measured with TLS -->";
    static final String END = "<!-- /measured with TLS -->";

    private TlsTables() {}

    /**
     * Replaces what stands between the markers.
     *
     * @param page the page
     * @param small what was measured with a small document
     * @param large what was measured with a document of 1 MiB
     * @return the page with new tables
     * @throws IllegalArgumentException if the page lacks the markers
     */
    static String into(String page, Measured small, Measured large) {
        StringBuilder text = new StringBuilder();
        text.append("Measured: ")
                .append(small.about())
                .append(". The data: [rounds with a small document](transports/")
                .append(TlsSideBySide.SMALL)
                .append("), [with 1 MiB](transports/")
                .append(TlsSideBySide.LARGE)
                .append(").\n\n");
        small(text, small);
        text.append("\nA document of 1 MiB, chained (").append(large.about()).append("):\n\n");
        large(text, large);
        return TransportTables.between(page, BEGIN, END, text.toString());
    }

    private static void small(StringBuilder text, Measured measured) {
        text.append("| findOne | transport | engine | throughput | p50 | p99 | CPU | CPU µs | bytes |\n");
        text.append("|---|---|---|---:|---:|---:|---:|---:|---:|\n");
        for (Mode mode : TlsSideBySide.MODES) {
            String first = mode.description;
            for (String name : measured.transports()) {
                text.append("| ").append(first).append(" | ").append(cells(measured, name, mode, "%,.1f"));
                text.append(" |\n");
                first = "";
            }
        }
    }

    private static void large(StringBuilder text, Measured measured) {
        text.append("| transport | engine | throughput | p50 | p99 | CPU | CPU µs | bytes | MiB/s |\n");
        text.append("|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        Mode mode = TlsSideBySide.LARGE_MODE;
        for (String name : measured.transports()) {
            // A findOne is 1 MiB, the rest of the message being a few hundred bytes.
            OptionalDouble mebibytes = measured.median(name, mode, Measurement::opsPerSecond);
            text.append("| ").append(cells(measured, name, mode, "%,.0f")).append(" | ");
            text.append(TransportTables.number("%,.0f", mebibytes)).append(" |\n");
        }
    }

    private static String cells(Measured measured, String name, Mode mode, String micros) {
        TlsRow row = TlsRow.parse(name);
        return String.join(
                " | ",
                '`' + row.transport() + '`',
                row.engine().description,
                TransportTables.ratio(measured, name, mode, Measurement::opsPerSecond),
                TransportTables.ratio(measured, name, mode, Measurement::p50Micros),
                TransportTables.ratio(measured, name, mode, Measurement::p99Micros),
                TransportTables.ratio(measured, name, mode, Measurement::cpuMicros),
                TransportTables.number(micros, measured.median(name, mode, Measurement::cpuMicros)),
                TransportTables.number("%,.0f", measured.median(name, mode, Measurement::allocatedBytes)));
    }
}
