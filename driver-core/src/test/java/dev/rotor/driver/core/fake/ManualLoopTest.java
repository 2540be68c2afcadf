package dev.rotor.driver.core.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManualLoopTest {

    private final ManualLoop loop = new ManualLoop();
    private final List<String> log = new ArrayList<>();

    @Test
    void timersFireInTheOrderOfTheirTimesAndSeeTheTimeTheyWereSetFor() {
        long start = loop.clock().nanoTime();
        loop.schedule(() -> log.add("b" + (loop.clock().nanoTime() - start)), 20, TimeUnit.NANOSECONDS);
        loop.schedule(() -> log.add("a" + (loop.clock().nanoTime() - start)), 10, TimeUnit.NANOSECONDS);
        loop.advance(Duration.ofSeconds(5));
        assertThat(log).containsExactly("a10", "b20");
        assertThat(loop.clock().nanoTime() - start).isEqualTo(5_000_000_000L);
    }

    @Test
    void aTimerThatATimerSetsWithinTheSpanFiresToo() {
        loop.schedule(() -> loop.schedule(() -> log.add("second"), 1, TimeUnit.SECONDS), 1, TimeUnit.SECONDS);
        loop.advance(Duration.ofSeconds(2));
        assertThat(log).containsExactly("second");
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        Cancellable timer = loop.schedule(() -> log.add("no"), 1, TimeUnit.SECONDS);
        timer.cancel();
        timer.cancel();
        loop.advance(Duration.ofSeconds(2));
        assertThat(log).isEmpty();
        assertThat(loop.armedTimers()).isZero();
    }

    @Test
    void aTaskThatThrowsDoesNotEndTheLoop() {
        loop.execute(() -> {
            throw new IllegalStateException("broken");
        });
        loop.execute(() -> log.add(loop.inLoop() ? "in" : "out"));
        loop.run();
        assertThat(log).containsExactly("in");
        assertThat(loop.failures()).hasSize(1);
        assertThat(loop.inLoop()).isFalse();
    }
}
