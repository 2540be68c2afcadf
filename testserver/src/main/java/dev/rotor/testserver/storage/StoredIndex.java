package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.query.BsonOrder;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An index of a collection: its specification and, where it must be unique, which records have a key in any version
 * that is committed or pending. Others are only listed and named by hints: nothing here is big enough to need them.
 */
public final class StoredIndex {
    private Document spec;
    private final TreeMap<List<Object>, List<StoredRecord>> entries = new TreeMap<>(BsonOrder.INSTANCE);

    StoredIndex(Document spec) {
        this.spec = spec;
    }

    /** As {@code listIndexes} shows it. Not to be changed. */
    public Document spec() {
        return spec;
    }

    void respecify(Document changed) {
        spec = changed;
    }

    public String name() {
        return Values.text(spec.get("name"));
    }

    public Document keys() {
        return Values.document(spec.get("key"));
    }

    /** Whether two documents may not have the same key. The index on {@code _id} always is. */
    public boolean isUnique() {
        return Boolean.TRUE.equals(spec.get("unique")) || isId();
    }

    /** Whether new duplicates are refused already while those that are there still stand. */
    public boolean refusesNewDuplicates() {
        return isUnique() || Boolean.TRUE.equals(spec.get("prepareUnique"));
    }

    public boolean isId() {
        return name().equals("_id_");
    }

    Set<List<Object>> keysOf(@Nullable Document document) {
        if (document == null
                || (spec.get("partialFilterExpression") instanceof Document filter
                        && !Filter.of(filter).matches(document))) {
            return Set.of();
        }
        return IndexKeys.of(document, keys(), Boolean.TRUE.equals(spec.get("sparse")), collation());
    }

    public Collation collation() {
        return Collation.of(spec.get("collation"));
    }

    List<StoredRecord> holders(List<Object> key) {
        return entries.getOrDefault(key, List.of());
    }

    void add(StoredRecord record, @Nullable Document document) {
        for (List<Object> key : keysOf(document)) {
            List<StoredRecord> holders = entries.computeIfAbsent(key, k -> new ArrayList<>(1));
            if (!holders.contains(record)) {
                holders.add(record);
            }
        }
    }

    /** Forgets the keys of {@code former} that the record has no more. */
    void settle(StoredRecord record, @Nullable Document former) {
        Set<List<Object>> now = keysOf(record.committed());
        for (List<Object> key : keysOf(former)) {
            List<StoredRecord> holders = entries.get(key);
            if (holders != null && !now.contains(key)) {
                holders.remove(record);
                if (holders.isEmpty()) {
                    entries.remove(key);
                }
            }
        }
    }
}
