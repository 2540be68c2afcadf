package dev.rotor.driver.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documents speak of what exists. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern JAVA_FILE = Pattern.compile("([\\w-]+\\.java)\\b");

    private static final Path ROOT = root();
    private static final List<Path> FILES = files();

    @Test
    void everyJavaFileThatADocumentNamesExists() {
        Set<String> names =
                FILES.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (Path document : documents()) {
            Matcher matcher = JAVA_FILE.matcher(text(document));
            while (matcher.find()) {
                if (!names.contains(matcher.group(1))) {
                    missing.add(ROOT.relativize(document) + " names " + matcher.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() {
        Set<String> broken = new TreeSet<>();
        for (Path document : documents()) {
            Matcher matcher = LINK.matcher(text(document));
            while (matcher.find()) {
                String target = matcher.group(1).replaceFirst("#.*", "");
                if (!target.isEmpty() && !target.contains(":") && !Files.exists(document.resolveSibling(target))) {
                    broken.add(ROOT.relativize(document) + " links to " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theDocumentsAreFound() {
        assertThat(documents()).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/benchmarks.md"));
        assertThat(FILES).noneMatch(file -> file.toString().contains("/target/"));
        assertThat("[x](docs/a.md#b) and Foo.java").containsPattern(LINK).containsPattern(JAVA_FILE);
    }

    private static List<Path> documents() {
        return FILES.stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static List<Path> files() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean skipped = name.equals("target") || name.equals(".git");
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }
}
