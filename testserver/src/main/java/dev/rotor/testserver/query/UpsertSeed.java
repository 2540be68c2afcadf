package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a filter fixes to one value: an upsert begins with them. */
final class UpsertSeed {
    private UpsertSeed() {}

    static Document of(Document filter) {
        Document seed = new Document();
        collect(filter, seed);
        return seed;
    }

    private static void collect(Document filter, Document seed) {
        for (Map.Entry<String, Object> entry : filter.entrySet()) {
            Object value = entry.getValue();
            if (entry.getKey().equals("$and") && value instanceof List<?> clauses) {
                clauses.forEach(clause -> collect((Document) clause, seed));
            } else if (!entry.getKey().startsWith("$")) {
                equality(entry.getKey(), value, seed);
            }
        }
    }

    private static void equality(String path, @Nullable Object value, Document seed) {
        if (value instanceof Document spec
                && !spec.isEmpty()
                && spec.keySet().iterator().next().startsWith("$")) {
            if (spec.containsKey("$eq")) {
                place(seed, path, spec.get("$eq"));
            } else if (spec.get("$in") instanceof List<?> one && one.size() == 1) {
                place(seed, path, one.get(0));
            }
        } else if (!(value instanceof de.bwaldvogel.mongo.bson.BsonRegularExpression)) {
            place(seed, path, value);
        }
    }

    private static void place(Document seed, String path, @Nullable Object value) {
        if (path.contains(".")) {
            Utils.changeSubdocumentValue(seed, path, value);
        } else {
            seed.put(path, value);
        }
    }
}
