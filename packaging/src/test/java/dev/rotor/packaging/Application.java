package dev.rotor.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the application in a JVM of its own. */
final class Application {

    private static final String MAIN = "dev.rotor.packaging.Consumer";

    /**
     * What came of a run.
     *
     * @param exit the exit code
     * @param out the lines of the standard output
     * @param err those of the standard error
     */
    record Run(int exit, List<String> out, List<String> err) {

        /** The driver's log lines about transports. */
        List<String> logged() {
            return err.stream()
                    .filter(line -> line.contains("dev.rotor.driver.client - "))
                    .map(line -> line.substring(line.indexOf("] ") + 2))
                    .toList();
        }

        /** What the application printed, all having gone well. */
        List<String> printed() {
            assertThat(exit)
                    .as("%s%n%s", String.join("\n", out), String.join("\n", err))
                    .isZero();
            return out;
        }
    }

    private final Path folder;
    private final String uri;

    /** Output goes to files in a folder. */
    Application(Path folder, String uri) {
        this.folder = folder;
        this.uri = uri;
    }

    Run onClassPath(List<Path> jars, String... transports) throws Exception {
        return run(List.of("-cp", joined(jars), MAIN), transports);
    }

    Run onModulePath(List<Path> path, String... transports) throws Exception {
        return run(List.of("-p", joined(path), "-m", "dev.rotor.packaging/" + MAIN), transports);
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private Run run(List<String> how, String... transports) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(how);
        command.add(uri);
        command.addAll(List.of(transports));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("ended: %s", how)
                    .isTrue();
            return new Run(process.exitValue(), lines(out), lines(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
}
