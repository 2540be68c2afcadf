package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.BsonSize;
import dev.rotor.testserver.storage.LogDraft.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The data of a deployment: every write goes through here, gets its cluster time, is logged and wakes up those who
 * wait. One lock for all; a caller holds it for the whole of a command.
 */
public final class Store {
    /** How many deleted records keep their history before the oldest are forgotten. */
    private static final int KEPT_DELETIONS = 20_000;

    private static final long KEPT_DELETED_BYTES = 32L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final EventLog log = new EventLog();
    private final Catalog catalog = new Catalog();
    private final ArrayDeque<Deletion> deletions = new ArrayDeque<>();
    private final ClusterClock clock;
    private long deletedBytes;

    public Store(Clock wallClock) {
        clock = new ClusterClock(wallClock);
    }

    private record Deletion(StoredCollection collection, StoredRecord record, long time, int size) {}

    public ReentrantLock lock() {
        return lock;
    }

    /** Signalled after each write and each end of a transaction. */
    public Condition changed() {
        return changed;
    }

    public EventLog log() {
        return log;
    }

    public Catalog catalog() {
        return catalog;
    }

    /** The newest cluster time. */
    public long now() {
        return clock.last();
    }

    public Instant lastWall() {
        return clock.lastWall();
    }

    /** An entry that says nothing, so that time reaches {@code time}. */
    public void advanceTo(long time) {
        if (time > clock.last()) {
            clock.reach(time);
            changed.signalAll();
        }
    }

    /** Lets time go on without a change, as the periodic entries of an idle primary do. */
    public long tick() {
        long time = clock.next();
        changed.signalAll();
        return time;
    }

    /**
     * Inserts a document that has its {@code _id}.
     *
     * @throws CommandError 11000 with {@code keyPattern} and {@code keyValue}; 112 if a transaction is in the way
     */
    public StoredRecord insert(Writer writer, StoredCollection home, Document document) {
        Uniqueness.check(home, null, document, writer);
        StoredRecord record = home.newRecord();
        try {
            apply(writer, home, record, Kind.INSERT, null, document);
        } catch (CommandError refused) {
            home.forget(record);
            throw refused;
        }
        evict(home);
        return record;
    }

    /** Replaces what the record holds. */
    public void update(
            Writer writer,
            StoredCollection home,
            StoredRecord record,
            Document before,
            Document after,
            boolean replacement) {
        Uniqueness.check(home, record, after, writer);
        apply(writer, home, record, replacement ? Kind.REPLACE : Kind.UPDATE, before, after);
    }

    /** Deletes what the record holds. */
    public void delete(Writer writer, StoredCollection home, StoredRecord record, Document before) {
        apply(writer, home, record, Kind.DELETE, before, null);
    }

    private void apply(
            Writer writer,
            StoredCollection home,
            StoredRecord record,
            Kind kind,
            @Nullable Document before,
            @Nullable Document after) {
        Document known = after == null ? before : after;
        Document key = new Document("_id", known == null ? null : known.get("_id"));
        LogDraft draft = new LogDraft(
                kind, home.namespace(), home.uuid(), key, before, after, home.keepsImages(), null, null, null);
        Overlay overlay = writer.overlay();
        if (overlay == null) {
            writer.beforeCommit();
        }
        home.indexes().stream().filter(StoredIndex::refusesNewDuplicates).forEach(index -> index.add(record, after));
        if (overlay != null) {
            overlay.write(home, record, after);
            overlay.draft(draft);
            return;
        }
        long time = clock.next();
        commit(home, record, before, after, time);
        append(time, List.of(draft));
    }

    private void commit(
            StoredCollection home,
            StoredRecord record,
            @Nullable Document before,
            @Nullable Document after,
            long time) {
        long floor = record.push(time, after);
        for (StoredIndex index : home.indexes()) {
            if (index.refusesNewDuplicates()) {
                index.settle(record, before);
            }
        }
        home.account(
                (after == null ? 0 : 1) - (before == null ? 0 : 1),
                (after == null ? 0 : BsonSize.of(after)) - (before == null ? 0 : BsonSize.of(before)));
        home.touched(time, floor);
        if (after == null) {
            remember(new Deletion(home, record, time, before == null ? 0 : BsonSize.of(before)));
        }
    }

    private void remember(Deletion deletion) {
        deletions.add(deletion);
        deletedBytes += deletion.size();
        while (deletions.size() > KEPT_DELETIONS || deletedBytes > KEPT_DELETED_BYTES) {
            Deletion oldest = deletions.remove();
            deletedBytes -= oldest.size();
            if (oldest.record().committed() == null && oldest.record().owner() == null) {
                oldest.collection().forget(oldest.record());
                oldest.collection().touched(0, oldest.time());
            }
        }
    }

    /** A capped collection loses its oldest documents for new ones; that is not logged. */
    private void evict(StoredCollection home) {
        if (!home.isCapped()) {
            return;
        }
        long size = number(home.options().get("size"));
        long max = number(home.options().get("max"));
        while (home.count() > 1 && ((size > 0 && home.size() > size) || (max > 0 && home.count() > max))) {
            StoredRecord oldest = home.oldest();
            if (oldest == null) {
                return;
            }
            commit(home, oldest, oldest.committed(), null, clock.last());
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : 0;
    }

    private void append(long time, List<LogDraft> drafts) {
        log.append(time, clock.lastWall(), drafts);
        changed.signalAll();
    }

    /** Logs what a command did beyond documents; in a transaction when it commits. */
    public void record(@Nullable Overlay overlay, LogDraft draft) {
        if (overlay != null) {
            overlay.draft(draft);
        } else {
            append(clock.next(), List.of(draft));
        }
    }

    /** Creates a collection or view; in a transaction nobody else sees it before that commits. */
    public StoredCollection createCollection(@Nullable Overlay overlay, Namespace namespace, Document options) {
        StoredCollection collection = Catalog.fresh(namespace, options, clock.last());
        if (overlay != null) {
            overlay.created().put(namespace, collection);
        } else {
            catalog.put(namespace, collection);
        }
        Document details = new Document();
        collection.indexes().stream()
                .filter(StoredIndex::isId)
                .findFirst()
                .ifPresent(id -> details.append(
                        "idIndex", new Document("v", 2).append("key", id.keys()).append("name", id.name())));
        options.forEach(details::putIfAbsent);
        record(overlay, LogDraft.of(Kind.CREATE, namespace, collection.uuid(), details));
        return collection;
    }

    /** Drops a collection or view. */
    public void drop(StoredCollection collection) {
        collection.markDropped();
        catalog.remove(collection.namespace());
        record(null, LogDraft.of(Kind.DROP, collection.namespace(), collection.uuid(), null));
    }

    /** Logs that a database, whose collections were dropped, is gone. */
    public void droppedDatabase(String database) {
        record(null, LogDraft.of(Kind.DROP_DATABASE, new Namespace(database, ""), null, null));
    }

    /** Renames a collection; one of the new name is dropped. */
    public void rename(StoredCollection collection, Namespace to) {
        Namespace from = collection.namespace();
        StoredCollection target = catalog.find(to);
        Document details = new Document("to", to.asDocument());
        if (target != null) {
            details.append("dropTarget", target.uuid());
            target.markDropped();
            catalog.remove(to);
        }
        catalog.remove(from);
        collection.rename(to);
        catalog.put(to, collection);
        record(null, LogDraft.of(Kind.RENAME, from, collection.uuid(), details));
    }

    /** Changes the options of a collection. */
    public void reconfigure(StoredCollection collection, Document options, Document details) {
        collection.reconfigure(options);
        record(null, LogDraft.of(Kind.MODIFY, collection.namespace(), collection.uuid(), details));
    }

    /** Adds indexes that do not exist yet. */
    public void createIndexes(@Nullable Overlay overlay, StoredCollection collection, List<Document> specs) {
        for (Document spec : specs) {
            StoredIndex index = new StoredIndex(spec);
            if (index.isUnique()) {
                List<List<Object>> taken = Duplicates.of(collection, index);
                if (!taken.isEmpty()) {
                    throw Duplicates.error(collection, index, taken.get(0));
                }
            }
            collection.addIndex(index);
        }
        record(
                overlay,
                LogDraft.of(
                        Kind.CREATE_INDEXES,
                        collection.namespace(),
                        collection.uuid(),
                        new Document("indexes", specs)));
    }

    /** Drops an index. */
    public void dropIndex(StoredCollection collection, StoredIndex index) {
        collection.removeIndex(index.name());
        record(
                null,
                LogDraft.of(
                        Kind.DROP_INDEXES,
                        collection.namespace(),
                        collection.uuid(),
                        new Document("indexes", List.of(index.spec()))));
    }

    /** Changes the specification of an index. */
    public void respecify(StoredCollection collection, StoredIndex index, Document spec, Document details) {
        index.respecify(spec);
        collection.addIndex(index);
        record(null, LogDraft.of(Kind.MODIFY, collection.namespace(), collection.uuid(), details));
    }

    /** Logs that a collection is sharded by a key. */
    public void sharded(StoredCollection collection, Document key, boolean unique) {
        Document details =
                new Document("shardKey", key).append("unique", unique).append("numInitialChunks", 1L);
        record(null, LogDraft.of(Kind.SHARD_COLLECTION, collection.namespace(), collection.uuid(), details));
    }

    /** Makes all writes of a transaction visible at one time; returns that time. */
    public long commit(Overlay overlay, Document lsid, long txnNumber) {
        if (overlay.isEmpty()) {
            release();
            return clock.last();
        }
        for (Namespace namespace : overlay.created().keySet()) {
            if (catalog.find(namespace) != null) {
                abort(overlay);
                throw new CommandError(
                        ErrorCode.WRITE_CONFLICT,
                        "WriteConflict error: " + namespace + " was created by another operation.");
            }
        }
        long time = clock.next();
        overlay.created().forEach(catalog::put);
        for (Map.Entry<StoredRecord, Optional<Document>> write :
                overlay.documents().entrySet()) {
            StoredRecord record = write.getKey();
            record.own(null);
            StoredCollection home = overlay.homeOf(record);
            Document before = record.committed();
            Document after = write.getValue().orElse(null);
            if (before == null && after == null) {
                home.forget(record);
            } else {
                commit(home, record, before, after, time);
            }
            evict(home);
        }
        settle(overlay);
        List<LogDraft> drafts = new ArrayList<>();
        overlay.drafts().forEach(draft -> drafts.add(draft.in(lsid, txnNumber)));
        append(time, drafts);
        return time;
    }

    /** Forgets all writes of a transaction. */
    public void abort(Overlay overlay) {
        overlay.documents().keySet().forEach(record -> {
            record.own(null);
            if (record.committedAt() == 0) {
                overlay.homeOf(record).forget(record);
            }
        });
        settle(overlay);
        release();
    }

    /** Takes keys out of the unique indexes that stood there only while the transaction was open. */
    private static void settle(Overlay overlay) {
        overlay.documents().keySet().forEach(record -> {
            for (StoredIndex index : overlay.homeOf(record).indexes()) {
                overlay.imagesOf(record).forEach(image -> index.settle(record, image));
            }
        });
    }

    /** Who waited for records of the transaction looks again. */
    private void release() {
        changed.signalAll();
    }
}
