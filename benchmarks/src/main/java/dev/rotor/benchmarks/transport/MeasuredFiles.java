package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.Measurement;
import dev.rotor.benchmarks.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps what was measured in two files of comma-separated values, whose first line is a comment. */
final class MeasuredFiles {

    private static final String ROUNDS = "rounds.csv";
    private static final String ROUNDS_HEAD =
            "transport,mode,round,ops/s,cpu µs/op,bytes/op,waits/op,preemptions/op,p50 µs,p99 µs";
    private static final String CALLS = "calls.csv";
    private static final String CALLS_HEAD = "transport,mode,system call,per findOne";

    private MeasuredFiles() {}

    /** Writes both files into a folder, which is made if it is not there. */
    static void write(Measured measured, Path folder) throws IOException {
        List<String> calls = new ArrayList<>(List.of("# " + measured.about(), CALLS_HEAD));
        for (Calls each : measured.calls()) {
            calls.add(String.format(
                    Locale.ROOT, "%s,%s,%s,%.3f", each.transport(), each.mode(), each.name(), each.perFindOne()));
        }
        writeRounds(measured, folder.resolve(ROUNDS));
        Files.write(folder.resolve(CALLS), calls);
    }

    /** Writes the rounds alone, into a file whose folder is made if it is not there. */
    static void writeRounds(Measured measured, Path file) throws IOException {
        List<String> rounds = new ArrayList<>(List.of("# " + measured.about(), ROUNDS_HEAD));
        for (Round round : measured.rounds()) {
            String figures = round.figures().toLine().replace(' ', ',');
            rounds.add(round.transport() + "," + round.mode() + "," + round.number() + "," + figures);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, rounds);
    }

    /**
     * Reads both files.
     *
     * @throws IOException if they are not there
     * @throws IllegalArgumentException if they hold anything else
     */
    static Measured read(Path folder) throws IOException {
        Measured rounds = readRounds(folder.resolve(ROUNDS));
        List<Calls> calls = new ArrayList<>();
        List<String> counted = lines(folder.resolve(CALLS), CALLS_HEAD);
        for (String line : counted.subList(2, counted.size())) {
            String[] columns = line.split(",", -1);
            calls.add(new Calls(columns[0], Mode.valueOf(columns[1]), columns[2], Double.parseDouble(columns[3])));
        }
        return new Measured(rounds.about(), rounds.rounds(), calls);
    }

    /**
     * Reads a file of rounds.
     *
     * @throws IOException if it is not there
     * @throws IllegalArgumentException if it holds anything else
     */
    static Measured readRounds(Path file) throws IOException {
        List<String> lines = lines(file, ROUNDS_HEAD);
        List<Round> rounds = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            String[] columns = line.split(",", 4);
            rounds.add(new Round(
                    columns[0],
                    Mode.valueOf(columns[1]),
                    Integer.parseInt(columns[2]),
                    Measurement.parse(columns[3].replace(',', ' '))));
        }
        return new Measured(lines.get(0).substring(2), rounds, List.of());
    }

    private static List<String> lines(Path file, String head) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2 || !lines.get(0).startsWith("# ") || !lines.get(1).equals(head)) {
            throw new IllegalArgumentException(file + " does not hold what was measured: a comment, then " + head);
        }
        return lines;
    }
}
