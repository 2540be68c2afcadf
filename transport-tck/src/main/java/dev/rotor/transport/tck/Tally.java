package dev.rotor.transport.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Notes how every claim went, where the system property {@code dev.rotor.transport.tck.report} names a folder: one file
 * per transport, {@code <name>.tsv}, with a line per claim: contract, claim, "passed", "skipped" or "failed", and why.
 * Counts are then a matter of {@code cut}, {@code sort} and {@code uniq}.
 */
final class Tally implements BeforeEachCallback, TestWatcher {

    /** Names the folder of the reports; without it nothing is written. */
    static final String FOLDER = "dev.rotor.transport.tck.report";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Tally.class);

    /** The reports of one run, written when it ends. */
    private static final class Reports implements AutoCloseable {

        /** The transport of each running test, by the test's unique id: a watcher sees no test instance any more. */
        final Map<String, String> running = new ConcurrentHashMap<>();

        final Map<String, Set<String>> lines = new ConcurrentHashMap<>();

        @Override
        public void close() {
            String folder = System.getProperty(FOLDER, "");
            if (folder.isEmpty()) {
                return;
            }
            lines.forEach((transport, of) -> write(Path.of(folder), transport, of));
        }

        private static void write(Path folder, String transport, Set<String> of) {
            try {
                Files.createDirectories(folder);
                Files.write(folder.resolve(transport + ".tsv"), new TreeSet<>(of));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TransportContract test = (TransportContract) context.getRequiredTestInstance();
        reports(context).running.put(context.getUniqueId(), test.provider().name());
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        note(context, "passed", null);
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        note(context, "skipped", cause);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        note(context, "failed", cause);
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        note(context, "skipped", new IllegalStateException(reason.orElse("disabled")));
    }

    private static void note(ExtensionContext context, String result, @Nullable Throwable cause) {
        Reports reports = reports(context);
        String transport = reports.running.remove(context.getUniqueId());
        String why = cause == null ? "" : String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        reports.lines
                .computeIfAbsent(transport == null ? "unknown" : transport, name -> ConcurrentHashMap.newKeySet())
                .add(String.join("\t", contract(context.getRequiredTestClass()), claim(context), result, why));
    }

    private static String contract(Class<?> type) {
        Class<?> at = type;
        while (at.getSuperclass() != TransportContract.class && at.getSuperclass() != Object.class) {
            at = at.getSuperclass();
        }
        return at.getSimpleName();
    }

    /** The method's name, and for one of several invocations its own. */
    private static String claim(ExtensionContext context) {
        String method = context.getRequiredTestMethod().getName();
        String shown = context.getDisplayName();
        return shown.startsWith(method) ? method : method + " " + shown;
    }

    private static Reports reports(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Reports.class, key -> new Reports(), Reports.class);
    }
}
