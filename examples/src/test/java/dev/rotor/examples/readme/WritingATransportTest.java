package dev.rotor.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.RandomFaultsContract;
import dev.rotor.transport.tck.TransportFeature;
import dev.rotor.transport.tck.TransportUnderTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

        assertThat(snippets).hasSizeGreaterThan(6);
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

    @Test
    void theTransportThatPassesTheKitIsAsShortAsItIsSaidToBe() throws IOException {
        Path example = Snippets.root().resolve("examples/src/main").resolve(EXAMPLE);
        Pattern row = Pattern.compile("\\[(\\w+\\.java)]\\([^)]*\\) \\| (\\d+) \\|");
        String page = Files.readString(PAGE);
        Map<String, Integer> said = row.matcher(page)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> Integer.parseInt(found.group(2))));

        for (Map.Entry<String, Integer> file : said.entrySet()) {
            assertThat(Files.readAllLines(example.resolve(file.getKey())))
                    .as(file.getKey())
                    .hasSize(file.getValue());
        }
        int transport = Stream.of("RecordingProvider.java", "RecordingTransport.java")
                .mapToInt(file -> said.getOrDefault(file, 1_000))
                .sum();
        assertThat(transport).isBetween(1, 150);
        assertThat(page.replaceAll("\\s+", " ")).contains("It is " + transport + " lines with imports and comments");
    }

    @Test
    void everyContractAndEveryFeatureOfTheKitIsExplained() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(AllContracts.class.getDeclaredClasses())
                .extracting(nested -> nested.getSuperclass().getSimpleName())
                .hasSizeGreaterThan(10)
                .allSatisfy(contract -> assertThat(page).contains("| `" + contract + "` |"));
        assertThat(TransportFeature.values())
                .allSatisfy(feature -> assertThat(page).contains(feature.name() + "`"));
        assertThat(TransportUnderTest.class.getDeclaredMethods())
                .filteredOn(method -> !method.isSynthetic())
                .extracting(Method::getName)
                .allSatisfy(method -> assertThat(page).contains("`" + method + "("));
        assertThat(page).contains("`" + RandomFaultsContract.SEED + "`");
    }
}
