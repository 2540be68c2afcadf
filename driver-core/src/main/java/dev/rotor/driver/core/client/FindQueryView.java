package dev.rotor.driver.core.client;

import dev.rotor.driver.DistinctQuery;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.RawBatch;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.ExplainOperation;
import dev.rotor.driver.core.op.FindFirstOperation;
import dev.rotor.driver.core.op.FindOperation;
import dev.rotor.driver.core.op.FindSpec;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.ExplainOptions;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.codecs.Decoder;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code find} of a collection. */
final class FindQueryView<T> extends CursorQuery<T, FindSpec, FindQuery<T>> implements FindQuery<T> {

    private final String collection;
    private final Supplier<? extends Decoder<T>> decoder;

    FindQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            String collection,
            FindSpec spec,
            Supplier<? extends Decoder<T>> decoder) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.collection = collection;
        this.decoder = decoder;
    }

    @Override
    FindQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, FindSpec spec) {
        return new FindQueryView<>(engine, scope, collectionScope, timeoutMode, collection, spec, decoder);
    }

    @Override
    public FindQuery<T> filter(@Nullable Bson filter) {
        FindSpec changed = spec.copy();
        changed.filter = filter;
        return with(changed);
    }

    @Override
    public FindQuery<T> sort(@Nullable Bson sort) {
        FindSpec changed = spec.copy();
        changed.sort = sort;
        return with(changed);
    }

    @Override
    public FindQuery<T> projection(@Nullable Bson projection) {
        FindSpec changed = spec.copy();
        changed.projection = projection;
        return with(changed);
    }

    @Override
    public FindQuery<T> skip(long skip) {
        Checks.notNegative(skip, "skip");
        FindSpec changed = spec.copy();
        changed.skip = skip;
        return with(changed);
    }

    @Override
    public FindQuery<T> limit(long limit) {
        FindSpec changed = spec.copy();
        changed.limit = limit;
        return with(changed);
    }

    @Override
    public FindQuery<T> collation(@Nullable Collation collation) {
        FindSpec changed = spec.copy();
        changed.collation = collation;
        return with(changed);
    }

    @Override
    public FindQuery<T> hint(@Nullable Bson hint) {
        FindSpec changed = spec.copy();
        changed.hint = hint;
        changed.hintString = null;
        return with(changed);
    }

    @Override
    public FindQuery<T> hintString(@Nullable String hintString) {
        FindSpec changed = spec.copy();
        changed.hint = null;
        changed.hintString = hintString;
        return with(changed);
    }

    @Override
    public FindQuery<T> let(@Nullable Bson let) {
        FindSpec changed = spec.copy();
        changed.let = let;
        return with(changed);
    }

    @Override
    public FindQuery<T> min(@Nullable Bson min) {
        FindSpec changed = spec.copy();
        changed.min = min;
        return with(changed);
    }

    @Override
    public FindQuery<T> max(@Nullable Bson max) {
        FindSpec changed = spec.copy();
        changed.max = max;
        return with(changed);
    }

    @Override
    public FindQuery<T> cursorType(CursorType cursorType) {
        Objects.requireNonNull(cursorType, "cursorType");
        FindSpec changed = spec.copy();
        changed.cursorType = cursorType;
        return with(changed);
    }

    @Override
    public FindQuery<T> maxAwaitTime(@Nullable Duration maxAwaitTime) {
        Checks.notNegative(maxAwaitTime, "maxAwaitTime");
        FindSpec changed = spec.copy();
        changed.maxAwaitTime = maxAwaitTime;
        return with(changed);
    }

    @Override
    public FindQuery<T> allowDiskUse(@Nullable Boolean allowDiskUse) {
        FindSpec changed = spec.copy();
        changed.allowDiskUse = allowDiskUse;
        return with(changed);
    }

    @Override
    public FindQuery<T> allowPartialResults(@Nullable Boolean allowPartialResults) {
        FindSpec changed = spec.copy();
        changed.allowPartialResults = allowPartialResults;
        return with(changed);
    }

    @Override
    public FindQuery<T> noCursorTimeout(@Nullable Boolean noCursorTimeout) {
        FindSpec changed = spec.copy();
        changed.noCursorTimeout = noCursorTimeout;
        return with(changed);
    }

    @Override
    public FindQuery<T> returnKey(@Nullable Boolean returnKey) {
        FindSpec changed = spec.copy();
        changed.returnKey = returnKey;
        return with(changed);
    }

    @Override
    public FindQuery<T> showRecordId(@Nullable Boolean showRecordId) {
        FindSpec changed = spec.copy();
        changed.showRecordId = showRecordId;
        return with(changed);
    }

    @Override
    public <R> FindQuery<R> as(Class<R> resultClass) {
        return new FindQueryView<>(
                engine, scope, collectionScope, timeoutMode, collection, spec, Decoders.of(scope, resultClass));
    }

    @Override
    public FindQuery<RawBatch> rawBatches() {
        return new FindQueryView<>(
                engine, scope, collectionScope, timeoutMode, collection, spec, DocumentBatch::undecoded);
    }

    @Override
    public <R> DistinctQuery<R> distinct(String fieldName, Class<R> resultClass) {
        ListSpec distinct = new ListSpec();
        distinct.filter = spec.filter;
        distinct.collation = spec.collation;
        distinct.hint = spec.hint;
        distinct.hintString = spec.hintString;
        distinct.maxTime = spec.maxTime;
        distinct.comment = spec.comment;
        return new DistinctQueryView<>(
                engine,
                scope,
                collectionScope,
                null,
                collection,
                Objects.requireNonNull(fieldName, "fieldName"),
                distinct,
                Decoders.of(scope, resultClass));
    }

    @Override
    public <R> CompletionStage<R> explain(ExplainOptions options, Class<R> resultClass) {
        return engine.execute(ExplainOperation.find(
                scope,
                collection,
                spec,
                options,
                Decoders.of(scope, resultClass).get()));
    }

    @Override
    boolean isTailable() {
        return spec.cursorType.isTailable();
    }

    @Override
    @Nullable
    Duration maxAwaitTime() {
        return spec.cursorType == CursorType.TAILABLE_AWAIT ? spec.maxAwaitTime : null;
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        if (spec.cursorType == CursorType.EXHAUST && spec.limit != 0) {
            throw new IllegalArgumentException(
                    "an exhaust cursor cannot have a limit, since the server would have to be stopped in the middle: ask"
                            + " for another cursor type, or for no limit");
        }
        return new FindOperation<>(engine, scope, collection, spec, decoder.get());
    }

    @Override
    public CompletionStage<@Nullable T> first() {
        Decoder<T> present = decoder.get();
        // Of a raw batch the first is as large as any; a limit of one document would make it another one.
        if (timeoutMode != null || spec.cursorType.isTailable() || present == DocumentBatch.undecoded()) {
            return super.first();
        }
        return engine.execute(new FindFirstOperation<>(scope, collection, spec, present));
    }
}
