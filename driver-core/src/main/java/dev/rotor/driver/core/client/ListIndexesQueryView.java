package dev.rotor.driver.core.client;

import dev.rotor.driver.ListIndexesQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** {@code listIndexes} of a collection. */
final class ListIndexesQueryView<T> extends AbstractQuery<T> implements ListIndexesQuery<T> {

    /** The view's own, to which a timeout taken back returns. */
    private final Scope collectionScope;

    private final String collection;
    private final ListSpec spec;
    private final Decoders.Lazy<T> codec;

    ListIndexesQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            String collection,
            ListSpec spec,
            Decoders.Lazy<T> codec) {
        super(engine, scope, timeoutMode);
        this.collectionScope = collectionScope;
        this.collection = collection;
        this.spec = spec;
        this.codec = codec;
    }

    private ListIndexesQueryView<T> with(ListSpec changed) {
        return new ListIndexesQueryView<>(engine, scope, collectionScope, timeoutMode, collection, changed, codec);
    }

    private ListIndexesQueryView<T> with(Scope changed, @Nullable TimeoutMode mode) {
        return new ListIndexesQueryView<>(engine, changed, collectionScope, mode, collection, spec, codec);
    }

    @Override
    public ListIndexesQuery<T> batchSize(int batchSize) {
        Checks.batchSize(batchSize);
        ListSpec changed = spec.copy();
        changed.batchSize = batchSize;
        return with(changed);
    }

    @Override
    public ListIndexesQuery<T> prefetch(boolean prefetch) {
        ListSpec changed = spec.copy();
        changed.prefetch = prefetch;
        return with(changed);
    }

    @Override
    public ListIndexesQuery<T> maxTime(@Nullable Duration maxTime) {
        Checks.notNegative(maxTime, "maxTime");
        ListSpec changed = spec.copy();
        changed.maxTime = maxTime;
        return with(changed);
    }

    @Override
    public ListIndexesQuery<T> comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    @Override
    public ListIndexesQuery<T> comment(@Nullable BsonValue comment) {
        ListSpec changed = spec.copy();
        changed.comment = comment;
        return with(changed);
    }

    @Override
    public ListIndexesQuery<T> timeout(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        return with(timeout == null ? collectionScope : collectionScope.withTimeout(timeout), timeoutMode);
    }

    @Override
    public ListIndexesQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode) {
        return with(scope, timeoutMode);
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        return ReadCommands.listIndexes(
                engine, scope, collection, spec.batchSize, spec.maxTime, spec.comment, spec.prefetch, codec.get());
    }

    /** A collection that does not exist has no indexes, as the Index Management specification says. */
    @Override
    CompletableFuture<BatchCursor<T>> opened(CompletableFuture<BatchCursor<T>> cursor) {
        return MissingCollection.isEmpty(cursor);
    }
}
