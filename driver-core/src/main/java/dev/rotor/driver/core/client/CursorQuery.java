package dev.rotor.driver.core.client;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.Query;
import dev.rotor.driver.core.cursor.DocumentCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.QuerySpec;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A query whose cursor is of the plain kind: all but change streams. */
abstract class CursorQuery<T, S extends QuerySpec<S>, Q extends Query<T>> extends AbstractQuery<T, S, Q> {

    CursorQuery(Engine engine, Scope scope, Scope collectionScope, @Nullable TimeoutMode timeoutMode, S spec) {
        super(engine, scope, collectionScope, timeoutMode, spec);
    }

    @Override
    public final CompletionStage<AsyncCursor<T>> open() {
        Throwable here = engine.abandonedCursors().here();
        return open(this::operation, batches -> watched(new DocumentCursor<>(engine, batches), here));
    }
}
