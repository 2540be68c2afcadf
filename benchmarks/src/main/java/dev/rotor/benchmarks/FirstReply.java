package dev.rotor.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long a new JVM takes to create a client, find one document and print it, and how many classes it has loaded by
 * then. The time is taken from outside, from before the process is started until the line is read, so it contains the
 * start of the JVM; the row {@code JVM} is a process that prints a line and uses no driver.
 */
public final class FirstReply {

    private static final String NO_DRIVER = "JVM";
    private static final String REPLY = "reply ";

    private FirstReply() {}

    /** The process that is measured. */
    static final class Child {

        private Child() {}

        /**
         * Prints one document and stops at once.
         *
         * @param arguments the driver's name and the server's URI
         */
        public static void main(String[] arguments) {
            String reply = arguments[0].equals(NO_DRIVER)
                    ? NO_DRIVER
                    : Subjects.open(arguments[0], arguments[1])
                            .call(Operation.FIND_ONE)
                            .toString();
            System.out.println(REPLY + reply);
            System.out.flush();
            // Closing a client in order is not what is measured here.
            Runtime.getRuntime().halt(0);
        }
    }

    /**
     * Runs and prints.
     *
     * @param arguments {@code --drivers} (comma-separated), {@code --runs}
     * @throws IOException if a process cannot be started or does not reply
     */
    public static void main(String[] arguments) throws IOException {
        Arguments options = new Arguments(arguments, Map.of("runs", "11"));
        List<String> drivers = new ArrayList<>(options.drivers());
        drivers.add(NO_DRIVER);
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        drivers.forEach(driver -> millis.put(driver, new ArrayList<>()));
        try (ServerProcess server = ServerProcess.start()) {
            for (int run = 0; run < options.number("runs"); run++) {
                for (Map.Entry<String, List<Double>> driver : millis.entrySet()) {
                    driver.getValue().add(millisToReply(driver.getKey(), server.uri()));
                }
            }
            System.out.printf("%nFirst reply after the start of the JVM, median of %d%n%n", options.number("runs"));
            System.out.println("| driver | ms | classes loaded |");
            System.out.println("|---|---:|---:|");
            for (Map.Entry<String, List<Double>> driver : millis.entrySet()) {
                List<Double> sorted = driver.getValue().stream().sorted().toList();
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %.0f | %d |%n",
                        driver.getKey(),
                        sorted.get(sorted.size() / 2),
                        classes(driver.getKey(), server.uri()));
            }
        }
    }

    private static double millisToReply(String driver, String uri) throws IOException {
        long start = System.nanoTime();
        try (ChildJvm child = child(List.of(), driver, uri)) {
            child.readLine(REPLY);
            return (System.nanoTime() - start) / 1e6;
        }
    }

    private static long classes(String driver, String uri) throws IOException {
        Path log = Files.createTempFile("classes", ".log");
        try (ChildJvm child = child(List.of("-Xlog:class+load:file=" + log), driver, uri)) {
            child.readLine(REPLY);
            child.finish();
            try (Stream<String> lines = Files.lines(log)) {
                return lines.filter(line -> line.contains(" source: ")).count();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(log);
        }
    }

    private static ChildJvm child(List<String> jvmOptions, String driver, String uri) throws IOException {
        String jars = driver.equals(NO_DRIVER) ? "" : driver;
        return ChildJvm.start(List.of(), jvmOptions, jars, Child.class, driver, uri);
    }
}
