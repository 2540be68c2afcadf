package dev.rotor.driver.core.client;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ListDatabasesQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import java.util.concurrent.CompletionStage;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code listDatabases}. */
final class ListDatabasesQueryView<T> extends AbstractQuery<T, ListSpec, ListDatabasesQuery<T>>
        implements ListDatabasesQuery<T> {

    private final Decoders.Lazy<T> codec;

    ListDatabasesQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            ListSpec spec,
            Decoders.Lazy<T> codec) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.codec = codec;
    }

    @Override
    ListDatabasesQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, ListSpec spec) {
        return new ListDatabasesQueryView<>(engine, scope, collectionScope, timeoutMode, spec, codec);
    }

    @Override
    public ListDatabasesQuery<T> filter(@Nullable Bson filter) {
        ListSpec changed = spec.copy();
        changed.filter = filter;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> nameOnly(@Nullable Boolean nameOnly) {
        ListSpec changed = spec.copy();
        changed.nameOnly = nameOnly;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> authorizedDatabases(@Nullable Boolean authorizedDatabases) {
        ListSpec changed = spec.copy();
        changed.authorizedOnly = authorizedDatabases;
        return with(changed);
    }

    @Override
    public CompletionStage<AsyncCursor<T>> open() {
        return openCursor();
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        ReadCommands.ListDatabasesSpec list = new ReadCommands.ListDatabasesSpec(
                spec.filter, spec.nameOnly, spec.authorizedOnly, spec.maxTime, spec.comment);
        return ReadCommands.listDatabases(scope, list, codec.get());
    }
}
