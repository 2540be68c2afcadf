package dev.rotor.driver.core.client;

import dev.rotor.driver.ListDatabasesQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import org.jspecify.annotations.Nullable;

/** {@code listDatabases}. */
final class ListDatabasesQueryView<T> extends ListingQuery<T, ListDatabasesQuery<T>> implements ListDatabasesQuery<T> {

    ListDatabasesQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            ListSpec spec,
            Decoders.Lazy<T> codec) {
        super(engine, scope, collectionScope, timeoutMode, spec, codec);
    }

    @Override
    ListDatabasesQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, ListSpec spec) {
        return new ListDatabasesQueryView<>(engine, scope, collectionScope, timeoutMode, spec, codec);
    }

    @Override
    public ListDatabasesQuery<T> authorizedDatabases(@Nullable Boolean authorizedDatabases) {
        return authorizedOnly(authorizedDatabases);
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        ReadCommands.ListDatabasesSpec list = new ReadCommands.ListDatabasesSpec(
                spec.filter, spec.nameOnly, spec.authorizedOnly, spec.maxTime, spec.comment);
        return ReadCommands.listDatabases(scope, list, codec.get());
    }
}
