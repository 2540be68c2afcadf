package dev.rotor.driver.core.client;

import dev.rotor.driver.DistinctQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code distinct} of a collection. */
final class DistinctQueryView<T> extends AbstractQuery<T> implements DistinctQuery<T> {

    /** The view's own, to which a timeout taken back returns. */
    private final Scope collectionScope;

    private final String collection;
    private final String field;
    private final ListSpec spec;
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
        super(engine, scope, timeoutMode);
        this.collectionScope = collectionScope;
        this.collection = collection;
        this.field = field;
        this.spec = spec;
        this.codec = codec;
    }

    private DistinctQueryView<T> with(ListSpec changed) {
        return new DistinctQueryView<>(engine, scope, collectionScope, timeoutMode, collection, field, changed, codec);
    }

    private DistinctQueryView<T> with(Scope changed, @Nullable TimeoutMode mode) {
        return new DistinctQueryView<>(engine, changed, collectionScope, mode, collection, field, spec, codec);
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
    public DistinctQuery<T> batchSize(int batchSize) {
        Checks.batchSize(batchSize);
        ListSpec changed = spec.copy();
        changed.batchSize = batchSize;
        return with(changed);
    }

    @Override
    public DistinctQuery<T> prefetch(boolean prefetch) {
        ListSpec changed = spec.copy();
        changed.prefetch = prefetch;
        return with(changed);
    }

    @Override
    public DistinctQuery<T> maxTime(@Nullable Duration maxTime) {
        Checks.notNegative(maxTime, "maxTime");
        ListSpec changed = spec.copy();
        changed.maxTime = maxTime;
        return with(changed);
    }

    @Override
    public DistinctQuery<T> comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    @Override
    public DistinctQuery<T> comment(@Nullable BsonValue comment) {
        ListSpec changed = spec.copy();
        changed.comment = comment;
        return with(changed);
    }

    @Override
    public DistinctQuery<T> timeout(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        return with(timeout == null ? collectionScope : collectionScope.withTimeout(timeout), timeoutMode);
    }

    @Override
    public DistinctQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode) {
        return with(scope, timeoutMode);
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        ReadCommands.DistinctSpec distinct = new ReadCommands.DistinctSpec(
                field, spec.filter, spec.collation, spec.hint, spec.hintString, spec.maxTime, spec.comment);
        return ReadCommands.distinct(scope, collection, distinct, codec.get());
    }
}
