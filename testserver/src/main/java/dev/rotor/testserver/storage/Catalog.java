package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which collections there are. Used under the lock of the {@link Store} only. */
public final class Catalog {
    private final TreeMap<String, TreeMap<String, StoredCollection>> databases = new TreeMap<>();

    public @Nullable StoredCollection find(Namespace namespace) {
        Map<String, StoredCollection> database = databases.get(namespace.database());
        return database == null ? null : database.get(namespace.collection());
    }

    /** As {@link #find(Namespace)}, but a transaction sees what it has created itself. */
    public @Nullable StoredCollection find(Namespace namespace, @Nullable Overlay overlay) {
        StoredCollection own = overlay == null ? null : overlay.created().get(namespace);
        return own != null ? own : find(namespace);
    }

    public @Nullable StoredCollection find(UUID uuid) {
        for (TreeMap<String, StoredCollection> database : databases.values()) {
            for (StoredCollection each : database.values()) {
                if (each.uuid().equals(uuid)) {
                    return each;
                }
            }
        }
        return null;
    }

    void put(Namespace namespace, StoredCollection collection) {
        databases.computeIfAbsent(namespace.database(), d -> new TreeMap<>()).put(namespace.collection(), collection);
    }

    void remove(Namespace namespace) {
        TreeMap<String, StoredCollection> database = databases.get(namespace.database());
        if (database != null) {
            database.remove(namespace.collection());
            if (database.isEmpty()) {
                databases.remove(namespace.database());
            }
        }
    }

    /** The databases that have a collection, by name. */
    public List<String> databases() {
        return new ArrayList<>(databases.keySet());
    }

    /** The collections of a database, by name; none if there is no such database. */
    public List<StoredCollection> collections(String database) {
        TreeMap<String, StoredCollection> found = databases.get(database);
        return found == null ? List.of() : new ArrayList<>(found.values());
    }

    /** A collection that is not in any catalogue yet. */
    static StoredCollection fresh(Namespace namespace, Document options, long now) {
        return new StoredCollection(namespace, options, now);
    }
}
