package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Pipeline;
import dev.rotor.testserver.query.PipelineWorld;
import dev.rotor.testserver.query.SortKey;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.ReadPoint;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads collections and views as the command's point in time and transaction see them. */
final class Reader {
    private static final int MAX_VIEW_DEPTH = 20;

    private final Call call;

    Reader(Call call) {
        this.call = call;
    }

    /** A record and what it holds for this reader. */
    record Hit(StoredRecord record, Document document) {}

    /**
     * The stored documents of a collection that match, in natural order; by the index on {@code _id} where that can
     * tell.
     */
    List<Hit> hits(StoredCollection collection, Filter filter) {
        ReadPoint at = call.readPoint();
        if (at.time() < collection.historyFloor()) {
            throw new CommandError(
                    ErrorCode.SNAPSHOT_TOO_OLD, "Read timestamp is older than the oldest available timestamp.");
        }
        List<Hit> hits = new ArrayList<>();
        for (StoredRecord record : candidates(collection, filter, at)) {
            Document document = record.seenAt(at);
            if (document != null && filter.matches(document)) {
                hits.add(new Hit(record, document));
            }
        }
        if (filter.isIdRange() && !collection.isCapped()) {
            hits.sort((a, b) -> dev.rotor.testserver.query.BsonOrder.INSTANCE.compare(
                    a.document().get("_id"), b.document().get("_id")));
        }
        return hits;
    }

    static List<StoredRecord> candidates(StoredCollection collection, Filter filter, ReadPoint at) {
        Object id = filter.onlyId();
        if (id != null && filter.collation().equals(collection.collation())) {
            List<StoredRecord> found = collection.byId(id, at);
            if (found != null) {
                return found;
            }
        }
        return collection.records();
    }

    /** All documents of a collection or view, copied; none if there is no such collection. */
    List<Document> all(Namespace namespace) {
        return matching(namespace, Filter.ALL, 0);
    }

    /** The documents of a collection or view that match, copied. */
    List<Document> matching(Namespace namespace, Filter filter) {
        return matching(namespace, filter, 0);
    }

    private List<Document> matching(Namespace namespace, Filter filter, int depth) {
        StoredCollection collection = call.find(namespace);
        List<Document> documents = new ArrayList<>();
        if (collection == null) {
            return documents;
        }
        if (collection.isView()) {
            if (depth > MAX_VIEW_DEPTH) {
                throw new CommandError(
                        ErrorCode.VIEW_DEPTH_LIMIT_EXCEEDED,
                        "View depth limit exceeded; maximum depth is " + MAX_VIEW_DEPTH);
            }
            Namespace on = new Namespace(
                    namespace.database(),
                    dev.rotor.testserver.query.Values.text(collection.options().get("viewOn")));
            Object stages = collection.options().getOrDefault("pipeline", List.of());
            Pipeline pipeline = Pipeline.of(
                    (List<?>) stages,
                    Variables.let(null, call.store().now()),
                    collection.collation(),
                    world(namespace.database(), depth + 1));
            for (Document document : pipeline.run(matching(on, Filter.ALL, depth + 1))) {
                if (filter.matches(document)) {
                    documents.add(document);
                }
            }
            return documents;
        }
        hits(collection, filter).forEach(hit -> documents.add(hit.document().cloneDeeply()));
        return documents;
    }

    /** What the stages of a pipeline over a database see. */
    PipelineWorld world(String database) {
        return world(database, 0);
    }

    private PipelineWorld world(String database, int depth) {
        return new PipelineWorld() {
            @Override
            public ServerVersion version() {
                return call.version();
            }

            @Override
            public List<Document> documents(String collection) {
                return matching(new Namespace(database, collection), Filter.ALL, depth);
            }
        };
    }

    /** Sorts, or puts into the order of the index that is hinted at. */
    static List<Document> ordered(
            List<Document> documents, SortKey sort, @Nullable Document hint, Collation collation) {
        List<Document> ordered = new ArrayList<>(documents);
        int natural = sort.natural();
        if (hint != null && natural == 0) {
            SortKey index = SortKey.of(plain(hint), collation);
            natural = index.natural();
            if (natural == 0 && sort.isEmpty()) {
                ordered.sort(index);
            }
        }
        if (natural < 0) {
            java.util.Collections.reverse(ordered);
        }
        if (!sort.isEmpty() && sort.natural() == 0) {
            ordered.sort(sort);
        }
        return ordered;
    }

    /** Of an index the fields that have an order. */
    private static Document plain(Document keys) {
        Document plain = new Document();
        keys.forEach((field, direction) -> {
            if (direction instanceof Number n) {
                plain.put(field, n.doubleValue() < 0 ? -1 : 1);
            }
        });
        return plain;
    }
}
