package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Arguments;
import dev.rotor.benchmarks.Mode;
import dev.rotor.benchmarks.ServerProcess;
import dev.rotor.benchmarks.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        List<String> transports = TransportList.running(options.list("transports", Function.identity()));
        List<Calls> calls = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start()) {
            List<Turns.Row> rows = transports.stream()
                    .map(name -> new Turns.Row(name, driver(name), server.uri(), List.of()))
                    .toList();
            List<Round> rounds = Turns.measure(rows, MODES, options.text("warm-up"), options);
            count(server.uri(), transports, options, calls);
            return new Measured(Turns.about(options), rounds, calls);
        }
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
}
