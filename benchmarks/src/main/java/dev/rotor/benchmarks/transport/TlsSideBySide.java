package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Arguments;
import dev.rotor.benchmarks.Mode;
import dev.rotor.benchmarks.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what encrypts beside one another: transports with the JDK's engine and with OpenSSL's, one process each, all
 * on the same canned server, which speaks TLS; first with a small document, then with one of 1 MiB. Keeps the rounds as
 * data, and makes the tables on TLS of {@code docs/transports.md} of them.
 */
public final class TlsSideBySide {

    /** How findOnes of a small document follow one another, in the order of the table. */
    static final List<Mode> MODES = List.of(Mode.JOIN, Mode.CHAINED, Mode.CHAINS_64);

    /** How those of a large document do: few at a time keep an engine busy. */
    static final Mode LARGE_MODE = Mode.CHAINED;

    /** The file of the rounds with a small document. */
    static final String SMALL = "tls-rounds.csv";

    /** The file of the rounds with a large one. */
    static final String LARGE = "tls-large-rounds.csv";

    private static final String MEBIBYTE = "1048576";

    private TlsSideBySide() {}

    /**
     * Runs, writes and prints.
     *
     * @param arguments {@code --transports} (comma-separated, each alone for the JDK's engine or with {@code +openssl}
     *     or {@code +plain}; what cannot run here is left out), {@code --rounds}, {@code --round}, {@code --warm-up}
     *     and {@code --large-warm-up} (such as {@code 300ms} or {@code 20000ops}), {@code --docs} (the folder of the
     *     page) and {@code --from} ({@code data}: write anew what was measured before)
     * @throws IOException if a process cannot be started or ends unasked
     */
    public static void main(String[] arguments) throws IOException {
        Arguments options = new Arguments(
                arguments,
                Map.of(
                        "transports",
                        "nio,netty,netty+openssl,epoll+openssl,io_uring+openssl,kqueue+openssl,nio+plain",
                        "rounds",
                        "15",
                        "round",
                        "300ms",
                        "warm-up",
                        "20000ops",
                        "large-warm-up",
                        "2000ops",
                        "docs",
                        "docs",
                        "from",
                        "measuring"));
        Path docs = Path.of(options.text("docs"));
        Path data = docs.resolve("transports");
        if (!options.text("from").equals("data")) {
            List<TlsRow> rows = runnable(options.list("transports", TlsRow::parse));
            Measured small = measure(rows, "0", MODES, options.text("warm-up"), options);
            Measured large = measure(rows, MEBIBYTE, List.of(LARGE_MODE), options.text("large-warm-up"), options);
            MeasuredFiles.writeRounds(small, data.resolve(SMALL));
            MeasuredFiles.writeRounds(large, data.resolve(LARGE));
        }
        Path page = docs.resolve("transports.md");
        String text = TlsTables.into(
                Files.readString(page),
                MeasuredFiles.readRounds(data.resolve(SMALL)),
                MeasuredFiles.readRounds(data.resolve(LARGE)));
        Files.writeString(page, text);
        System.out.println(text.substring(text.indexOf(TlsTables.BEGIN), text.indexOf(TlsTables.END)));
    }

    private static Measured measure(
            List<TlsRow> rows, String payload, List<Mode> modes, String warmUp, Arguments options) throws IOException {
        try (ServerProcess encrypted = ServerProcess.start("--tls", "--payload", payload);
                ServerProcess plain = ServerProcess.start("--payload", payload)) {
            List<Turns.Row> processes = new ArrayList<>();
            for (TlsRow row : rows) {
                String uri = row.encrypted() ? encrypted.uri() : plain.uri();
                processes.add(new Turns.Row(row.name(), row.driver(), uri, row.jvmOptions()));
            }
            return new Measured(Turns.about(options), Turns.measure(processes, modes, warmUp, options), List.of());
        }
    }

    private static List<TlsRow> runnable(List<TlsRow> rows) throws IOException {
        Set<String> needed = new LinkedHashSet<>();
        rows.forEach(row -> needed.addAll(row.needs()));
        Set<String> running = new HashSet<>(TransportList.running(List.copyOf(needed)));
        return rows.stream().filter(row -> running.containsAll(row.needs())).toList();
    }
}
