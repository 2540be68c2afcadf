package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.topology.ServerSelector;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.TimeoutMode;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/** {@code aggregate}, giving a cursor. A pipeline that ends in {@code $out} or {@code $merge} is a write. */
public final class AggregateOperation<T> extends Operation<BatchCursor<T>> {

    /** Of server 5.0, whose secondaries run pipelines that write. */
    private static final int WIRE_VERSION_OF_WRITING_SECONDARIES = 13;

    private final Engine engine;
    private final @Nullable String collection;
    private final AggregateSpec spec;
    private final Decoder<T> decoder;
    private final boolean concerns;
    private final boolean writes;
    private final ServerSelector selector;

    /**
     * Makes the operation.
     *
     * @param collection the collection, or {@code null} to aggregate over the database
     */
    public AggregateOperation(
            Engine engine, Scope scope, @Nullable String collection, AggregateSpec spec, Decoder<T> decoder) {
        this(engine, scope, collection, spec, decoder, true);
    }

    private AggregateOperation(
            Engine engine,
            Scope scope,
            @Nullable String collection,
            AggregateSpec spec,
            Decoder<T> decoder,
            boolean concerns) {
        super("aggregate", scope);
        this.concerns = concerns;
        this.engine = engine;
        this.collection = collection;
        this.spec = spec;
        this.decoder = decoder;
        this.writes = AggregateCommand.writes(spec.pipeline, scope.codecRegistry());
        this.selector = writes ? ServerSelector.forWritingPipelines(scope.readPreference()) : scope.readSelector();
    }

    /**
     * Makes the operation for a pipeline that asks for search indexes, and has no concern; see "Where are read concern
     * and write concern?" in the Index Management specification.
     */
    public static <T> AggregateOperation<T> ofSearchIndexes(
            Engine engine, Scope scope, String collection, AggregateSpec spec, Decoder<T> decoder) {
        return new AggregateOperation<>(engine, scope, collection, spec, decoder, false);
    }

    @Override
    ServerSelector selector() {
        return selector;
    }

    @Override
    RetryKind retryKind() {
        return writes ? RetryKind.NONE : RetryKind.READ;
    }

    @Override
    CommandKind commandKind() {
        return writes ? CommandKind.WRITE : CommandKind.READ;
    }

    @Override
    long maxTimeMillis(long left) {
        return spec.timeoutMode == TimeoutMode.ITERATION ? Timeouts.UNLIMITED : left;
    }

    @Override
    boolean takesConcerns() {
        return concerns;
    }

    @Override
    boolean sendsReadConcern() {
        return concerns;
    }

    @Override
    boolean sendsWriteConcern() {
        return writes;
    }

    @Override
    boolean sendsReadPreference() {
        return true;
    }

    /** Older servers write on the primary whatever the user prefers, and are not told. */
    @Override
    boolean sendsReadPreference(ConnectionDescription connection) {
        return !writes || connection.maxWireVersion() >= WIRE_VERSION_OF_WRITING_SECONDARIES;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        AggregateCommand.write(out, this, collection, spec, writes ? 0 : spec.batchSize);
    }

    @Override
    BatchCursor<T> read(ReplyEnvelope reply, ReplyContext context) {
        if (reply.writeConcernErrorOffset() >= 0) {
            throw WriteReplies.writeConcernFailure(reply, context.connection().server());
        }
        CursorOptions options = new CursorOptions(
                null,
                spec.batchSize,
                0,
                spec.maxAwaitTime,
                spec.comment,
                spec.prefetch && spec.maxAwaitTime == null,
                spec.timeoutMode == TimeoutMode.ITERATION);
        return CursorReply.read(engine, scope(), options, reply, context, decoder);
    }
}
