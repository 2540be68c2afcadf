package dev.rotor.driver.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundTripTimesTest {

    private final RoundTripTimes times = new RoundTripTimes();

    @Test
    void theMinimumIsZeroUntilTwoWereMeasuredAndThenTheShortestOfTheLastTen() {
        assertThat(times.minimum()).isEqualTo(Duration.ZERO);
        times.add(5);
        assertThat(times.minimum()).isEqualTo(Duration.ZERO);
        times.add(7);
        assertThat(times.minimum()).isEqualTo(Duration.ofNanos(5));
        for (int i = 0; i < 8; i++) {
            times.add(100 + i);
        }
        assertThat(times.minimum()).isEqualTo(Duration.ofNanos(5));
        times.add(200);
        assertThat(times.minimum()).isEqualTo(Duration.ofNanos(7));
        for (int i = 0; i < 1_000; i++) {
            times.add(300 + i);
        }
        assertThat(times.minimum()).isEqualTo(Duration.ofNanos(1_290));
    }

    @Test
    void afterAResetTheNextMeasurementIsTheAverage() {
        times.add(5);
        times.add(5);
        times.reset();
        assertThat(times.average()).isNull();
        assertThat(times.minimum()).isEqualTo(Duration.ZERO);
        times.add(80);
        assertThat(times.average()).isEqualTo(Duration.ofNanos(80));
    }
}
