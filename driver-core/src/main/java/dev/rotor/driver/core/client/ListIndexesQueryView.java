package dev.rotor.driver.core.client;

import dev.rotor.driver.ListIndexesQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.MissingCollection;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code listIndexes} of a collection. */
final class ListIndexesQueryView<T> extends CursorQuery<T, ListSpec, ListIndexesQuery<T>>
        implements ListIndexesQuery<T> {

    private final String collection;
    private final Decoders.Lazy<T> codec;

    ListIndexesQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            String collection,
            ListSpec spec,
            Decoders.Lazy<T> codec) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.collection = collection;
        this.codec = codec;
    }

    @Override
    ListIndexesQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, ListSpec spec) {
        return new ListIndexesQueryView<>(engine, scope, collectionScope, timeoutMode, collection, spec, codec);
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        return ReadCommands.listIndexes(
                engine,
                scope,
                collection,
                spec.batchSize,
                spec.maxTime,
                spec.comment,
                spec.prefetch,
                spec.timeoutMode,
                codec.get());
    }

    /** A collection that does not exist has no indexes, as the Index Management specification says. */
    @Override
    CompletableFuture<BatchCursor<T>> opened(CompletableFuture<BatchCursor<T>> cursor) {
        return MissingCollection.isEmpty(engine, cursor);
    }
}
