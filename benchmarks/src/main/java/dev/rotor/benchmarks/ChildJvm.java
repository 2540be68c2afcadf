package dev.rotor.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that this one has started, spoken to in lines over its standard streams. Closing it ends it. */
public final class ChildJvm implements AutoCloseable {

    /** Where the jars of each driver are; set by the script {@code run}. */
    private static final String LIB_PROPERTY = "rotor.benchmarks.lib";

    /** A fixed heap, so that no driver is measured while the heap grows; all else is the JVM's default. */
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private ChildJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a main class with a driver's class path.
     *
     * @param prefix what the JVM is run under, such as a tracer's command line; empty for nothing
     * @param jvmOptions options of the JVM, beside those of the heap
     * @param driver the driver's name, or empty for none
     * @param main the class to run
     * @param arguments its arguments
     */
    public static ChildJvm start(
            List<String> prefix, List<String> jvmOptions, String driver, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEAP);
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath(driver));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ChildJvm(command);
    }

    public void writeLine(String line) throws IOException {
        in.write(line);
        in.newLine();
        in.flush();
    }

    /** The rest of the next line that begins with the given text. */
    public String readLine(String beginning) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new EOFException("process " + process.pid() + " ended without a line that begins with " + beginning);
    }

    /** Closes the child's standard input and waits until it has ended by itself. */
    public void finish() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IOException("process " + process.pid() + " does not end");
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The class path of this process with a driver's jars in place of anything else. */
    static String classPath(String driver) throws IOException {
        Path lib = Path.of(System.getProperty(LIB_PROPERTY, "benchmarks/target/lib"));
        List<String> entries = new ArrayList<>();
        entries.add(lib.resolveSibling("classes").toString());
        if (!driver.isEmpty() && !driver.equals(Subjects.NO_JARS)) {
            Path jars = lib.resolve(Subjects.jars(driver));
            if (!Files.isDirectory(jars)) {
                throw new IOException(
                        "no jars of " + driver + " in " + lib + ": build with -Pside-by-side, or use benchmarks/run");
            }
            entries.add(jars + File.separator + "*");
            entries.add(lib.resolve("logging") + File.separator + "*");
        }
        return String.join(File.pathSeparator, entries);
    }
}
