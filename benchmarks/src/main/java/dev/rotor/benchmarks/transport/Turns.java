package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Arguments;
import dev.rotor.benchmarks.ChildJvm;
import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import dev.rotor.benchmarks.Operation;
import dev.rotor.benchmarks.Worker;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rounds of findOne that several processes take in turns (A B C A B C …), so that a disturbance meets all of them. */
final class Turns {

    /**
     * One of the processes.
     *
     * @param name what its rounds are noted under
     * @param driver the driver's name, with options
     * @param uri where its server is
     * @param jvmOptions options of its JVM
     */
    record Row(String name, String driver, String uri, List<String> jvmOptions) {}

    private Turns() {}

    /**
     * Measures one mode after the other.
     *
     * @param rows the processes
     * @param modes how findOnes follow one another
     * @param warmUp what goes before the rounds of each mode, as in {@code 20000ops}
     * @param options {@code rounds} and {@code round}
     */
    static List<Round> measure(List<Row> rows, List<Mode> modes, String warmUp, Arguments options) throws IOException {
        List<Round> rounds = new ArrayList<>();
        Map<String, ChildJvm> workers = new LinkedHashMap<>();
        try {
            for (Row row : rows) {
                workers.put(
                        row.name(),
                        ChildJvm.start(
                                List.of(), row.jvmOptions(), row.driver(), Worker.class, row.driver(), row.uri()));
            }
            // Once through everything first, or the first mode would show the compiler at work.
            for (Mode mode : modes) {
                warmUp(workers, mode, warmUp);
            }
            for (Mode mode : modes) {
                System.err.println("measuring: " + mode.description);
                warmUp(workers, mode, warmUp);
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
        return rounds;
    }

    /** When, where and how was measured, one line. */
    static String about(Arguments options) {
        return LocalDate.now(ZoneOffset.UTC) + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1") + " on "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors()
                + " processors, JDK "
                + Runtime.version() + "; median of " + options.text("rounds") + " rounds of " + options.text("round")
                + " taken in turns";
    }

    private static void warmUp(Map<String, ChildJvm> workers, Mode mode, String limit) throws IOException {
        for (ChildJvm worker : workers.values()) {
            ask(worker, mode, limit);
        }
    }

    private static String ask(ChildJvm worker, Mode mode, String limit) throws IOException {
        worker.writeLine(Operation.FIND_ONE + " " + mode + " " + limit);
        return worker.readLine(Worker.ANSWER);
    }
}
