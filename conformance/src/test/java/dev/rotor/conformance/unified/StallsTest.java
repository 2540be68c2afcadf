package dev.rotor.conformance.unified;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallsTest {

    private static final long MILLI = 1_000_000;

    private final Stalls stalls = new Stalls();

    @Test
    void aThreadThatRunsInTimeIsNoStall() {
        stalls.tick(0, 5 * MILLI);

        assertThat(stalls.since(0)).isFalse();
    }

    @Test
    void aThreadThatIsLateIsAStallForWhoeverBeganBefore() {
        stalls.tick(100 * MILLI, 120 * MILLI);

        assertThat(stalls.since(90 * MILLI)).isTrue();
        assertThat(stalls.since(121 * MILLI)).isFalse();
    }
}
