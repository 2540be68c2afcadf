package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.CountOptions;
import dev.rotor.driver.model.EstimatedDocumentCountOptions;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.Decoder;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Commands that read, other than {@code find} and {@code aggregate} themselves. */
public final class ReadCommands {

    private ReadCommands() {}

    /**
     * {@code countDocuments}: an aggregation that counts, since the count command can be wrong on a sharded cluster.
     */
    public static Operation<Long> countDocuments(Scope scope, String collection, Bson filter, CountOptions options) {
        List<Bson> pipeline = new ArrayList<>(4);
        pipeline.add(new BsonDocument("$match", filter.toBsonDocument(BsonDocument.class, scope.codecRegistry())));
        Long skip = options.skip();
        if (skip != null && skip > 0) {
            pipeline.add(new BsonDocument("$skip", new BsonInt64(skip)));
        }
        Long limit = options.limit();
        if (limit != null && limit > 0) {
            pipeline.add(new BsonDocument("$limit", new BsonInt64(limit)));
        }
        pipeline.add(new BsonDocument(
                "$group",
                new BsonDocument("_id", new BsonInt32(1)).append("n", new BsonDocument("$sum", new BsonInt32(1)))));
        AggregateSpec spec = new AggregateSpec(pipeline);
        spec.collation = options.collation();
        spec.hint = options.hint();
        spec.hintString = options.hintString();
        spec.maxTime = options.maxTime();
        spec.comment = options.comment();
        return new AggregateFirstOperation<>(scope, collection, spec, ReadCommands::countOf);
    }

    private static Long countOf(@Nullable BsonDocument group) {
        return group == null ? 0L : group.getNumber("n").longValue();
    }

    /** {@code estimatedDocumentCount}: what the collection's metadata says. */
    public static Operation<Long> estimatedDocumentCount(
            Scope scope, String collection, EstimatedDocumentCountOptions options) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.COUNT, collection);
            Fields.putMaxTime(out, scope, options.maxTime());
            Fields.put(out, Names.COMMENT, options.comment());
        };
        return CommandOperation.read("count", scope, body, (reply, context) -> Math.max(0, reply.n()));
    }

    /** What a {@code distinct} is to send. */
    public record DistinctSpec(
            String field,
            @Nullable Bson filter,
            @Nullable Collation collation,
            @Nullable Bson hint,
            @Nullable String hintString,
            @Nullable Duration maxTime,
            @Nullable BsonValue comment) {}

    /** {@code distinct}; the values come whole, in one reply. */
    public static <T> Operation<BatchCursor<T>> distinct(
            Scope scope, String collection, DistinctSpec spec, Codec<T> codec) {
        return CommandOperation.read(
                "distinct",
                scope,
                (out, connection) -> writeDistinct(out, scope, collection, spec),
                (reply, context) -> WholeReply.cursor(context, ArrayValues.decode(reply, "values", codec)));
    }

    static void writeDistinct(CommandWriter out, Scope scope, String collection, DistinctSpec spec) {
        out.putString(Names.DISTINCT, collection);
        out.putString(Names.KEY, spec.field());
        Fields.put(out, Names.QUERY, spec.filter() == null ? new BsonDocument() : spec.filter(), scope.codecRegistry());
        Fields.putMaxTime(out, scope, spec.maxTime());
        Fields.put(out, Names.COLLATION, spec.collation(), scope.codecRegistry());
        Fields.putHint(out, spec.hint(), spec.hintString(), scope.codecRegistry());
        Fields.put(out, Names.COMMENT, spec.comment());
    }

    /** {@code count}, which the server deprecates. */
    public static Operation<Long> count(Scope scope, String collection, Bson filter, CountOptions options) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.COUNT, collection);
            Fields.put(out, Names.QUERY, filter, scope.codecRegistry());
            Fields.put(out, Names.LIMIT, options.limit());
            Fields.put(out, Names.SKIP, options.skip());
            Fields.putHint(out, options.hint(), options.hintString(), scope.codecRegistry());
            Fields.put(out, Names.COLLATION, options.collation(), scope.codecRegistry());
            Fields.putMaxTime(out, scope, options.maxTime());
            Fields.put(out, Names.COMMENT, options.comment());
        };
        return CommandOperation.read("count", scope, body, (reply, context) -> Math.max(0, reply.n()));
    }

    /** {@code mapReduce} whose results come whole, in the reply. */
    public static <R> Operation<List<R>> mapReduce(
            Scope scope, String collection, String mapFunction, String reduceFunction, Codec<R> codec) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.MAP_REDUCE, collection);
            Fields.put(out, Names.MAP, new BsonJavaScript(mapFunction));
            Fields.put(out, Names.REDUCE, new BsonJavaScript(reduceFunction));
            int inline = out.startDocument(Names.OUT);
            out.putInt32(Names.INLINE, 1);
            out.endDocument(inline);
        };
        return CommandOperation.readOnce(
                "mapReduce",
                scope,
                body,
                (reply, context) -> Collections.unmodifiableList(ArrayValues.decode(reply, "results", codec)));
    }

    /** What a {@code listDatabases} is to send. */
    public record ListDatabasesSpec(
            @Nullable Bson filter,
            @Nullable Boolean nameOnly,
            @Nullable Boolean authorizedDatabases,
            @Nullable Duration maxTime,
            @Nullable BsonValue comment) {}

    /** {@code listDatabases}; the databases come whole, in one reply. */
    public static <T> Operation<BatchCursor<T>> listDatabases(Scope admin, ListDatabasesSpec spec, Codec<T> codec) {
        CommandOperation.Body body = (out, connection) -> {
            out.putInt32(Names.LIST_DATABASES, 1);
            Fields.putMaxTime(out, admin, spec.maxTime());
            Fields.put(out, Names.FILTER, spec.filter(), admin.codecRegistry());
            Fields.put(out, Names.NAME_ONLY, spec.nameOnly());
            Fields.put(out, Names.AUTHORIZED_DATABASES, spec.authorizedDatabases());
            Fields.put(out, Names.COMMENT, spec.comment());
        };
        return CommandOperation.list(
                "listDatabases",
                admin,
                body,
                (reply, context) -> WholeReply.cursor(context, ArrayValues.decode(reply, "databases", codec)));
    }

    /** What a {@code listCollections} is to send. */
    public record ListCollectionsSpec(
            @Nullable Bson filter,
            @Nullable Boolean nameOnly,
            @Nullable Boolean authorizedCollections,
            int batchSize,
            @Nullable Duration maxTime,
            @Nullable BsonValue comment,
            boolean prefetch,
            @Nullable TimeoutMode timeoutMode) {}

    /** {@code listCollections}. */
    public static <T> Operation<BatchCursor<T>> listCollections(
            Engine engine, Scope scope, ListCollectionsSpec spec, Decoder<T> decoder) {
        CommandOperation.Body body = (out, connection) -> {
            out.putInt32(Names.LIST_COLLECTIONS, 1);
            putCursor(out, spec.batchSize());
            Fields.put(out, Names.FILTER, spec.filter(), scope.codecRegistry());
            Fields.put(out, Names.NAME_ONLY, spec.nameOnly());
            Fields.put(out, Names.AUTHORIZED_COLLECTIONS, spec.authorizedCollections());
            Fields.putMaxTime(out, scope, spec.maxTime());
            Fields.put(out, Names.COMMENT, spec.comment());
        };
        boolean iteration = spec.timeoutMode() == TimeoutMode.ITERATION;
        CursorOptions options =
                new CursorOptions(null, spec.batchSize(), 0, null, spec.comment(), spec.prefetch(), iteration);
        return CommandOperation.listing(
                "listCollections",
                scope,
                !iteration,
                body,
                (reply, context) -> CursorReply.read(engine, scope, options, reply, context, decoder));
    }

    /** {@code listIndexes}; a collection that does not exist has none. */
    public static <T> Operation<BatchCursor<T>> listIndexes(
            Engine engine,
            Scope scope,
            String collection,
            int batchSize,
            @Nullable Duration maxTime,
            @Nullable BsonValue comment,
            boolean prefetch,
            @Nullable TimeoutMode timeoutMode,
            Decoder<T> decoder) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.LIST_INDEXES, collection);
            putCursor(out, batchSize);
            Fields.putMaxTime(out, scope, maxTime);
            Fields.put(out, Names.COMMENT, comment);
        };
        boolean iteration = timeoutMode == TimeoutMode.ITERATION;
        CursorOptions options = new CursorOptions(null, batchSize, 0, null, comment, prefetch, iteration);
        return CommandOperation.listing(
                "listIndexes",
                scope,
                !iteration,
                body,
                (reply, context) -> CursorReply.read(engine, scope, options, reply, context, decoder));
    }

    private static void putCursor(CommandWriter out, int batchSize) {
        int mark = out.startDocument(Names.CURSOR);
        if (batchSize > 0) {
            out.putInt32(Names.BATCH_SIZE, batchSize);
        }
        out.endDocument(mark);
    }

    /** Any command as the user gave it, whose reply opens a cursor. */
    public static <T> Operation<BatchCursor<T>> runCursorCommand(
            Engine engine, Scope scope, RunCursorSpec spec, Decoder<T> decoder) {
        byte[] elements = Elements.elements(spec.command);
        String name = spec.command.getFirstKey();
        boolean tailable = spec.cursorType.isTailable();
        CursorOptions options = new CursorOptions(
                null,
                spec.batchSize,
                0,
                spec.maxTime,
                spec.comment,
                spec.prefetch && !tailable,
                tailable || spec.timeoutMode == TimeoutMode.ITERATION);
        return CommandOperation.asGiven(
                name, scope, (out, connection) -> out.putRawElement(elements, 0, elements.length), (reply, context) -> {
                    if (!reply.hasCursor()) {
                        throw new MongoProtocolException(
                                context.server().address() + " answered " + name
                                        + " without a cursor; runCommand runs commands that open none",
                                null,
                                context.server().address());
                    }
                    return CursorReply.read(engine, scope, options, reply, context, decoder);
                });
    }

    /** Any command as the user gave it. */
    public static <R> Operation<R> runCommand(Scope scope, BsonDocument command, Decoder<R> decoder) {
        byte[] elements = Elements.elements(command);
        return CommandOperation.asGiven(
                command.getFirstKey(),
                scope,
                (out, connection) -> out.putRawElement(elements, 0, elements.length),
                (ReplyEnvelope reply, ReplyContext context) -> reply.decodeDocument(reply.bodyOffset(), decoder));
    }

    static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();
}
