package dev.rotor.conformance.unified;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallsTest {

    private static final long MILLI = 1_000_000;

    private final AtomicLong classes = new AtomicLong(1000);
    private double load = -1;
    private final Stalls stalls = new Stalls(classes::get, () -> load, 2);
    private final Stalls.Moment began = stalls.now();

    @Test
    void aThreadThatRunsInTimeIsNoStallHoweverLongItDoes() {
        for (int i = 0; i < 1000; i++) {
            stalls.tick(0, 5 * MILLI);
        }

        assertThat(stalls.since(began)).isNull();
    }

    @Test
    void aThreadThatIsLateIsAStallForWhoeverBeganBefore() {
        stalls.tick(100 * MILLI, 120 * MILLI);

        assertThat(stalls.since(began)).isEqualTo("threads were held up for 16 ms");
        assertThat(stalls.since(stalls.now())).isNull();
    }

    @Test
    void severalTimesALittleLateAreAStallToo() {
        stalls.tick(0, 9 * MILLI);
        assertThat(stalls.since(began)).isNull();

        stalls.tick(9 * MILLI, 18 * MILLI);
        assertThat(stalls.since(began)).isEqualTo("threads were held up for 10 ms");
    }

    @Test
    void manyNewClassesHoldThreadsUp() {
        classes.addAndGet(49);
        assertThat(stalls.since(began)).isNull();

        classes.addAndGet(1);
        assertThat(stalls.since(began)).isEqualTo("50 classes were loaded meanwhile");
    }

    @Test
    void moreThreadsThanProcessorsHoldEachOtherUp() {
        load = 2;
        assertThat(stalls.since(began)).isNull();

        load = 2.04;
        assertThat(stalls.since(began)).isEqualTo("the machine's load was 2.0 on 2 processors");
        load = 5.5;
        assertThat(stalls.since(began)).isEqualTo("the machine's load was 5.5 on 2 processors");
    }
}
