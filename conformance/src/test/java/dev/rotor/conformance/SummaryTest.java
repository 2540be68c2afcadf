package dev.rotor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final List<CaseResult> RESULTS = List.of(
            result("one", "single", Status.PASSED),
            result("one", "sharded", Status.FAILED),
            result("two", "single", Status.PASSED),
            result("two", "sharded", Status.SKIPPED),
            result("three", "-", Status.SKIPPED));

    @Test
    void aCaseThatFailsAnywhereHasFailedAndOneThatIsSkippedEverywhereIsSkipped() {
        assertThat(Summary.of(RESULTS).table().lines().skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line.trim().split("\\s+"))
                        .containsExactly("crud", "3", "1", "1", "1", "3", "2", "1"));
    }

    @Test
    void runsThatWereDoneAgainAreCounted() {
        CaseResult again = new CaseResult(
                "crud",
                "crud/tests/x.json",
                "four",
                "single",
                Status.PASSED,
                null,
                List.of("held up", "held up again"));

        assertThat(Summary.of(RESULTS).table()).contains("0 runs were done again");
        assertThat(Summary.of(List.of(again)).table()).contains("1 runs were done again");
    }

    private static CaseResult result(String description, String profile, Status status) {
        return new CaseResult(
                "crud",
                "crud/tests/x.json",
                description,
                profile,
                status,
                status == Status.PASSED ? null : "it went wrong");
    }
}
