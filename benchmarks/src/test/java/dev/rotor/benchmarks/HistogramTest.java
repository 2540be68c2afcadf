package dev.rotor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private final Histogram histogram = new Histogram();

    @Test
    void percentilesAreAtMostThreePercentTooHigh() {
        for (long nanos = 1; nanos <= 100_000; nanos++) {
            histogram.record(nanos);
        }

        assertThat(histogram.total()).isEqualTo(100_000);
        assertThat(histogram.percentile(0.5))
                .isGreaterThanOrEqualTo(50_000)
                .isCloseTo(50_000, Percentage.withPercentage(3.2));
        assertThat(histogram.percentile(0.99))
                .isGreaterThanOrEqualTo(99_000)
                .isCloseTo(99_000, Percentage.withPercentage(3.2));
    }

    @Test
    void shortDurationsAreExact() {
        histogram.record(0);
        histogram.record(7);
        histogram.record(63);

        assertThat(histogram.percentile(0.3)).isZero();
        assertThat(histogram.percentile(0.6)).isEqualTo(7);
        assertThat(histogram.percentile(1)).isEqualTo(63);
    }

    @Test
    void everyDurationHasABucket() {
        for (int bit = 0; bit < Long.SIZE - 1; bit++) {
            Histogram one = new Histogram();
            one.record(1L << bit);
            assertThat(one.percentile(1)).isBetween(1L << bit, (1L << bit) + (1L << bit) / 32);
        }
        histogram.record(Long.MAX_VALUE);
        histogram.record(-1);

        assertThat(histogram.percentile(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.percentile(0)).isZero();
    }

    @Test
    void aSumHoldsWhatBothHeld() {
        Histogram other = new Histogram();
        other.record(1);
        histogram.record(30);
        histogram.add(other);

        assertThat(histogram.total()).isEqualTo(2);
        assertThat(histogram.percentile(0.5)).isEqualTo(1);
        assertThat(histogram.percentile(1)).isEqualTo(30);
    }

    @Test
    void anEmptyOneHasNoPercentile() {
        assertThat(histogram.percentile(0.5)).isZero();
    }
}
