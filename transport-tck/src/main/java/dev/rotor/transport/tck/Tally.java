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
 * Notes how every claim went, where the system property {@value #FOLDER} names a folder: one file per transport,
 * {@code <name>.jsonl}, with a line of JSON per claim, such as
 *
 * <pre>{"transport":"nio","contract":"Framing","claim":"aMessageArrivesWhole","result":"passed"}</pre>
 *
 * The result is "passed", "skipped" or "failed"; the latter two come with "why". The lines are sorted.
 */
final class Tally implements BeforeEachCallback, TestWatcher {

    /** Names the folder of the reports; without it nothing is written. */
    static final String FOLDER = "dev.rotor.transport.tck.report";

    private static final String SUFFIX = "Contract";

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
                Files.write(folder.resolve(transport + ".jsonl"), new TreeSet<>(of));
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
        String name = transport == null ? "unknown" : transport;
        StringBuilder line = new StringBuilder();
        member(line, '{', "transport", name);
        member(line, ',', "contract", contract(context.getRequiredTestClass()));
        member(line, ',', "claim", claim(context));
        member(line, ',', "result", result);
        if (cause != null) {
            member(line, ',', "why", String.valueOf(cause.getMessage()));
        }
        reports.lines
                .computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet())
                .add(line.append('}').toString());
    }

    private static void member(StringBuilder line, char before, String name, String value) {
        line.append(before).append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ') {
                line.append(' ');
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    /** Of the kit's classes, whichever of them a transport's author or the kit itself has extended further. */
    private static String contract(Class<?> type) {
        Class<?> at = type;
        while (at.getPackage() != Tally.class.getPackage()
                || !at.getSimpleName().endsWith(SUFFIX)) {
            at = at.getSuperclass();
        }
        return at.getSimpleName().substring(0, at.getSimpleName().length() - SUFFIX.length());
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
