package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.query.BsonOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys that more than one document has, when an index is to become unique. */
public final class Duplicates {
    private Duplicates() {}

    /** The keys that occur more than once, in index order. */
    static List<List<Object>> of(StoredCollection collection, StoredIndex index) {
        List<List<Object>> twice = new ArrayList<>();
        byKey(collection, index).forEach((key, ids) -> {
            if (ids.size() > 1) {
                twice.add(key);
            }
        });
        return twice;
    }

    private static Map<List<Object>, List<Object>> byKey(StoredCollection collection, StoredIndex index) {
        Map<List<Object>, List<Object>> holders = new TreeMap<>(BsonOrder.INSTANCE);
        for (StoredRecord record : collection.records()) {
            Document document = record.seenAt(ReadPoint.LATEST);
            for (List<Object> key : index.keysOf(document)) {
                holders.computeIfAbsent(key, k -> new ArrayList<>()).add(document == null ? key : document.get("_id"));
            }
        }
        return holders;
    }

    /** {@code [{ids: [...]}, ...]}: for each key that occurs more than once the documents that have it. */
    public static List<Document> violations(StoredCollection collection, StoredIndex index) {
        List<Document> violations = new ArrayList<>();
        byKey(collection, index).values().forEach(ids -> {
            if (ids.size() > 1) {
                violations.add(new Document("ids", ids));
            }
        });
        return violations;
    }

    static CommandError error(StoredCollection collection, StoredIndex index, List<Object> key) {
        Document value = new Document();
        int i = 0;
        for (String field : index.keys().keySet()) {
            value.append(field, key.get(i++));
        }
        CommandError plain = Uniqueness.duplicate(collection.namespace(), index, value, key);
        CommandError error = new CommandError(
                plain.code(),
                "Index build failed: " + collection.uuid() + ": Collection " + collection.namespace() + " ( "
                        + collection.uuid() + " ) :: caused by :: " + plain.message());
        plain.extra().forEach(error::with);
        return error;
    }
}
