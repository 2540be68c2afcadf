package dev.rotor.driver.core.client;

import dev.rotor.driver.ListDatabasesQuery;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code listDatabases}. */
final class ListDatabasesQueryView<T> extends AbstractQuery<T> implements ListDatabasesQuery<T> {

    /** The view's own, to which a timeout taken back returns. */
    private final Scope collectionScope;

    private final ListSpec spec;
    private final Decoders.Lazy<T> codec;

    ListDatabasesQueryView(
            Engine engine,
            Scope scope,
            Scope collectionScope,
            @Nullable TimeoutMode timeoutMode,
            ListSpec spec,
            Decoders.Lazy<T> codec) {
        super(engine, scope, timeoutMode);
        this.collectionScope = collectionScope;
        this.spec = spec;
        this.codec = codec;
    }

    private ListDatabasesQueryView<T> with(ListSpec changed) {
        return new ListDatabasesQueryView<>(engine, scope, collectionScope, timeoutMode, changed, codec);
    }

    private ListDatabasesQueryView<T> with(Scope changed, @Nullable TimeoutMode mode) {
        return new ListDatabasesQueryView<>(engine, changed, collectionScope, mode, spec, codec);
    }

    @Override
    public ListDatabasesQuery<T> filter(@Nullable Bson filter) {
        ListSpec changed = spec.copy();
        changed.filter = filter;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> nameOnly(@Nullable Boolean nameOnly) {
        ListSpec changed = spec.copy();
        changed.nameOnly = nameOnly;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> authorizedDatabases(@Nullable Boolean authorizedDatabases) {
        ListSpec changed = spec.copy();
        changed.authorizedOnly = authorizedDatabases;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> batchSize(int batchSize) {
        Checks.batchSize(batchSize);
        ListSpec changed = spec.copy();
        changed.batchSize = batchSize;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> prefetch(boolean prefetch) {
        ListSpec changed = spec.copy();
        changed.prefetch = prefetch;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> maxTime(@Nullable Duration maxTime) {
        Checks.notNegative(maxTime, "maxTime");
        ListSpec changed = spec.copy();
        changed.maxTime = maxTime;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    @Override
    public ListDatabasesQuery<T> comment(@Nullable BsonValue comment) {
        ListSpec changed = spec.copy();
        changed.comment = comment;
        return with(changed);
    }

    @Override
    public ListDatabasesQuery<T> timeout(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        return with(timeout == null ? collectionScope : collectionScope.withTimeout(timeout), timeoutMode);
    }

    @Override
    public ListDatabasesQuery<T> timeoutMode(@Nullable TimeoutMode timeoutMode) {
        return with(scope, timeoutMode);
    }

    @Override
    Operation<BatchCursor<T>> operation() {
        ReadCommands.ListDatabasesSpec list = new ReadCommands.ListDatabasesSpec(
                spec.filter, spec.nameOnly, spec.authorizedOnly, spec.maxTime, spec.comment);
        return ReadCommands.listDatabases(scope, list, codec.get());
    }
}
