package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.core.time.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineHeapTest {

    /** So close to the overflow that deadlines wrap around. */
    private static final long NOW = Long.MAX_VALUE - 500;

    @Test
    void theNearestIsAlwaysOnTopWhoeverLeaves() {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            DeadlineHeap<FakeConnection> heap = new DeadlineHeap<>();
            List<Waiter<FakeConnection>> model = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                if (model.isEmpty() || random.nextInt(5) < 3) {
                    long deadline = NOW + random.nextInt(1000);
                    Waiter<FakeConnection> waiter = new Waiter<>(new Checkout(), 0, deadline, deadline);
                    if (deadline != Deadline.NONE) {
                        model.add(waiter);
                    }
                    heap.add(waiter);
                } else {
                    Waiter<FakeConnection> leaving = model.remove(random.nextInt(model.size()));
                    heap.remove(leaving);
                    heap.remove(leaving);
                }
                long nearest = model.stream()
                        .map(waiter -> waiter.deadline - NOW)
                        .min(Comparator.naturalOrder())
                        .map(left -> left + NOW)
                        .orElse(Deadline.NONE);
                assertThat(heap.nearest()).isEqualTo(nearest);
                assertThat(heap.size()).isEqualTo(model.size());
            }
        }
    }

    @Test
    void whoHasNoDeadlineIsNotKept() {
        DeadlineHeap<FakeConnection> heap = new DeadlineHeap<>();
        heap.add(new Waiter<>(new Checkout(), 0, Deadline.NONE, Deadline.NONE));
        assertThat(heap.size()).isZero();
        assertThat(heap.peek()).isNull();
    }
}
