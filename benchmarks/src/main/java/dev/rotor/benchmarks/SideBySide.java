package dev.rotor.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures the drivers beside one another: one process per driver, all alive at once and all on the same canned server,
 * rounds in turn (A B C A B C …), so that whatever else the machine does meets all of them. Prints a table per
 * operation and concurrency, each figure the median of its rounds, with the ratio to the first row.
 */
public final class SideBySide {

    private SideBySide() {}

    /**
     * Runs and prints.
     *
     * @param arguments {@code --drivers}, {@code --operations}, {@code --modes} (comma-separated), {@code --rounds},
     *     {@code --round} and {@code --warm-up} (such as {@code 300ms} or {@code 20000ops})
     * @throws IOException if a process cannot be started or ends unasked
     */
    public static void main(String[] arguments) throws IOException {
        Arguments options = new Arguments(
                arguments,
                Map.of(
                        "operations", "PING,FIND_ONE,INSERT_ONE",
                        "modes", "JOIN,CHAINED,THREADS,CHAINS",
                        "rounds", "15",
                        "round", "300ms",
                        "warm-up", "20000ops"));
        Map<String, ChildJvm> workers = new LinkedHashMap<>();
        try (ServerProcess server = ServerProcess.start()) {
            for (String driver : options.drivers()) {
                workers.put(driver, ChildJvm.start(List.of(), List.of(), driver, Worker.class, driver, server.uri()));
            }
            List<Operation> operations = options.list("operations", Operation::valueOf);
            List<Mode> modes = options.list("modes", Mode::valueOf);
            // Once through everything first, or the first table would show the compiler at work.
            for (Operation operation : operations) {
                for (Mode mode : modes) {
                    for (ChildJvm worker : workers.values()) {
                        ask(worker, operation, mode, options.text("warm-up"));
                    }
                }
            }
            for (Operation operation : operations) {
                for (int concurrency : concurrencies(modes)) {
                    Map<String, Measurement> rows = new LinkedHashMap<>();
                    for (Mode mode : modes) {
                        if (mode.concurrency == concurrency) {
                            measure(workers, operation, mode, options)
                                    .forEach((driver, median) -> rows.put(driver + ", " + mode.description, median));
                        }
                    }
                    Table.print(operation, concurrency, rows);
                }
            }
        } finally {
            workers.values().forEach(ChildJvm::close);
        }
    }

    private static Set<Integer> concurrencies(List<Mode> modes) {
        Set<Integer> concurrencies = new LinkedHashSet<>();
        modes.forEach(mode -> concurrencies.add(mode.concurrency));
        return concurrencies;
    }

    private static Map<String, Measurement> measure(
            Map<String, ChildJvm> workers, Operation operation, Mode mode, Arguments options) throws IOException {
        Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
        for (Map.Entry<String, ChildJvm> worker : workers.entrySet()) {
            // A mode's first moments after another mode are unlike the rest.
            String answer = ask(worker.getValue(), operation, mode, options.text("warm-up"));
            if (!answer.equals(Worker.UNSUITABLE)) {
                rounds.put(worker.getKey(), new ArrayList<>());
            }
        }
        for (int round = 0; round < options.number("rounds"); round++) {
            for (Map.Entry<String, ChildJvm> worker : workers.entrySet()) {
                List<Measurement> measured = rounds.get(worker.getKey());
                if (measured != null) {
                    measured.add(Measurement.parse(ask(worker.getValue(), operation, mode, options.text("round"))));
                }
            }
        }
        Map<String, Measurement> medians = new LinkedHashMap<>();
        rounds.forEach((driver, measured) -> medians.put(driver, Measurement.median(measured)));
        return medians;
    }

    private static String ask(ChildJvm worker, Operation operation, Mode mode, String limit) throws IOException {
        worker.writeLine(operation + " " + mode + " " + limit);
        return worker.readLine(Worker.ANSWER);
    }
}
