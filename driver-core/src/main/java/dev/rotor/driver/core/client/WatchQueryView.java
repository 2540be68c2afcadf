package dev.rotor.driver.core.client;

import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.ChangeCursor;
import dev.rotor.driver.core.op.ChangeStreamOperation;
import dev.rotor.driver.core.op.ChangeStreamPosition;
import dev.rotor.driver.core.op.ChangeStreamSpec;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.TimeoutMode;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.driver.model.changestream.FullDocument;
import dev.rotor.driver.model.changestream.FullDocumentBeforeChange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.codecs.Decoder;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A watch of a collection, a database or a deployment. */
final class WatchQueryView<T> extends AbstractQuery<T, ChangeStreamSpec, WatchQuery<T>> implements WatchQuery<T> {

    /** Null watches more than one. */
    private final @Nullable String collection;

    private final Supplier<? extends Decoder<T>> decoder;

    private WatchQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            @Nullable String collection,
            ChangeStreamSpec spec,
            Supplier<? extends Decoder<T>> decoder) {
        super(engine, scope, collectionScope, timeoutMode, spec);
        this.collection = collection;
        this.decoder = decoder;
    }

    /**
     * A watch whose changes are read with the documents in them.
     *
     * @param collection the collection, or {@code null} for more than one
     * @param wholeCluster whether all databases are watched
     * @param documents of the documents in the changes
     */
    static <T> WatchQuery<ChangeStreamDocument<T>> of(
            Engine engine,
            Scope scope,
            @Nullable String collection,
            boolean wholeCluster,
            List<? extends Bson> pipeline,
            Decoders.Lazy<T> documents) {
        return new WatchQueryView<>(
                engine,
                scope,
                scope,
                null,
                collection,
                new ChangeStreamSpec(pipeline, wholeCluster),
                () -> new ChangeDecoder<>(documents.get()));
    }

    @Override
    WatchQuery<T> with(Scope scope, @Nullable TimeoutMode timeoutMode, ChangeStreamSpec spec) {
        return new WatchQueryView<>(engine, scope, collectionScope, timeoutMode, collection, spec, decoder);
    }

    @Override
    public WatchQuery<T> fullDocument(@Nullable FullDocument fullDocument) {
        ChangeStreamSpec changed = spec.copy();
        changed.fullDocument = fullDocument;
        return with(changed);
    }

    @Override
    public WatchQuery<T> fullDocumentBeforeChange(@Nullable FullDocumentBeforeChange fullDocumentBeforeChange) {
        ChangeStreamSpec changed = spec.copy();
        changed.fullDocumentBeforeChange = fullDocumentBeforeChange;
        return with(changed);
    }

    @Override
    public WatchQuery<T> resumeAfter(@Nullable BsonDocument resumeAfter) {
        ChangeStreamSpec changed = spec.copy();
        changed.resumeAfter = resumeAfter;
        return with(changed);
    }

    @Override
    public WatchQuery<T> startAfter(@Nullable BsonDocument startAfter) {
        ChangeStreamSpec changed = spec.copy();
        changed.startAfter = startAfter;
        return with(changed);
    }

    @Override
    public WatchQuery<T> startAtOperationTime(@Nullable BsonTimestamp startAtOperationTime) {
        ChangeStreamSpec changed = spec.copy();
        changed.startAtOperationTime = startAtOperationTime;
        return with(changed);
    }

    @Override
    public WatchQuery<T> showExpandedEvents(@Nullable Boolean showExpandedEvents) {
        ChangeStreamSpec changed = spec.copy();
        changed.showExpandedEvents = showExpandedEvents;
        return with(changed);
    }

    @Override
    public WatchQuery<T> maxAwaitTime(@Nullable Duration maxAwaitTime) {
        Checks.notNegative(maxAwaitTime, "maxAwaitTime");
        ChangeStreamSpec changed = spec.copy();
        changed.maxAwaitTime = maxAwaitTime;
        return with(changed);
    }

    @Override
    public WatchQuery<T> collation(@Nullable Collation collation) {
        ChangeStreamSpec changed = spec.copy();
        changed.collation = collation;
        return with(changed);
    }

    @Override
    public <R> WatchQuery<R> withDocumentClass(Class<R> documentClass) {
        Decoders.Lazy<R> whole = Decoders.of(scope, documentClass);
        return new WatchQueryView<>(engine, scope, collectionScope, timeoutMode, collection, spec, whole);
    }

    @Override
    public CompletionStage<ChangeStreamCursor<T>> open() {
        ChangeStreamPosition position = new ChangeStreamPosition(spec);
        Throwable here = engine.abandonedCursors().here();
        return open(
                () -> operation(position),
                batches -> watched(new ChangeCursor<>(engine, batches, position::resumeToken), here));
    }

    @Override
    boolean isTailable() {
        return true;
    }

    @Override
    @Nullable
    Duration maxAwaitTime() {
        return spec.maxAwaitTime;
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        return operation(new ChangeStreamPosition(spec));
    }

    private Operation<BatchCursor<T>> operation(ChangeStreamPosition position) {
        return new ChangeStreamOperation<>(engine, scope, collection, spec, position, decoder.get());
    }
}
