package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.query.FieldNames;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;

/** Inserts one document. */
final class Inserting {
    private Inserting() {}

    /** The document as it was stored. */
    static Document insert(Call call, Namespace namespace, Document given) {
        FieldNames.checkInserted(given, call.version());
        Document document = new Document("_id", given.containsKey("_id") ? given.get("_id") : new ObjectId());
        given.forEach(document::putIfAbsent);
        stamp(call, document);
        StoredCollection collection = Targets.created(call, namespace);
        checkTime(collection, document);
        Validation.check(call, collection, null, document);
        call.store().insert(call.writer(), collection, document);
        return document;
    }

    /** A zero timestamp at the top of a document stands for the time of its insertion. */
    private static void stamp(Call call, Document document) {
        document.replaceAll(
                (name, value) -> value instanceof BsonTimestamp time && time.getValue() == 0 && !name.equals("_id")
                        ? new BsonTimestamp(call.store().tick())
                        : value);
    }

    private static void checkTime(StoredCollection collection, Document document) {
        if (collection.options().get("timeseries") instanceof Document series
                && !(document.get(series.get("timeField")) instanceof java.time.Instant)) {
            throw new CommandError(
                    2, "'" + series.get("timeField") + "' must be present and contain a valid BSON UTC datetime value");
        }
    }
}
