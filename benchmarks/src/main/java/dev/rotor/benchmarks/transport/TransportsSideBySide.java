package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Arguments;
import dev.rotor.benchmarks.ChildJvm;
import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import dev.rotor.benchmarks.Operation;
import dev.rotor.benchmarks.ServerProcess;
import dev.rotor.benchmarks.SystemCalls;
import dev.rotor.benchmarks.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Measures Rotor's transports beside one another: one process per transport, all on the same canned server, rounds in
 * turn. Then counts their system calls. Keeps the rounds as data, and makes the tables of {@code docs/transports.md}
 * and a chart of them.
 */
public final class TransportsSideBySide {

    /** How findOnes follow one another, in the order of the tables. */
    static final List<Mode> MODES = List.of(Mode.JOIN, Mode.CHAINED, Mode.CHAINS_64, Mode.CHAINS_1024);

    /** As many wires as there are operations at a time, or the waits for a connection would be measured too. */
    private static final String POOL = "&maxPoolSize=1024";

    private TransportsSideBySide() {}

    /**
     * Runs, writes and prints.
     *
     * @param arguments {@code --transports} (comma-separated; by default all that can run here), {@code --rounds},
     *     {@code --round}, {@code --warm-up} (such as {@code 300ms} or {@code 20000ops}), {@code --traced} (how many
     *     findOnes to count system calls over), {@code --docs} (the folder of the page) and {@code --from}
     *     ({@code data}: draw anew what was measured before)
     * @throws IOException if a process cannot be started or ends unasked
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Arguments options = new Arguments(
                arguments,
                Map.of(
                        "transports", "nio,netty,epoll,io_uring,kqueue",
                        "rounds", "15",
                        "round", "300ms",
                        "warm-up", "20000ops",
                        "traced", "10000",
                        "docs", "docs",
                        "from", "measuring"));
        Path docs = Path.of(options.text("docs"));
        Path data = docs.resolve("transports");
        if (!options.text("from").equals("data")) {
            MeasuredFiles.write(measure(options), data);
        }
        Measured measured = MeasuredFiles.read(data);
        Files.writeString(data.resolve("chart.svg"), TransportChart.of(measured));
        Path page = docs.resolve("transports.md");
        String text = TransportTables.into(Files.readString(page), measured);
        Files.writeString(page, text);
        System.out.println(text.substring(text.indexOf(TransportTables.BEGIN), text.indexOf(TransportTables.END)));
    }

    private static Measured measure(Arguments options) throws IOException, InterruptedException {
        List<String> transports = runnable(options);
        List<Round> rounds = new ArrayList<>();
        List<Calls> calls = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start()) {
            measure(server.uri(), transports, options, rounds);
            count(server.uri(), transports, options, calls);
        }
        return new Measured(about(options), rounds, calls);
    }

    private static void measure(String uri, List<String> transports, Arguments options, List<Round> rounds)
            throws IOException {
        Map<String, ChildJvm> workers = new LinkedHashMap<>();
        try {
            for (String transport : transports) {
                String driver = driver(transport);
                workers.put(transport, ChildJvm.start(List.of(), List.of(), driver, Worker.class, driver, uri));
            }
            // Once through everything first, or the first mode would show the compiler at work.
            for (Mode mode : MODES) {
                warmUp(workers, mode, options);
            }
            for (Mode mode : MODES) {
                System.err.println("measuring: " + mode.description);
                warmUp(workers, mode, options);
                for (int number = 1; number <= options.number("rounds"); number++) {
                    for (Map.Entry<String, ChildJvm> worker : workers.entrySet()) {
                        String answer = ask(worker.getValue(), mode, options.text("round"));
                        rounds.add(new Round(worker.getKey(), mode, number, Measurement.parse(answer)));
                    }
                }
            }
        } finally {
            workers.values().forEach(ChildJvm::close);
        }
    }

    private static void warmUp(Map<String, ChildJvm> workers, Mode mode, Arguments options) throws IOException {
        for (ChildJvm worker : workers.values()) {
            ask(worker, mode, options.text("warm-up"));
        }
    }

    private static String ask(ChildJvm worker, Mode mode, String limit) throws IOException {
        worker.writeLine(Operation.FIND_ONE + " " + mode + " " + limit);
        return worker.readLine(Worker.ANSWER);
    }

    private static void count(String uri, List<String> transports, Arguments options, List<Calls> calls)
            throws IOException, InterruptedException {
        if (!SystemCalls.canCount()) {
            System.err.println("system calls are not counted: strace is not installed");
            return;
        }
        for (String transport : transports) {
            System.err.println("counting system calls: " + transport);
            SystemCalls.perFindOne(driver(transport), uri, MODES, options.number("traced"))
                    .forEach((mode, counts) ->
                            counts.forEach((name, each) -> calls.add(new Calls(transport, mode, name, each))));
        }
    }

    private static String driver(String transport) {
        return "rotor:" + transport + POOL;
    }

    /** Those of the wanted transports that can run here. */
    private static List<String> runnable(Arguments options) throws IOException {
        Set<String> running = new TreeSet<>();
        try (ChildJvm list = ChildJvm.start(List.of(), List.of(), "rotor", TransportList.class)) {
            for (String line = list.readLine(""); !line.equals(TransportList.END); line = list.readLine("")) {
                if (line.startsWith(TransportList.CANNOT_RUN)) {
                    System.err.println("left out: " + line.substring(TransportList.CANNOT_RUN.length()));
                } else if (line.startsWith(TransportList.CAN_RUN)) {
                    running.add(line.substring(TransportList.CAN_RUN.length()));
                }
            }
        }
        List<String> wanted = options.list("transports", Function.identity());
        wanted.removeIf(name -> !running.contains(name));
        return wanted;
    }

    private static String about(Arguments options) {
        return LocalDate.now(ZoneOffset.UTC) + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1") + " on "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors()
                + " processors, JDK "
                + Runtime.version() + "; median of " + options.text("rounds") + " rounds of " + options.text("round")
                + " taken in turns";
    }
}
