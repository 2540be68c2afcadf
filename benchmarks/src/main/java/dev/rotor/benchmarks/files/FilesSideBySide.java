package dev.rotor.benchmarks.files;

import dev.rotor.benchmarks.Arguments;
import dev.rotor.benchmarks.ChildJvm;
import dev.rotor.benchmarks.server.FileServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * GridFS uploads and downloads of one large file, driver beside driver: in each round every driver moves the file once,
 * on a server that answers at once and on one that holds each reply back.
 */
public final class FilesSideBySide {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long NANOS_PER_MICRO = 1000;

    private FilesSideBySide() {}

    /**
     * Runs and prints.
     *
     * @param arguments {@code --drivers} (comma-separated), {@code --mebibytes}, {@code --rounds}, {@code --delays}
     *     (comma-separated, in microseconds)
     * @throws IOException if a process cannot be started or does not answer
     */
    public static void main(String[] arguments) throws IOException {
        Arguments options = new Arguments(
                arguments,
                Map.of(
                        "drivers", "official-sync,official-reactive,rotor",
                        "mebibytes", "256",
                        "rounds", "7",
                        "delays", "0,500"));
        long length = options.number("mebibytes") * MEBIBYTE;
        for (long delayMicros : options.list("delays", Long::parseLong)) {
            try (ChildJvm server = ChildJvm.start(
                    List.of(),
                    List.of(),
                    "",
                    FileServer.class,
                    Long.toString(length),
                    Long.toString(delayMicros * NANOS_PER_MICRO))) {
                String uri = "mongodb://127.0.0.1:" + server.readLine(FileServer.LISTENING);
                Map<String, ChildJvm> workers = new LinkedHashMap<>();
                try {
                    for (String driver : options.drivers()) {
                        workers.put(
                                driver, ChildJvm.start(List.of(), List.of(), driver, FileWorker.class, driver, uri));
                    }
                    for (FileDirection direction : FileDirection.values()) {
                        print(direction, delayMicros, length, rounds(workers, direction, length, options));
                    }
                } finally {
                    workers.values().forEach(ChildJvm::close);
                }
            }
        }
    }

    private static Map<String, FileFigures> rounds(
            Map<String, ChildJvm> workers, FileDirection direction, long length, Arguments options) throws IOException {
        Map<String, List<FileFigures>> all = new LinkedHashMap<>();
        int rounds = options.number("rounds");
        // The first two rounds warm up.
        for (int round = -2; round < rounds; round++) {
            for (Map.Entry<String, ChildJvm> worker : workers.entrySet()) {
                worker.getValue().writeLine(direction + " " + length);
                FileFigures figures = FileFigures.parse(worker.getValue().readLine(FileWorker.ANSWER));
                if (round >= 0) {
                    all.computeIfAbsent(worker.getKey(), driver -> new ArrayList<>())
                            .add(figures);
                }
            }
        }
        Map<String, FileFigures> medians = new LinkedHashMap<>();
        all.forEach((driver, figures) -> medians.put(driver, FileFigures.median(figures)));
        return medians;
    }

    private static void print(
            FileDirection direction, long delayMicros, long length, Map<String, FileFigures> medians) {
        System.out.printf(
                Locale.ROOT,
                "%n%s of %d MiB, %s%n%n",
                direction,
                length / MEBIBYTE,
                delayMicros == 0 ? "every reply at once" : "every reply held back by " + delayMicros + " \u00b5s");
        System.out.println("| driver | MiB/s | CPU ms/MiB | bytes allocated per byte |");
        System.out.println("|---|---:|---:|---:|");
        FileFigures first = medians.values().iterator().next();
        for (Map.Entry<String, FileFigures> driver : medians.entrySet()) {
            System.out.println(String.join(
                    " | ",
                    "| " + driver.getKey(),
                    cell("%.0f", FileFigures::mebibytesPerSecond, driver.getValue(), first),
                    cell("%.2f", FileFigures::cpuMillisPerMebibyte, driver.getValue(), first),
                    cell("%.2f", FileFigures::allocatedPerByte, driver.getValue(), first) + " |"));
        }
        System.out.flush();
    }

    private static String cell(
            String format, ToDoubleFunction<FileFigures> figure, FileFigures own, FileFigures first) {
        double value = figure.applyAsDouble(own);
        return String.format(Locale.ROOT, format + " (\u00d7%.2f)", value, value / figure.applyAsDouble(first));
    }
}
