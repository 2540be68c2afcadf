package dev.rotor.driver.core.client;

import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.RunCursorCommandQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.RunCursorSpec;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Any command that opens a cursor. */
final class RunCursorCommandQueryView<T> extends CursorQuery<T, RunCursorSpec, RunCursorCommandQuery<T>>
        implements RunCursorCommandQuery<T> {

    private final Decoders.Lazy<T> decoder;

    RunCursorCommandQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            RunCursorSpec spec,
            Decoders.Lazy<T> decoder) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.decoder = decoder;
    }

    @Override
    RunCursorCommandQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, RunCursorSpec spec) {
        return new RunCursorCommandQueryView<>(engine, scope, collectionScope, timeoutMode, spec, decoder);
    }

    @Override
    public RunCursorCommandQuery<T> readPreference(ReadPreference readPreference) {
        Objects.requireNonNull(readPreference, "readPreference");
        return new RunCursorCommandQueryView<>(
                engine,
                scope.withReadPreference(readPreference),
                collectionScope.withReadPreference(readPreference),
                timeoutMode,
                spec,
                decoder);
    }

    @Override
    public RunCursorCommandQuery<T> cursorType(CursorType cursorType) {
        RunCursorSpec changed = spec.copy();
        changed.cursorType = Objects.requireNonNull(cursorType, "cursorType");
        return with(changed);
    }

    @Override
    boolean isTailable() {
        return spec.cursorType.isTailable();
    }

    /** Where the cursor awaits data, the time of its getMores is how long it waits. */
    @Override
    @Nullable
    Duration maxAwaitTime() {
        return spec.maxTime;
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        return ReadCommands.runCursorCommand(engine, scope, spec, decoder.get());
    }
}
