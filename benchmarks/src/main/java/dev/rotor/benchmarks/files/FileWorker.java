package dev.rotor.benchmarks.files;

import dev.rotor.benchmarks.ProcessCounters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of one driver. Reads commands such as {@code upload 268435456} and answers each with the figures; ends
 * with its standard input.
 */
public final class FileWorker {

    /** What every answer begins with, so that whatever else a driver prints is not taken for one. */
    static final String ANSWER = "moved ";

    private FileWorker() {}

    /**
     * Serves until the end of standard input.
     *
     * @param arguments the driver's name and the server's URI
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (FileSubject subject = open(arguments[0], arguments[1])) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] command = line.split(" ", -1);
                System.out.println(ANSWER
                        + move(subject, FileDirection.valueOf(command[0]), Long.parseLong(command[1]))
                                .toLine());
            }
        }
    }

    private static FileSubject open(String driver, String uri) {
        return switch (driver) {
            case "rotor" -> new RotorFiles(uri);
            case "official-sync" -> new SyncFiles(uri);
            case "official-reactive" -> new ReactiveFiles(uri);
            default -> throw new IllegalArgumentException("there is no driver " + driver + " with GridFS");
        };
    }

    private static FileFigures move(FileSubject subject, FileDirection direction, long length) {
        ProcessCounters before = ProcessCounters.beforeRound();
        long start = System.nanoTime();
        switch (direction) {
            case UPLOAD -> subject.upload(length);
            case DOWNLOAD -> {
                long came = subject.download();
                if (came != length) {
                    throw new IllegalStateException(came + " bytes came instead of " + length);
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        ProcessCounters after = ProcessCounters.afterRound();
        return new FileFigures(seconds, after.cpuNanosSince(before) / 1e9, after.allocatedBytesSince(before), length);
    }
}
