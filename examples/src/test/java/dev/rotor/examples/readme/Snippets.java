package dev.rotor.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines between {@code // snippet: name} and {@code // end} in sources, and pages that show them. */
final class Snippets {

    private static final Pattern IN_PAGE =
            Pattern.compile("```java\\n(.*?)```\\n<!-- snippet: ([\\w-]+(?:, [\\w-]+)*) -->", Pattern.DOTALL);
    private static final Pattern IN_SOURCE =
            Pattern.compile("^ *// snippet: ([\\w-]+)\\n(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);

    private Snippets() {}

    /** The snippets of sources, by name. */
    static Map<String, String> of(Path... sources) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        for (Path source : sources) {
            Matcher matcher = IN_SOURCE.matcher(Files.readString(source));
            while (matcher.find()) {
                String earlier = found.put(
                        matcher.group(1), matcher.group(2).stripTrailing().stripIndent() + "\n");
                assertThat(earlier).as("one snippet named " + matcher.group(1)).isNull();
            }
        }
        return found;
    }

    /** Every Java block of the page is a snippet, or several, and every snippet is there once. */
    static void assertShown(Path page, Map<String, String> snippets) throws IOException {
        String text = Files.readString(page);
        List<String> shown = new ArrayList<>();
        Matcher matcher = IN_PAGE.matcher(text);
        while (matcher.find()) {
            List<String> names = List.of(matcher.group(2).split(", "));
            shown.addAll(names);
            assertThat(matcher.group(1))
                    .as(matcher.group(2))
                    .isEqualTo(names.stream()
                            .map(name -> snippets.getOrDefault(name, "no such snippet: " + name))
                            .collect(Collectors.joining("\n")));
        }
        assertThat(shown).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(snippets.keySet());
        assertThat(text.split("```java", -1))
                .hasSize(IN_PAGE.matcher(text).results().toList().size() + 1);
    }

    /** The nearest folder above that has the Maven settings of the whole build. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run outside of the source tree");
        }
        return folder;
    }
}
