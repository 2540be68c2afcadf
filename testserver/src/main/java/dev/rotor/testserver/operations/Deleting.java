package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.SortKey;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One delete of one or all documents that match.
 *
 * @param namespace the collection
 * @param query the filter
 * @param multi whether all that match are deleted
 * @param sort which one is deleted if several match; empty for any
 * @param hint an index, or null
 * @param collation the collation, or null for that of the collection
 * @param variables those of {@code let}
 */
record Deleting(
        Namespace namespace,
        Document query,
        boolean multi,
        Document sort,
        @Nullable Object hint,
        @Nullable Object collation,
        Variables variables) {

    /** The documents that were deleted. */
    List<Document> run(Call call) {
        StoredCollection collection = Targets.existing(call, namespace);
        Collation rules = call.collation(collection, collation);
        Filter filter = Filter.of(query, rules, variables);
        Document keys = Hints.keys(hint, collection);
        SortKey order = SortKey.of(sort, rules);
        List<Document> deleted = new ArrayList<>();
        if (collection == null) {
            return deleted;
        }
        if (collection.isCapped() && !call.version().atLeast(5, 0)) {
            throw new CommandError(20, "cannot remove from a capped collection: " + namespace);
        }
        for (StoredRecord record : Updating.targets(call, collection, filter, order, keys)) {
            Document current = Updating.claimed(call, record, filter);
            if (current == null) {
                continue;
            }
            call.store().delete(call.writer(), collection, record, current);
            deleted.add(current);
            if (!multi) {
                break;
            }
        }
        return deleted;
    }
}
