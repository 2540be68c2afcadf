package dev.rotor.driver.core.client;

import dev.rotor.driver.DistinctQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.ExplainOperation;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.ExplainOptions;
import dev.rotor.driver.model.TimeoutMode;
import java.util.concurrent.CompletionStage;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code distinct} of a collection. */
final class DistinctQueryView<T> extends CursorQuery<T, ListSpec, DistinctQuery<T>> implements DistinctQuery<T> {

    private final String collection;
    private final String field;
    private final Decoders.Lazy<T> codec;

    DistinctQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            String collection,
            String field,
            ListSpec spec,
            Decoders.Lazy<T> codec) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.collection = collection;
        this.field = field;
        this.codec = codec;
    }

    @Override
    DistinctQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, ListSpec spec) {
        return new DistinctQueryView<>(engine, scope, collectionScope, timeoutMode, collection, field, spec, codec);
    }

    @Override
    public DistinctQuery<T> filter(@Nullable Bson filter) {
        ListSpec changed = spec.copy();
        changed.filter = filter;
        return with(changed);
    }

    @Override
    public DistinctQuery<T> collation(@Nullable Collation collation) {
        ListSpec changed = spec.copy();
        changed.collation = collation;
        return with(changed);
    }

    @Override
    public DistinctQuery<T> hint(@Nullable Bson hint) {
        ListSpec changed = spec.copy();
        changed.hint = hint;
        changed.hintString = null;
        return with(changed);
    }

    @Override
    public DistinctQuery<T> hintString(@Nullable String hintString) {
        ListSpec changed = spec.copy();
        changed.hint = null;
        changed.hintString = hintString;
        return with(changed);
    }

    @Override
    public <R> CompletionStage<R> explain(ExplainOptions options, Class<R> resultClass) {
        return engine.execute(ExplainOperation.distinct(
                scope,
                collection,
                distinct(),
                options,
                Decoders.of(scope, resultClass).get()));
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        return ReadCommands.distinct(scope, collection, distinct(), codec.get());
    }

    private ReadCommands.DistinctSpec distinct() {
        return new ReadCommands.DistinctSpec(
                field, spec.filter, spec.collation, spec.hint, spec.hintString, spec.maxTime, spec.comment);
    }
}
