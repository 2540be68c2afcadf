package dev.rotor.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitCountsTest {

    @TempDir
    Path folder;

    private void report(String transport, String... lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append("{\"transport\":\"")
                    .append(transport)
                    .append("\",")
                    .append(line)
                    .append("}\n");
        }
        Files.writeString(folder.resolve(transport + ".jsonl"), text);
    }

    private String written(String page) throws IOException {
        Path file = folder.resolve("transports.md");
        Files.writeString(file, page);
        List<String> arguments = new ArrayList<>(List.of(file.toString()));
        try (Stream<Path> reports = Files.list(folder)) {
            reports.map(Path::toString)
                    .filter(name -> name.endsWith(".jsonl"))
                    .sorted()
                    .forEach(arguments::add);
        }
        KitCounts.main(arguments.toArray(new String[0]));
        return Files.readString(file);
    }

    @Test
    void theTableStandsBetweenTheMarkersInPlaceOfTheOneBefore() throws IOException {
        report("epoll", "\"contract\":\"Framing\",\"claim\":\"a\",\"result\":\"passed\"");
        report(
                "nio",
                "\"contract\":\"Framing\",\"claim\":\"a\",\"result\":\"passed\"",
                "\"contract\":\"Framing\",\"claim\":\"b\",\"result\":\"failed\",\"why\":\"a \\\"quoted\\\" word\"",
                "\"contract\":\"Closing\",\"claim\":\"c\",\"result\":\"skipped\",\"why\":\"Assumption failed: no such thing\"");
        String expected =
                """
                before
                <!-- kit counts -->

                | contract | `nio` | `epoll` |
                |---|---:|---:|
                | Closing | 0, 1 skipped | 0 |
                | Framing | 1, 1 failed | 1 |
                | all | 1, 1 failed, 1 skipped | 1 |

                Claims that passed, and those that were skipped. Why:

                - `nio`: no such thing (1)

                <!-- /kit counts -->
                after
                """;

        String once = written("before\n<!-- kit counts --><!-- /kit counts -->\nafter\n");

        assertThat(once).isEqualTo(expected);
        assertThat(written(once)).isEqualTo(expected);
    }

    @Test
    void aPageWithoutMarkersIsLeftAloneWithAWord() throws IOException {
        report("nio", "\"contract\":\"Framing\",\"claim\":\"a\",\"result\":\"passed\"");

        assertThatThrownBy(() -> written("nothing here"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<!-- kit counts -->");
        assertThat(folder.resolve("transports.md")).hasContent("nothing here");
    }
}
