package dev.rotor.gridfs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StagesTest {

    @Test
    void aFailureIsFoundBehindThoseOfStages() {
        IllegalStateException failure = new IllegalStateException();

        assertThat(Stages.unwrap(new CompletionException(new CompletionException(failure))))
                .isSameAs(failure);
        assertThat(Stages.unwrap(failure)).isSameAs(failure);
    }

    @Test
    void whatIsThrownAtTheStartIsAFailureOfTheStage() {
        IllegalStateException thrown = new IllegalStateException("thrown");

        CompletableFuture<Object> started = Stages.start(() -> {
            throw thrown;
        });

        assertThat(started.handle((value, failure) -> failure)).isCompletedWithValue(thrown);
    }

    @Test
    void whoeverCancelsEndsTheWorkOnceNowOrLater() {
        AtomicInteger ended = new AtomicInteger();
        CompletableFuture<String> given = new CompletableFuture<>();
        Stages.onCancel(given, ended::incrementAndGet);
        assertThat(ended).hasValue(0);

        given.cancel(false);
        given.cancel(false);
        assertThat(ended).hasValue(1);

        Stages.onCancel(given, ended::incrementAndGet);
        assertThat(ended).hasValue(2);
    }

    @Test
    void workThatHasEndedByItselfIsNotEndedAgain() {
        AtomicInteger ended = new AtomicInteger();
        Stages.onCancel(CompletableFuture.completedFuture("value"), ended::incrementAndGet);
        Stages.onCancel(CompletableFuture.failedFuture(new IllegalStateException("failed")), ended::incrementAndGet);

        assertThat(ended).hasValue(0);
    }
}
