package dev.rotor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
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
    void aLogOfStraceIsCountedFromAnswerToAnswer() throws IOException {
        BufferedReader log = new BufferedReader(
                new StringReader(
                        """
                71 write(12, "x"..., 90) = 90
                70 write(1, "measured 12.0 3."..., 60) = 60
                71 write(12, "x"..., 90 <unfinished ...>
                72 futex(0x7f, FUTEX_WAIT, 0, NULL <unfinished ...>
                71 <... write resumed>) = 90
                72 <... futex resumed>) = -1 EAGAIN (Resource temporarily unavailable)
                72 write(12, "x"..., 90) = 90
                70 write(1, "measured 12.0 3."..., 60) = 60
                70 read(0, "", 8192) = 0
                """));

        assertThat(SystemCalls.count(log)).containsOnly(Map.entry("write", 1L));
        assertThat(SystemCalls.count(log)).containsOnly(Map.entry("write", 2L), Map.entry("futex", 1L));
        assertThat(SystemCalls.count(log)).containsOnly(Map.entry("read", 1L));
        assertThat(SystemCalls.count(log)).isEmpty();
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
