package dev.rotor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Measurement SLOW = new Measurement(100, 40, 30_000, 3, 0.5, 90, 200.25);
    private static final Measurement FAST = new Measurement(300, 10, 4_000, 1, 0, 20, 40);

    @Test
    void aMeasurementSurvivesTheWayBetweenProcesses() {
        assertThat(Measurement.parse(SLOW.toLine())).isEqualTo(SLOW);
        assertThatThrownBy(() -> Measurement.parse(Worker.UNSUITABLE)).hasMessageContaining(Worker.UNSUITABLE);
    }

    @Test
    void theMedianIgnoresOneBadRoundAndIsTheMiddleOfTwo() {
        assertThat(Measurement.median(List.of(FAST, SLOW, FAST))).isEqualTo(FAST);
        assertThat(Measurement.median(List.of(FAST, SLOW)))
                .isEqualTo(new Measurement(200, 25, 17_000, 2, 0.25, 55, 120.125));
    }

    @Test
    void theSummaryOfStraceIsReadWithAndWithoutErrors() {
        Map<String, Long> calls = SystemCalls.parse(List.of(
                "% time     seconds  usecs/call     calls    errors syscall",
                "------ ----------- ----------- --------- --------- ----------------",
                " 71.30    1.204112          60     20011           write",
                " 28.70    0.484723          12     40123         7 futex",
                "------ ----------- ----------- --------- --------- ----------------",
                "100.00    1.688835          28     60134         7 total"));

        assertThat(calls).containsOnly(Map.entry("write", 20_011L), Map.entry("futex", 40_123L));
    }

    @Test
    void aLimitIsATimeOrACountAndNothingElse() {
        assertThat(Limit.parse("2000ms").nanos()).isEqualTo(2_000_000_000L);
        assertThat(Limit.parse("64ops").share(32).operations()).isEqualTo(2);
        assertThatThrownBy(() -> Limit.parse("2s")).hasMessageContaining("2000ms or 20000ops");
    }

    @Test
    void anUnknownOptionIsNamedTogetherWithThoseThatThereAre() {
        assertThatThrownBy(() -> new Arguments(new String[] {"--turns", "3"}, Map.of("rounds", "5")))
                .hasMessageContaining("--turns")
                .hasMessageContaining("drivers, rounds");
        assertThatThrownBy(() -> new Arguments(new String[] {"--rounds"}, Map.of("rounds", "5")))
                .hasMessageContaining("--rounds");
    }
}
