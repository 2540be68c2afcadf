package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.query.Collation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A collection or a view: options, indexes and records in natural order. Used under the lock of the {@link Store} only.
 */
public final class StoredCollection {
    private final UUID uuid = UUID.randomUUID();
    private final TreeMap<Long, StoredRecord> records = new TreeMap<>();
    private final Map<String, StoredIndex> indexes = new LinkedHashMap<>();
    private final long createdAt;
    private Namespace namespace;
    private Document options;
    private long nextId = 1;
    private long changedAt;
    private long historyFloor;
    private int live;
    private long bytes;
    private boolean dropped;

    StoredCollection(Namespace namespace, Document options, long createdAt) {
        this.namespace = namespace;
        this.options = options;
        this.createdAt = createdAt;
        if (!isView() && !isTimeSeries()) {
            Document id =
                    new Document("v", 2).append("key", new Document("_id", 1)).append("name", "_id_");
            if (options.get("clusteredIndex") instanceof Document clustered) {
                id.append("name", clustered.getOrDefault("name", "_id_"))
                        .append("unique", true)
                        .append("clustered", true);
            }
            if (options.get("collation") instanceof Document collation) {
                id.append("collation", collation);
            }
            indexes.put((String) id.get("name"), new StoredIndex(id));
        }
    }

    public UUID uuid() {
        return uuid;
    }

    public Namespace namespace() {
        return namespace;
    }

    void rename(Namespace to) {
        namespace = to;
    }

    /** As {@code listCollections} shows them. Not to be changed. */
    public Document options() {
        return options;
    }

    void reconfigure(Document changed) {
        options = changed;
    }

    public boolean isView() {
        return options.get("viewOn") instanceof String;
    }

    public boolean isTimeSeries() {
        return options.get("timeseries") instanceof Document;
    }

    public boolean isCapped() {
        return Boolean.TRUE.equals(options.get("capped"));
    }

    /** Whether pre- and post-images are kept for change streams. */
    public boolean keepsImages() {
        return options.get("changeStreamPreAndPostImages") instanceof Document images
                && Boolean.TRUE.equals(images.get("enabled"));
    }

    /** The collation of operations that do not bring one. */
    public Collation collation() {
        return Collation.of(options.get("collation"));
    }

    public long createdAt() {
        return createdAt;
    }

    /** The time of the newest committed write. */
    public long changedAt() {
        return changedAt;
    }

    /** The time below which versions may be gone. */
    public long historyFloor() {
        return historyFloor;
    }

    public boolean isDropped() {
        return dropped;
    }

    void markDropped() {
        dropped = true;
    }

    public Collection<StoredIndex> indexes() {
        return indexes.values();
    }

    public @Nullable StoredIndex index(String name) {
        return indexes.get(name);
    }

    void addIndex(StoredIndex index) {
        indexes.put(index.name(), index);
        if (index.refusesNewDuplicates()) {
            records.values().forEach(record -> {
                index.add(record, record.committed());
                Overlay owner = record.owner();
                if (owner != null) {
                    index.add(record, owner.documentOf(record));
                }
            });
        }
    }

    void removeIndex(String name) {
        indexes.remove(name);
    }

    /** The number of committed documents. */
    public int count() {
        return live;
    }

    /** Their size in bytes. */
    public long size() {
        return bytes;
    }

    void account(int documents, long size) {
        live += documents;
        bytes += size;
    }

    StoredRecord newRecord() {
        StoredRecord record = new StoredRecord(nextId++);
        records.put(record.id(), record);
        return record;
    }

    void forget(StoredRecord record) {
        records.remove(record.id());
    }

    void touched(long time, long floor) {
        changedAt = Math.max(changedAt, time);
        historyFloor = Math.max(historyFloor, floor);
    }

    /** The oldest record that has a committed document, or null. */
    @Nullable
    StoredRecord oldest() {
        for (StoredRecord record : records.values()) {
            if (record.committed() != null) {
                return record;
            }
        }
        return null;
    }

    /** Whether the record still has a document, or an uncommitted one. */
    public boolean holds(long id) {
        StoredRecord record = records.get(id);
        return record != null && (record.committed() != null || record.owner() != null);
    }

    /** All records, also those without a document at the moment, in natural order; a copy. */
    public List<StoredRecord> records() {
        return new ArrayList<>(records.values());
    }

    /** The records after {@code id} in natural order; a copy. */
    public List<StoredRecord> recordsAfter(long id) {
        return new ArrayList<>(records.tailMap(id, false).values());
    }

    /** The records that may have the given {@code _id}, if the index can tell for a reader at {@code at}; else null. */
    public @Nullable List<StoredRecord> byId(@Nullable Object id, ReadPoint at) {
        if (at.time() < changedAt) {
            return null;
        }
        for (StoredIndex index : indexes.values()) {
            if (index.keys().size() == 1 && index.keys().containsKey("_id") && index.isUnique()) {
                List<Object> key = new ArrayList<>();
                key.add(index.collation().fold(id));
                return new ArrayList<>(index.holders(key));
            }
        }
        return null;
    }
}
