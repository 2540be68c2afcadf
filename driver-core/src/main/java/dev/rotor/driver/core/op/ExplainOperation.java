package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.ExplainOptions;
import dev.rotor.driver.model.ExplainVerbosity;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/** {@code explain} of a command that reads; the whole reply is the answer. */
public final class ExplainOperation<R> extends ReadOperation<R> {

    /** Writes the elements of the command that is explained. */
    @FunctionalInterface
    interface Explained {
        void write(CommandWriter out, Operation<?> operation);
    }

    private final Explained explained;
    private final ExplainOptions options;
    private final Decoder<R> decoder;

    private ExplainOperation(Scope scope, Explained explained, ExplainOptions options, Decoder<R> decoder) {
        super("explain", scope);
        this.explained = explained;
        this.options = options;
        this.decoder = decoder;
    }

    /** Explains a {@code find}. */
    public static <R> Operation<R> find(
            Scope scope, String collection, FindSpec spec, ExplainOptions options, Decoder<R> decoder) {
        return new ExplainOperation<>(
                scope,
                (out, operation) -> FindCommand.write(out, operation, collection, spec, spec.limit),
                options,
                decoder);
    }

    /**
     * Explains an {@code aggregate}.
     *
     * @param collection the collection, or {@code null} to aggregate over the database
     */
    public static <R> Operation<R> aggregate(
            Scope scope, @Nullable String collection, AggregateSpec spec, ExplainOptions options, Decoder<R> decoder) {
        return new ExplainOperation<>(
                scope,
                (out, operation) -> AggregateCommand.write(out, operation, collection, spec, spec.batchSize),
                options,
                decoder);
    }

    /** Explains a {@code distinct}. */
    public static <R> Operation<R> distinct(
            Scope scope,
            String collection,
            ReadCommands.DistinctSpec spec,
            ExplainOptions options,
            Decoder<R> decoder) {
        return new ExplainOperation<>(
                scope,
                (out, operation) -> ReadCommands.writeDistinct(out, operation.scope(), collection, spec),
                options,
                decoder);
    }

    /** A read concern would be the explained command's, and servers take none with {@code explain}. */
    @Override
    boolean sendsReadConcern() {
        return false;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        int mark = out.startDocument(Names.EXPLAIN);
        explained.write(out, this);
        out.endDocument(mark);
        ExplainVerbosity verbosity = options.verbosity();
        Fields.put(out, Names.VERBOSITY, verbosity == null ? null : verbosity.wireName());
        Fields.putMaxTime(out, scope(), options.maxTime());
        Fields.put(out, Names.COMMENT, options.comment());
    }

    @Override
    R read(ReplyEnvelope reply, ReplyContext context) {
        return reply.decodeDocument(reply.bodyOffset(), decoder);
    }
}
