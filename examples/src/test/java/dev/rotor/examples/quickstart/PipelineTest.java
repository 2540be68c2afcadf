package dev.rotor.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PipelineTest {

    @Test
    void neverMoreOperationsAreUnderWayThanTheWindowAllows() throws Exception {
        Pipeline pipeline = new Pipeline(3);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        ExecutorService server = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 500; i++) {
                pipeline.submit(() -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    return CompletableFuture.runAsync(
                            () -> {
                                underWay.decrementAndGet();
                                ended.incrementAndGet();
                            },
                            server);
                });
            }
            pipeline.drain();
        } finally {
            server.shutdown();
        }

        assertThat(most.get()).isBetween(1, 3);
        assertThat(ended.get()).isEqualTo(500);
    }

    @Test
    void theFirstFailureIsThrownAndNothingMoreIsStarted() throws Exception {
        Pipeline pipeline = new Pipeline(2);
        CountDownLatch notStarted = new CountDownLatch(1);
        pipeline.submit(() -> CompletableFuture.failedFuture(new QuickstartException("first")));

        assertThatThrownBy(() -> pipeline.submit(() -> {
                    notStarted.countDown();
                    return CompletableFuture.completedFuture(null);
                }))
                .isInstanceOf(QuickstartException.class)
                .hasMessage("first");
        assertThat(notStarted.getCount()).isEqualTo(1);
        assertThatThrownBy(pipeline::drain).hasMessage("first");
    }

    @Test
    void anOperationThatCannotBeStartedGivesItsPlaceBack() throws Exception {
        Pipeline pipeline = new Pipeline(1);

        assertThatThrownBy(() -> pipeline.submit(() -> {
                    throw new IllegalArgumentException("not started");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        pipeline.submit(() -> CompletableFuture.completedFuture(null));
        pipeline.drain();
    }
}
