package dev.rotor.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.TransportSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerHeapTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
    private final NioTransport transport =
            NioTransport.open(new TransportSettings(1, "heap-test-", null, null), clock::get);
    private final NioLoop loop = (NioLoop) transport.nextLoop();

    @AfterEach
    void close() {
        transport.close(Duration.ZERO);
    }

    private LoopTimer timer(long deadline) {
        return new LoopTimer(loop, () -> {}, deadline);
    }

    @Test
    void timersComeOutByDeadlineAndOrderOfArrivalWhateverIsTakenOutBetween() {
        Random random = new Random(42);
        for (int round = 0; round < 200; round++) {
            TimerHeap heap = new TimerHeap();
            List<LoopTimer> expected = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(3) == 0 && !expected.isEmpty()) {
                    heap.remove(expected.remove(random.nextInt(expected.size())));
                } else {
                    LoopTimer timer = timer(random.nextInt(50));
                    heap.add(timer);
                    expected.add(timer);
                }
            }
            expected.sort(Comparator.comparingLong((LoopTimer t) -> t.deadline).thenComparingLong(t -> t.order));

            for (LoopTimer timer : expected) {
                assertThat(heap.pollDue(50)).isSameAs(timer);
                assertThat(timer.index).isEqualTo(LoopTimer.NOT_QUEUED);
            }
            assertThat(heap.size()).isZero();
            assertThat(heap.pollDue(50)).isNull();
        }
    }

    @Test
    void aTimerIsNotDueBeforeItsDeadlineEvenWhereTheClockOverflows() {
        TimerHeap heap = new TimerHeap();
        LoopTimer beyond = timer(Long.MIN_VALUE + 5);
        LoopTimer before = timer(Long.MAX_VALUE - 5);
        heap.add(beyond);
        heap.add(before);

        assertThat(heap.pollDue(Long.MAX_VALUE - 6)).isNull();
        assertThat(heap.pollDue(Long.MAX_VALUE - 5)).isSameAs(before);
        assertThat(heap.pollDue(Long.MAX_VALUE)).isNull();
        assertThat(heap.pollDue(Long.MIN_VALUE + 5)).isSameAs(beyond);
    }

    /**
     * Waits for a timer that is due now: those that were due before it have fired then, and all earlier tasks have run.
     */
    private void turn() throws Exception {
        CompletableFuture<Boolean> fired = new CompletableFuture<>();
        loop.schedule(() -> fired.complete(true), 0, TimeUnit.NANOSECONDS);
        fired.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aLoopFiresTimersByItsClockAlone() throws Exception {
        List<String> fired = new ArrayList<>();
        loop.schedule(() -> fired.add("second"), 2000, TimeUnit.NANOSECONDS);
        loop.schedule(() -> fired.add("first"), 1500, TimeUnit.NANOSECONDS);
        loop.schedule(() -> fired.add("second too"), 2000, TimeUnit.NANOSECONDS);

        clock.addAndGet(1499);
        turn();
        assertThat(fired).isEmpty();
        clock.addAndGet(1);
        turn();
        assertThat(fired).containsExactly("first");
        clock.addAndGet(500);
        turn();
        assertThat(fired).containsExactly("first", "second", "second too");
    }

    @Test
    void cancelledTimersLeaveTheHeap() throws Exception {
        LoopTimer byOther = (LoopTimer) loop.schedule(() -> {}, 1, TimeUnit.DAYS);
        turn();
        assertThat(byOther.index).isNotEqualTo(LoopTimer.NOT_QUEUED);

        byOther.cancel();
        turn();

        assertThat(byOther.index).isEqualTo(LoopTimer.NOT_QUEUED);
        CompletableFuture<Integer> size = new CompletableFuture<>();
        loop.execute(() -> {
            for (int i = 0; i < 10_000; i++) {
                loop.schedule(() -> {}, 1, TimeUnit.DAYS).cancel();
            }
            size.complete(loop.timers().size());
        });
        assertThat(size.get(60, TimeUnit.SECONDS)).isZero();
    }
}
