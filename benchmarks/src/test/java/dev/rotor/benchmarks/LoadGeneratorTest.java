package dev.rotor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadGeneratorTest {

    private final AtomicLong calls = new AtomicLong();

    @Test
    void everyModeDoesAsManyOperationsAsItIsTold() {
        for (Mode mode : Mode.values()) {
            calls.set(0);
            try (LoadGenerator load = new LoadGenerator(new Inline())) {
                Measurement measured = load.run(Operation.PING, mode, Limit.parse("10240ops"));

                assertThat(calls).as(mode.name()).hasValue(10240);
                assertThat(measured.opsPerSecond()).isPositive();
            }
        }
    }

    @Test
    void aChainWhoseCompletionsComeAtOnceDoesNotOverflowTheStack() {
        Chain.run(new Inline(), Operation.PING, 1_000_000, 1);

        assertThat(calls).hasValue(1_000_000);
    }

    @Test
    void aChainWhoseCompletionsComeFromOtherThreadsLosesNone() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Chain.run(new Elsewhere(threads), Operation.PING, 32_000, 32);
        } finally {
            threads.shutdown();
        }

        assertThat(calls).hasValue(32_000);
    }

    @Test
    void aFailureEndsTheRoundAndIsReported() {
        for (Mode mode : Mode.values()) {
            try (LoadGenerator load = new LoadGenerator(new Failing())) {
                assertThatThrownBy(() -> load.run(Operation.PING, mode, Limit.parse("100ops")))
                        .hasStackTraceContaining("the server went away");
            }
        }
    }

    @Test
    void aDriverThatCanOnlyBlockHasNoChains() {
        Subject blocking = new Subject() {
            @Override
            public Object call(Operation operation) {
                return operation;
            }

            @Override
            public void close() {}
        };

        assertThat(Mode.CHAINED.suits(blocking)).isFalse();
        assertThat(Mode.THREADS.suits(blocking)).isTrue();
        try (LoadGenerator load = new LoadGenerator(blocking)) {
            assertThatThrownBy(() -> load.run(Operation.PING, Mode.CHAINED, Limit.parse("1ops")))
                    .hasMessageContaining("only block");
        }
    }

    private class Inline implements AsyncSubject {

        @Override
        public Object call(Operation operation) {
            return calls.incrementAndGet();
        }

        @Override
        public void start(Operation operation, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
            done.accept(call(operation), null);
        }

        @Override
        public void close() {}
    }

    private final class Elsewhere extends Inline {

        private final ExecutorService threads;

        Elsewhere(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public void start(Operation operation, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
            threads.execute(() -> super.start(operation, done));
        }
    }

    private final class Failing extends Inline {

        @Override
        public Object call(Operation operation) {
            throw new IllegalStateException("the server went away");
        }
    }
}
