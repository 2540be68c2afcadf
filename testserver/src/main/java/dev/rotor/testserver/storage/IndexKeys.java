package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.query.BsonOrder;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Paths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys under which an index holds a document: one for each element where a field is an array. */
final class IndexKeys {
    private IndexKeys() {}

    static Set<List<Object>> of(Document document, Document pattern, boolean sparse, Collation collation) {
        List<List<Object>> keys = new ArrayList<>();
        keys.add(new ArrayList<>());
        boolean anything = false;
        for (String field : pattern.keySet()) {
            List<@Nullable Object> values = Paths.values(document, field);
            anything |= values.stream().anyMatch(value -> !(value instanceof Missing));
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> key : keys) {
                for (Object value : elements(values)) {
                    List<Object> extended = new ArrayList<>(key);
                    // An index holds null for a field that is not there.
                    extended.add(collation.fold(value instanceof Missing ? null : value));
                    longer.add(extended);
                }
            }
            keys = longer;
        }
        Set<List<Object>> distinct = new TreeSet<>(BsonOrder.INSTANCE);
        if (anything || !sparse) {
            distinct.addAll(keys);
        }
        return distinct;
    }

    private static List<@Nullable Object> elements(List<@Nullable Object> values) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Collection<?> many && !many.isEmpty()) {
                elements.addAll(many);
            } else {
                elements.add(value);
            }
        }
        return elements;
    }
}
