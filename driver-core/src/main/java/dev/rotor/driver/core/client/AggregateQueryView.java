package dev.rotor.driver.core.client;

import dev.rotor.driver.AggregateQuery;
import dev.rotor.driver.RawBatch;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.op.AggregateCommand;
import dev.rotor.driver.core.op.AggregateOperation;
import dev.rotor.driver.core.op.AggregateSpec;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.ExplainOperation;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.ExplainOptions;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.codecs.Decoder;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code aggregate} of a collection or a database. */
final class AggregateQueryView<T> extends CursorQuery<T, AggregateSpec, AggregateQuery<T>>
        implements AggregateQuery<T> {

    /** Null aggregates over the database. */
    private final @Nullable String collection;

    private final Supplier<? extends Decoder<T>> decoder;

    AggregateQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            @Nullable String collection,
            AggregateSpec spec,
            Supplier<? extends Decoder<T>> decoder) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.collection = collection;
        this.decoder = decoder;
    }

    @Override
    AggregateQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, AggregateSpec spec) {
        return new AggregateQueryView<>(engine, scope, collectionScope, timeoutMode, collection, spec, decoder);
    }

    @Override
    public AggregateQuery<T> allowDiskUse(@Nullable Boolean allowDiskUse) {
        AggregateSpec changed = spec.copy();
        changed.allowDiskUse = allowDiskUse;
        return with(changed);
    }

    @Override
    public AggregateQuery<T> bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation) {
        AggregateSpec changed = spec.copy();
        changed.bypassDocumentValidation = bypassDocumentValidation;
        return with(changed);
    }

    @Override
    public AggregateQuery<T> collation(@Nullable Collation collation) {
        AggregateSpec changed = spec.copy();
        changed.collation = collation;
        return with(changed);
    }

    @Override
    public AggregateQuery<T> hint(@Nullable Bson hint) {
        AggregateSpec changed = spec.copy();
        changed.hint = hint;
        changed.hintString = null;
        return with(changed);
    }

    @Override
    public AggregateQuery<T> hintString(@Nullable String hintString) {
        AggregateSpec changed = spec.copy();
        changed.hint = null;
        changed.hintString = hintString;
        return with(changed);
    }

    @Override
    public AggregateQuery<T> let(@Nullable Bson let) {
        AggregateSpec changed = spec.copy();
        changed.let = let;
        return with(changed);
    }

    @Override
    public AggregateQuery<T> maxAwaitTime(@Nullable Duration maxAwaitTime) {
        Checks.notNegative(maxAwaitTime, "maxAwaitTime");
        AggregateSpec changed = spec.copy();
        changed.maxAwaitTime = maxAwaitTime;
        return with(changed);
    }

    @Override
    public <R> AggregateQuery<R> as(Class<R> resultClass) {
        return new AggregateQueryView<>(
                engine, scope, collectionScope, timeoutMode, collection, spec, Decoders.of(scope, resultClass));
    }

    @Override
    public CompletionStage<Void> toCollection() {
        if (!AggregateCommand.writes(spec.pipeline, scope.codecRegistry())) {
            throw new IllegalStateException("the pipeline does not end in $out or $merge, so it fills no collection");
        }
        return engine.execute(operation()).thenApply(cursor -> null);
    }

    @Override
    public AggregateQuery<RawBatch> rawBatches() {
        return new AggregateQueryView<>(
                engine, scope, collectionScope, timeoutMode, collection, spec, DocumentBatch::undecoded);
    }

    @Override
    public <R> CompletionStage<R> explain(ExplainOptions options, Class<R> resultClass) {
        return engine.execute(ExplainOperation.aggregate(
                scope,
                collection,
                spec,
                options,
                Decoders.of(scope, resultClass).get()));
    }

    @Override
    @Nullable
    Duration maxAwaitTime() {
        return spec.maxAwaitTime;
    }

    @Override
    boolean writes() {
        return AggregateCommand.writes(spec.pipeline, scope.codecRegistry());
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        return new AggregateOperation<>(engine, scope, collection, spec, decoder.get());
    }
}
