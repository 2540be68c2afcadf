package dev.rotor.driver.core.client;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ListCollectionsQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import java.util.concurrent.CompletionStage;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code listCollections} of a database. */
final class ListCollectionsQueryView<T> extends AbstractQuery<T, ListSpec, ListCollectionsQuery<T>>
        implements ListCollectionsQuery<T> {

    private final Decoders.Lazy<T> codec;

    ListCollectionsQueryView(
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
    ListCollectionsQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, ListSpec spec) {
        return new ListCollectionsQueryView<>(engine, scope, collectionScope, timeoutMode, spec, codec);
    }

    @Override
    public ListCollectionsQuery<T> filter(@Nullable Bson filter) {
        ListSpec changed = spec.copy();
        changed.filter = filter;
        return with(changed);
    }

    @Override
    public ListCollectionsQuery<T> nameOnly(@Nullable Boolean nameOnly) {
        ListSpec changed = spec.copy();
        changed.nameOnly = nameOnly;
        return with(changed);
    }

    @Override
    public ListCollectionsQuery<T> authorizedCollections(@Nullable Boolean authorizedCollections) {
        ListSpec changed = spec.copy();
        changed.authorizedOnly = authorizedCollections;
        return with(changed);
    }

    @Override
    public CompletionStage<AsyncCursor<T>> open() {
        return openCursor();
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
