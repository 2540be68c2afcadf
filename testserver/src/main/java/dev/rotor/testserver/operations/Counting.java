package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.BsonOrder;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Paths;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code count} and {@code distinct}. */
final class Counting {
    static final Arguments COUNT = Arguments.of(
                    "count", "query", "limit", "skip", "hint", "collation", "fields", "queryOptions", "readConcern")
            .since("6.0", "encryptionInformation");
    static final Arguments DISTINCT =
            Arguments.of("distinct", "key", "query", "collation").since("7.1", "hint");

    private Counting() {}

    static Document count(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = call.find(namespace);
        Hints.keys(call.command().get("hint"), collection);
        long skip = call.number("skip", 0);
        if (skip < 0) {
            throw new CommandError(51024, "BSON field 'skip' value must be >= 0, actual value '" + skip + "'");
        }
        long limit = Math.abs(call.number("limit", 0));
        Filter filter = filter(call, collection);
        long found = filter.spec().isEmpty()
                        && collection != null
                        && !collection.isView()
                        && call.readPoint().isLatest()
                ? collection.count()
                : new Reader(call).matching(namespace, filter).size();
        long counted = Math.max(0, found - skip);
        return new Document("n", (int) (limit > 0 ? Math.min(counted, limit) : counted));
    }

    private static Filter filter(Call call, @org.jspecify.annotations.Nullable StoredCollection collection) {
        Collation collation = call.collation(collection, call.command().get("collation"));
        return Filter.of(call.document("query"), collation, call.variables());
    }

    static Document distinct(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = call.find(namespace);
        if (!(call.command().get("key") instanceof String key)) {
            throw new CommandError(
                    call.command().containsKey("key") ? ErrorCode.TYPE_MISMATCH.code() : 40414,
                    "BSON field 'distinct.key' is the wrong type '"
                            + Values.typeName(call.command().get("key")) + "', expected type 'string'");
        }
        Hints.keys(call.command().get("hint"), collection);
        Filter filter = filter(call, collection);
        // In the order in which they are met.
        Set<Object> seen = new TreeSet<>(BsonOrder.INSTANCE);
        List<Object> values = new ArrayList<>();
        for (Document document : new Reader(call).matching(namespace, filter)) {
            for (Object value : Paths.values(document, key)) {
                if (value instanceof de.bwaldvogel.mongo.backend.Missing) {
                    continue;
                }
                Collection<?> each = value instanceof List<?> many ? many : java.util.Arrays.asList(value);
                for (Object one : each) {
                    if (seen.add(filter.collation().fold(one))) {
                        values.add(one);
                    }
                }
            }
        }
        Document reply = new Document("values", values);
        Long snapshot = call.snapshotTime();
        if (snapshot != null) {
            reply.append("atClusterTime", new BsonTimestamp(snapshot));
        }
        return reply;
    }
}
