package dev.rotor.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many system calls a driver makes per findOne, counted by {@code strace} over all threads of its process, between
 * the answer to a warm-up and the answer to the round itself. Times are not measured: a traced process is slow, and
 * calls that depend on who is quicker (futex above all) can come out a little differently.
 */
public final class SystemCalls {

    /**
     * What is traced: the network's, and locks. All else is the JVM's own business. The question mark lets names pass
     * that a processor's Linux does not have.
     */
    private static final String TRACED = "trace=?read,?readv,?recvfrom,?recvmsg,?write,?writev,?sendto,?sendmsg,?poll,"
            + "?ppoll,?epoll_ctl,?epoll_wait,?epoll_pwait,?epoll_pwait2,?io_uring_enter,?futex";

    /** Enough for the driver to be connected, and for the compiler to have seen all that is called. */
    private static final int WARM_UP = 3_000;

    /** Rarer calls are chance. */
    private static final double COUNTED = 0.002;

    /** Rarer calls are left out of the printed table. */
    private static final double SHOWN = 0.05;

    /** A call, also one that another thread's interrupts in the log; not the rest of it that comes later. */
    private static final Pattern CALL = Pattern.compile("^(?:\\d+ +)?(\\w+)\\(");

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
        if (!canCount()) {
            throw new IOException("strace is not installed");
        }
        int operations = options.number("operations");
        System.out.printf("%nSystem calls per findOne, over %d operations%n%n", operations);
        System.out.println("| driver | mode | calls per operation |");
        System.out.println("|---|---|---|");
        List<Mode> modes = options.list("modes", Mode::valueOf);
        try (ServerProcess server = ServerProcess.start()) {
            for (String driver : options.drivers()) {
                perFindOne(driver, server.uri(), modes, operations)
                        .forEach((mode, calls) ->
                                System.out.printf("| %s | %s | %s |%n", driver, mode.description, text(calls)));
            }
        }
    }

    private static String text(Map<String, Double> calls) {
        StringBuilder text = new StringBuilder();
        calls.forEach((name, count) -> {
            if (count >= SHOWN) {
                text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %.2f", name, count));
            }
        });
        return text.toString();
    }

    /** Whether there is a tracer. */
    public static boolean canCount() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, "strace"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Counts.
     *
     * @param driver the driver's name
     * @param uri where the server is
     * @param modes how findOnes follow one another
     * @param operations over how many findOnes
     * @return for each mode that the driver has, the calls that are made for a findOne and how often, by name
     * @throws IOException if the process fails
     * @throws InterruptedException if interrupted
     */
    public static Map<Mode, Map<String, Double>> perFindOne(String driver, String uri, List<Mode> modes, int operations)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("calls", ".log");
        List<String> strace = List.of(
                "strace", "-f", "--seccomp-bpf", "-qq", "-e", TRACED, "-e", "signal=none", "-s", "16", "-o", "" + log);
        Map<Mode, Map<String, Double>> calls = new EnumMap<>(Mode.class);
        try (ChildJvm child = ChildJvm.start(strace, List.of(), driver, Worker.class, driver, uri)) {
            for (Mode mode : modes) {
                if (ask(child, mode, WARM_UP).equals(Worker.UNSUITABLE)) {
                    // The answers are counted below.
                    ask(child, mode, 1);
                } else {
                    ask(child, mode, operations);
                    calls.put(mode, Map.of());
                }
            }
            child.finish();
            try (BufferedReader lines = Files.newBufferedReader(log)) {
                for (Mode mode : modes) {
                    count(lines);
                    Map<String, Long> counts = count(lines);
                    calls.computeIfPresent(mode, (same, none) -> each(counts, operations));
                }
            }
        } finally {
            Files.delete(log);
        }
        return calls;
    }

    private static String ask(ChildJvm child, Mode mode, int operations) throws IOException {
        child.writeLine(Operation.FIND_ONE + " " + mode + " " + operations + "ops");
        return child.readLine(Worker.ANSWER);
    }

    /** Counts what a log tells up to the worker's next answer, or to its end. */
    static Map<String, Long> count(BufferedReader log) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher call = CALL.matcher(line);
            if (call.find()) {
                if (line.contains("write(1, \"" + Worker.ANSWER)) {
                    break;
                }
                counts.merge(call.group(1), 1L, Long::sum);
            }
        }
        return counts;
    }

    private static Map<String, Double> each(Map<String, Long> counts, int operations) {
        Map<String, Double> calls = new TreeMap<>();
        counts.forEach((name, count) -> {
            double each = count / (double) operations;
            if (each >= COUNTED) {
                calls.put(name, each);
            }
        });
        return calls;
    }
}
