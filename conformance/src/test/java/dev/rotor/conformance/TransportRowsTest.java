package dev.rotor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TransportRowsTest {

    private static final String PAGE = "before\n" + TransportRows.BEGIN + "\n" + TransportRows.END + "\nafter\n";

    private static final List<CaseResult> RESULTS = List.of(
            new CaseResult("crud", "crud/a.json", "one", "x", Status.PASSED, null),
            new CaseResult("crud", "crud/a.json", "two", "x", Status.FAILED, "because"));

    @Test
    void aRunReplacesTheRowOfItsTransportAndKeepsTheOthers() {
        String both = TransportRows.of("")
                .with("nio", RESULTS.subList(0, 1))
                .with("epoll", RESULTS.subList(0, 1))
                .into(PAGE);

        String again = TransportRows.of(both).with("epoll", RESULTS).into(PAGE);

        assertThat(again)
                .contains("| `nio` | 1 | 1 | 0 | 0 | 1 |")
                .contains("| `epoll` | 2 | 1 | 1 | 0 | 2 |")
                .doesNotContain("| `epoll` | 1 |")
                .startsWith("before\n")
                .endsWith("after\n");
        assertThat(TransportRows.of(again).with("epoll", RESULTS).into(again)).isEqualTo(again);
    }

    @Test
    void aPageWithoutAPlaceForTheTableIsRefused() {
        assertThatThrownBy(() -> TransportRows.of("").with("epoll", RESULTS).into("before\n"))
                .hasMessageContaining(TransportRows.BEGIN)
                .hasMessageContaining("nio");
    }

    @Test
    void whyATransportCannotRunIsSaidInASentence() {
        assertThat(Transports.reasonAgainst("nio")).isEmpty();
        assertThat(Transports.reasonAgainst("pigeon"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("pigeon", "nio", "netty"));
    }
}
