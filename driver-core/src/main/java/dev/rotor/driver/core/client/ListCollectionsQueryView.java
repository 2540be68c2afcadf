package dev.rotor.driver.core.client;

import dev.rotor.driver.ListCollectionsQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import org.jspecify.annotations.Nullable;

/** {@code listCollections} of a database. */
final class ListCollectionsQueryView<T> extends ListingQuery<T, ListCollectionsQuery<T>>
        implements ListCollectionsQuery<T> {

    ListCollectionsQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            ListSpec spec,
            Decoders.Lazy<T> codec) {
        super(engine, scope, collectionScope, timeoutMode, spec, codec);
    }

    @Override
    ListCollectionsQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, ListSpec spec) {
        return new ListCollectionsQueryView<>(engine, scope, collectionScope, timeoutMode, spec, codec);
    }

    @Override
    public ListCollectionsQuery<T> authorizedCollections(@Nullable Boolean authorizedCollections) {
        return authorizedOnly(authorizedCollections);
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        ReadCommands.ListCollectionsSpec list = new ReadCommands.ListCollectionsSpec(
                spec.filter,
                spec.nameOnly,
                spec.authorizedOnly,
                spec.batchSize,
                spec.maxTime,
                spec.comment,
                spec.prefetch,
                spec.timeoutMode);
        return ReadCommands.listCollections(engine, scope, list, codec.get());
    }
}
