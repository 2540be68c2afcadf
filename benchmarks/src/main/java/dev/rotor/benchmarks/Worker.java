package dev.rotor.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of one driver. Reads commands such as {@code FIND_ONE JOIN 2000ms} and answers each with a line that
 * begins with {@link #ANSWER}; ends with its standard input.
 */
public final class Worker {

    /** What every answer begins with, so that whatever else a driver prints is not taken for one. */
    public static final String ANSWER = "measured ";

    /** The answer to an operation or a mode that the driver does not have. */
    static final String UNSUITABLE = "unsuitable";

    private Worker() {}

    /**
     * Serves until the end of standard input.
     *
     * @param arguments the driver's name and the server's URI
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Subject subject = Subjects.open(arguments[0], arguments[1]);
                LoadGenerator load = new LoadGenerator(subject)) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(ANSWER + answer(subject, load, line));
            }
        }
    }

    private static String answer(Subject subject, LoadGenerator load, String line) {
        String[] command = line.split(" ", -1);
        Operation operation = Operation.valueOf(command[0]);
        Mode mode = Mode.valueOf(command[1]);
        if (!mode.suits(subject) || !subject.knows(operation)) {
            return UNSUITABLE;
        }
        return load.run(operation, mode, Limit.parse(command[2])).toLine();
    }
}
