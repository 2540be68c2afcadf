package dev.rotor.conformance.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that the page of the prose tests names is there. They are tests of all modules, so it reads sources. */
class ProseTestsPageTest {

    private static final Pattern NAMED = Pattern.compile("`([\\w.]+)#(\\w+)`");
    private static final Pattern TEST_ANNOTATION = Pattern.compile("@(Test|ParameterizedTest)\\b");

    @Test
    void everyTestThatThePageNamesIsThere() throws IOException {
        Path root = root();
        String page = Files.readString(root.resolve("docs/prose-tests.md"));
        List<Path> sources = sources(root);
        Set<String> missing = new TreeSet<>();
        int named = 0;
        Matcher matcher = NAMED.matcher(page);
        while (matcher.find()) {
            named++;
            if (!isThere(sources, matcher.group(1), matcher.group(2))) {
                missing.add(matcher.group());
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    @Test
    void whatIsNotThereIsFoundOut() throws IOException {
        List<Path> sources = sources(root());

        assertThat(isThere(sources, "ProseTestsPageTest", "whatIsNotThereIsFoundOut"))
                .isTrue();
        assertThat(isThere(sources, "conformance.prose.ProseTestsPageTest", "whatIsNotThereIsFoundOut"))
                .isTrue();
        assertThat(isThere(sources, "ProseTestsPageTest", "isThere")).isFalse();
        assertThat(isThere(sources, "NoSuchTest", "whatIsNotThereIsFoundOut")).isFalse();
    }

    @Test
    void noRowIsWithoutATestOrAReason() throws IOException {
        List<String> bare = Files.readAllLines(root().resolve("docs/prose-tests.md")).stream()
                .filter(line -> line.startsWith("| ")
                        && !line.startsWith("| number")
                        && !line.contains("#")
                        && !line.contains("not applicable: "))
                .toList();

        assertThat(bare).isEmpty();
    }

    /** A method of that name that is a test, in the one class of that name, or in one of them. */
    private static boolean isThere(List<Path> sources, String type, String method) {
        String file = "/" + type.replace('.', '/') + ".java";
        Pattern declared = Pattern.compile("\\bvoid " + Pattern.quote(method) + "\\(");
        return sources.stream()
                .filter(source -> source.toString().replace('\\', '/').endsWith(file))
                .anyMatch(source -> {
                    String text = text(source);
                    Matcher found = declared.matcher(text);
                    if (!found.find()) {
                        return false;
                    }
                    // The annotations stand between the method before and this one.
                    int before = Math.max(text.lastIndexOf("    }\n", found.start()), text.indexOf('{'));
                    return TEST_ANNOTATION
                            .matcher(text.substring(before, found.start()))
                            .find();
                });
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        files.filter(file -> file.toString().endsWith("Test.java"))
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }

    /** The nearest folder above that has the Maven settings of the whole build. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("The tests run outside of the source tree");
            }
        }
        return folder;
    }
}
