package dev.rotor.driver.core.client;

import dev.rotor.driver.ListSearchIndexesQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.AggregateOperation;
import dev.rotor.driver.core.op.AggregateSpec;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.TimeoutMode;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** {@code $listSearchIndexes} of a collection. */
final class ListSearchIndexesQueryView<T> extends CursorQuery<T, AggregateSpec, ListSearchIndexesQuery<T>>
        implements ListSearchIndexesQuery<T> {

    private final String collection;
    private final @Nullable String name;
    private final Decoders.Lazy<T> decoder;

    ListSearchIndexesQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            String collection,
            @Nullable String name,
            AggregateSpec spec,
            Decoders.Lazy<T> decoder) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.collection = collection;
        this.name = name;
        this.decoder = decoder;
    }

    @Override
    ListSearchIndexesQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, AggregateSpec spec) {
        return new ListSearchIndexesQueryView<>(
                engine, scope, collectionScope, timeoutMode, collection, name, spec, decoder);
    }

    @Override
    public ListSearchIndexesQuery<T> name(@Nullable String name) {
        return new ListSearchIndexesQueryView<>(
                engine, scope, collectionScope, timeoutMode, collection, name, spec, decoder);
    }

    @Override
    public ListSearchIndexesQuery<T> allowDiskUse(@Nullable Boolean allowDiskUse) {
        AggregateSpec changed = spec.copy();
        changed.allowDiskUse = allowDiskUse;
        return with(changed);
    }

    @Override
    public ListSearchIndexesQuery<T> collation(@Nullable Collation collation) {
        AggregateSpec changed = spec.copy();
        changed.collation = collation;
        return with(changed);
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        BsonDocument stage = name == null ? new BsonDocument() : new BsonDocument("name", new BsonString(name));
        AggregateSpec list = spec.with(List.of(new BsonDocument("$listSearchIndexes", stage)));
        return AggregateOperation.ofSearchIndexes(engine, scope, collection, list, decoder.get());
    }
}
