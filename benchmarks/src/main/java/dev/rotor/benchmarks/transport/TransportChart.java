package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Draws what was measured as a picture in SVG: a pure function of it. */
final class TransportChart {

    /** Colours that people who cannot tell red from green can tell apart. */
    private static final Map<String, String> COLOURS = Map.of(
            "nio", "#0072b2", "netty", "#e69f00", "epoll", "#009e73", "io_uring", "#cc79a7", "kqueue", "#d55e00");

    private static final Map<Mode, String> GROUPS = Map.of(
            Mode.JOIN, "1, caller parked",
            Mode.CHAINED, "1",
            Mode.CHAINS_64, "64",
            Mode.CHAINS_1024, "1,024");

    private static final int WIDTH = 980;
    private static final int MARGIN = 20;
    private static final int PANEL_WIDTH = (WIDTH - 3 * MARGIN) / 2;
    private static final int PANEL_HEIGHT = 250;
    private static final int TOP = 74;
    /** Room of a panel above its bars, for its title and the figures on top of the highest bar. */
    private static final int TITLE = 46;
    /** Room of a panel below its bars. */
    private static final int FOOT = 24;

    private final Measured measured;
    private final List<String> transports;
    private final StringBuilder svg = new StringBuilder();

    private TransportChart(Measured measured) {
        this.measured = measured;
        transports = new ArrayList<>(measured.transports());
    }

    /** One figure of one transport in one mode. */
    @FunctionalInterface
    private interface Figure {
        OptionalDouble of(String transport, Mode mode);
    }

    /** The picture. */
    static String of(Measured measured) {
        return new TransportChart(measured).draw();
    }

    private String draw() {
        int height = TOP + 2 * PANEL_HEIGHT + 2 * MARGIN;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\" role=\"img\">",
                WIDTH, height, WIDTH, height);
        line("<title>findOne over Rotor's transports</title>");
        line("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        text(
                MARGIN,
                26,
                "start",
                17,
                "#111111",
                "findOne over Rotor's transports, by the number of findOnes at a time");
        text(MARGIN, 43, "start", 11, "#666666", measured.about());
        legend();
        panel(
                0,
                0,
                "Throughput, by ratio to nio: more is better",
                true,
                (transport, mode) -> measured.ratio(transport, mode, Measurement::opsPerSecond));
        panel(
                1,
                0,
                "99th percentile of the time taken, by ratio to nio: less is better",
                true,
                (transport, mode) -> measured.ratio(transport, mode, Measurement::p99Micros));
        panel(0, 1, "System calls per findOne, locks left out: less is better", false, measured::callsOfTheNetwork);
        panel(
                1,
                1,
                "Processor time per findOne, by ratio to nio: less is better",
                true,
                (transport, mode) -> measured.ratio(transport, mode, Measurement::cpuMicros));
        line("</svg>");
        return svg.toString();
    }

    private void legend() {
        int x = MARGIN;
        for (String transport : transports) {
            line("<rect x=\"%d\" y=\"54\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, colour(transport));
            text(x + 17, 64, "start", 12, "#333333", transport);
            x += 40 + 8 * transport.length();
        }
    }

    private void panel(int column, int row, String title, boolean ratios, Figure figure) {
        double left = MARGIN + column * (PANEL_WIDTH + MARGIN);
        double top = TOP + row * (PANEL_HEIGHT + MARGIN);
        double floor = top + PANEL_HEIGHT - FOOT;
        text(left, top + 16, "start", 13, "#111111", title);
        double highest = highest(figure, ratios);
        if (highest == 0) {
            text(left, top + TITLE, "start", 12, "#666666", "not counted");
            return;
        }
        double scale = (PANEL_HEIGHT - TITLE - FOOT) / highest;
        double groupWidth = PANEL_WIDTH / (double) TransportsSideBySide.MODES.size();
        double barWidth = (groupWidth - 16) / transports.size();
        for (int group = 0; group < TransportsSideBySide.MODES.size(); group++) {
            Mode mode = TransportsSideBySide.MODES.get(group);
            double x = left + group * groupWidth + 8;
            for (String transport : transports) {
                OptionalDouble value = figure.of(transport, mode);
                if (value.isPresent()) {
                    bar(x, floor, barWidth, value.getAsDouble() * scale, transport, value.getAsDouble());
                }
                x += barWidth;
            }
            text(
                    left + (group + 0.5) * groupWidth,
                    floor + 16,
                    "middle",
                    12,
                    "#333333",
                    GROUPS.getOrDefault(mode, mode.description));
        }
        if (ratios) {
            rule(left, floor - scale, "#888888\" stroke-dasharray=\"4 3");
        }
        rule(left, floor, "#333333");
    }

    private double highest(Figure figure, boolean ratios) {
        double highest = ratios ? 1 : 0;
        for (Mode mode : TransportsSideBySide.MODES) {
            for (String transport : transports) {
                highest = Math.max(highest, figure.of(transport, mode).orElse(0));
            }
        }
        return highest;
    }

    private void bar(double x, double floor, double width, double height, String transport, double value) {
        line(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                x + 1, floor - height, width - 2, height, colour(transport));
        text(x + width / 2, floor - height - 4, "middle", 10, "#333333", String.format(Locale.ROOT, "%.2f", value));
    }

    private void rule(double left, double y, String stroke) {
        line(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
                left, y, left + PANEL_WIDTH, y, stroke);
    }

    private void text(double x, double y, String anchor, int size, String colour, String words) {
        line(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>",
                x, y, anchor, size, colour, words.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private static String colour(String transport) {
        return COLOURS.getOrDefault(transport, "#777777");
    }

    private void line(String format, Object... arguments) {
        svg.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
                .append('\n');
    }
}
