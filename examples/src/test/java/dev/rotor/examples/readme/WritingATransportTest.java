package dev.rotor.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/writing-a-transport.md shows the example as it is, and names files that exist. */
class WritingATransportTest {

    private static final Path PAGE = Snippets.root().resolve("docs/writing-a-transport.md");
    private static final String EXAMPLE = "java/dev/rotor/examples/recording";

    private static Path[] sources() throws IOException {
        Path examples = Snippets.root().resolve("examples/src");
        try (Stream<Path> main = Files.list(examples.resolve("main").resolve(EXAMPLE));
                Stream<Path> test = Files.list(examples.resolve("test").resolve(EXAMPLE))) {
            return Stream.concat(main, test).sorted().toArray(Path[]::new);
        }
    }

    @Test
    void everyJavaBlockIsCodeOfTheExample() throws IOException {
        Map<String, String> snippets = Snippets.of(sources());

        assertThat(snippets).hasSizeGreaterThan(7);
        Snippets.assertShown(PAGE, snippets);
    }

    @Test
    void everyFileThatIsNamedIsThere() throws IOException {
        Pattern link = Pattern.compile("\\]\\((\\.\\./[^)#]+|[a-z-]+\\.md)[^)]*\\)");

        assertThat(link.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(path ->
                        assertThat(PAGE.resolveSibling(path).normalize()).exists());
    }
}
