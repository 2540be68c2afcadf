package dev.rotor.benchmarks;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A driver that can be told what to do when the result is there. */
public interface AsyncSubject extends Subject {

    /**
     * Starts one operation.
     *
     * @param operation what to do
     * @param done is given the result or the failure, on whichever thread the driver completes
     */
    void start(Operation operation, BiConsumer<@Nullable Object, @Nullable Throwable> done);
}
