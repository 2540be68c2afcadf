package dev.rotor.testserver.script;

import org.jspecify.annotations.Nullable;

/** A piece of code that can be run. */
@FunctionalInterface
interface Node {
    @Nullable
    Object run(Scope scope);

    /** What a statement gives that returns; others give null. */
    record Returned(@Nullable Object value) {}

    /** What can be called. */
    @FunctionalInterface
    interface Callable {
        @Nullable
        Object call(@Nullable Object self, @Nullable Object... arguments);
    }
}
