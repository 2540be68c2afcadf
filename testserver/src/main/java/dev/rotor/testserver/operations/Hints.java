package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredIndex;
import org.jspecify.annotations.Nullable;

/** Which index a {@code hint} names. */
final class Hints {
    private Hints() {}

    /**
     * The keys of the index that is named by its name or its keys, {@code {$natural: ±1}} as it is, or null without a
     * hint.
     *
     * @throws CommandError if the collection is there and has no such index
     */
    static @Nullable Document keys(@Nullable Object hint, @Nullable StoredCollection collection) {
        if (hint == null || (hint instanceof Document d && d.isEmpty())) {
            return null;
        }
        if (!(hint instanceof String) && !(hint instanceof Document)) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "hint must be either a string or nested object, not " + Values.typeName(hint));
        }
        if (hint instanceof Document natural && natural.containsKey("$natural")) {
            return natural;
        }
        if (collection == null || collection.isView() || collection.isTimeSeries()) {
            return null;
        }
        for (StoredIndex index : collection.indexes()) {
            if (index.name().equals(hint) || (hint instanceof Document keys && sameKeys(index.keys(), keys))) {
                return index.keys();
            }
        }
        throw new CommandError(
                ErrorCode.BAD_VALUE,
                "error processing query: ns=" + collection.namespace()
                        + " planner returned error :: caused by :: hint provided does not correspond to an existing index");
    }

    static boolean sameKeys(Document a, Document b) {
        if (!a.keySet().stream().toList().equals(b.keySet().stream().toList())) {
            return false;
        }
        return a.keySet().stream()
                .allMatch(field -> dev.rotor.testserver.query.BsonOrder.same(a.get(field), b.get(field)));
    }
}
