package dev.rotor.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many system calls a driver makes per findOne, counted by {@code strace} over all threads of its process. The
 * start of the JVM and of the client are taken off by counting twice, with few and with many operations. Times are not
 * measured: a traced process is slow, and calls that depend on who is quicker (futex above all) can come out a little
 * differently.
 */
public final class SystemCalls {

    /** Enough for the compiler to have done most of its work in both processes. */
    private static final int WARM_UP = 5_000;

    /** Rarer calls are the JVM's own business. */
    private static final double SHOWN = 0.05;

    private SystemCalls() {}

    /**
     * Runs and prints.
     *
     * @param arguments {@code --drivers}, {@code --modes} (comma-separated), {@code --operations}
     * @throws IOException if there is no strace or a process fails
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Arguments options = new Arguments(arguments, Map.of("operations", "10000", "modes", "JOIN,CHAINED"));
        if (!isInstalled()) {
            throw new IOException("strace is not installed");
        }
        int operations = options.number("operations");
        System.out.printf("%nSystem calls per findOne, over %d operations%n%n", operations);
        System.out.println("| driver | mode | calls per operation |");
        System.out.println("|---|---|---|");
        try (ServerProcess server = ServerProcess.start()) {
            for (Mode mode : options.list("modes", Mode::valueOf)) {
                for (String driver : options.drivers()) {
                    Map<String, Long> few = count(driver, server.uri(), mode, WARM_UP);
                    Map<String, Long> many = count(driver, server.uri(), mode, WARM_UP + operations);
                    System.out.printf(
                            "| %s | %s | %s |%n", driver, mode.description, perOperation(few, many, operations));
                }
            }
        }
    }

    private static Map<String, Long> count(String driver, String uri, Mode mode, int operations)
            throws IOException, InterruptedException {
        Path summary = Files.createTempFile("calls", ".txt");
        List<String> strace = List.of("strace", "-f", "-c", "-o", summary.toString());
        try (ChildJvm child = ChildJvm.start(strace, List.of(), driver, Worker.class, driver, uri)) {
            child.writeLine(Operation.FIND_ONE + " " + mode + " " + operations + "ops");
            if (child.readLine(Worker.ANSWER).equals(Worker.UNSUITABLE)) {
                return Map.of();
            }
            child.finish();
            return parse(Files.readAllLines(summary));
        } finally {
            Files.delete(summary);
        }
    }

    /** Reads strace's summary: percentage, seconds, microseconds per call, calls, perhaps errors, name. */
    static Map<String, Long> parse(List<String> summary) {
        Map<String, Long> calls = new TreeMap<>();
        for (String line : summary) {
            String[] columns = line.trim().split("\\s+", -1);
            String name = columns[columns.length - 1];
            if (columns.length >= 5 && columns[3].matches("\\d+") && !name.equals("total")) {
                calls.put(name, Long.parseLong(columns[3]));
            }
        }
        return calls;
    }

    private static String perOperation(Map<String, Long> few, Map<String, Long> many, int operations) {
        if (many.isEmpty()) {
            return "the driver has no such mode";
        }
        Set<String> names = new TreeSet<>(many.keySet());
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            double calls = (many.getOrDefault(name, 0L) - few.getOrDefault(name, 0L)) / (double) operations;
            if (calls >= SHOWN) {
                text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %.2f", name, calls));
            }
        }
        return text.toString();
    }

    private static boolean isInstalled() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, "strace"))) {
                return true;
            }
        }
        return false;
    }
}
