package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.SortKey;
import dev.rotor.testserver.query.Update;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredRecord;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One update of one or many documents; update, findAndModify and bulkWrite have it in common.
 *
 * @param namespace the collection
 * @param query the filter
 * @param update operators, replacement or pipeline
 * @param multi whether all that match are updated
 * @param upsert whether a document is inserted if none matches
 * @param sort which one is updated if several match; empty for any
 * @param arrayFilters the filters of {@code $[name]}, or null
 * @param hint an index, or null
 * @param collation the collation, or null for that of the collection
 * @param variables those of {@code let}
 */
record Updating(
        Namespace namespace,
        Document query,
        @Nullable Object update,
        boolean multi,
        boolean upsert,
        Document sort,
        @Nullable Object arrayFilters,
        @Nullable Object hint,
        @Nullable Object collation,
        Variables variables) {

    /**
     * What an update did.
     *
     * @param matched how many matched
     * @param modified how many were changed
     * @param upserted the inserted document, or null
     * @param before the last one updated, as it was; or null
     * @param after the same, as it is; or the inserted one; or null
     */
    record Outcome(
            int matched,
            int modified,
            @Nullable Document upserted,
            @Nullable Document before,
            @Nullable Document after) {}

    Outcome run(Call call) {
        StoredCollection collection = Targets.existing(call, namespace);
        Collation rules = call.collation(collection, collation);
        Filter filter = Filter.of(query, rules, variables);
        Update change = Update.of(update, arrayFilters, multi, filter, variables, call.version());
        Document keys = Hints.keys(hint, collection);
        SortKey order = SortKey.of(sort, rules);
        int matched = 0;
        int modified = 0;
        Document before = null;
        Document after = null;
        if (collection != null) {
            for (StoredRecord record : targets(call, collection, filter, order, keys)) {
                Document current = claimed(call, record, filter);
                if (current == null) {
                    continue;
                }
                matched++;
                before = current;
                after = change.applyTo(current);
                if (!after.equals(current)) {
                    checkCapped(collection, current, after);
                    Validation.check(call, collection, current, after);
                    call.store().update(call.writer(), collection, record, current, after, change.replacesWhole());
                    modified++;
                }
                if (!multi) {
                    break;
                }
            }
        }
        if (matched == 0 && upsert) {
            Document inserted = Inserting.insert(call, namespace, change.inserted());
            return new Outcome(0, 0, inserted, null, inserted);
        }
        return new Outcome(matched, modified, null, before, after);
    }

    /** The document that the record holds once it may be written, or null if it does not match any more. */
    static @Nullable Document claimed(Call call, StoredRecord record, Filter filter) {
        Document seen = record.seenAt(call.readPoint());
        if (call.overlay() != null && (seen == null || !filter.matches(seen))) {
            return null;
        }
        call.writer().claim(record);
        Document current = record.seenAt(call.writer().readPoint());
        return current != null && filter.matches(current) ? current : null;
    }

    /** The records to look at, in the order in which they are to be taken. */
    static List<StoredRecord> targets(
            Call call, StoredCollection collection, Filter filter, SortKey order, @Nullable Document keys) {
        List<StoredRecord> candidates =
                Reader.candidates(collection, filter, call.writer().readPoint());
        if (order.isEmpty() && keys == null) {
            return candidates;
        }
        // By identity: two records may hold equal documents but for what orders them.
        IdentityHashMap<Document, StoredRecord> records = new IdentityHashMap<>();
        List<Document> documents = new ArrayList<>();
        for (StoredRecord record : candidates) {
            Document document = record.seenAt(call.writer().readPoint());
            if (document != null && filter.matches(document)) {
                records.put(document, record);
                documents.add(document);
            }
        }
        List<StoredRecord> sorted = new ArrayList<>();
        Reader.ordered(documents, order, keys, filter.collation())
                .forEach(document -> sorted.add(records.get(document)));
        return sorted;
    }

    private static void checkCapped(StoredCollection collection, Document before, Document after) {
        int grown = dev.rotor.testserver.query.BsonSize.of(after) - dev.rotor.testserver.query.BsonSize.of(before);
        if (collection.isTimeSeries()) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "Cannot perform a non-multi update on a time-series collection");
        }
        if (collection.isCapped()
                && grown > 0
                && collection.size() + grown
                        > dev.rotor.testserver.query.Values.whole(
                                collection.options().get("size"), Long.MAX_VALUE)) {
            throw new CommandError(
                    ErrorCode.CANNOT_GROW_DOCUMENT, "Cannot change the size of a document in a capped collection");
        }
    }
}
