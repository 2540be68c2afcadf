package dev.rotor.testserver.stream;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.LogDraft;
import dev.rotor.testserver.storage.LogDraft.Kind;
import dev.rotor.testserver.storage.LogEntry;
import dev.rotor.testserver.storage.ReadPoint;
import dev.rotor.testserver.storage.Store;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredRecord;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes events of entries of the log. */
final class ChangeEvents {
    private final Store store;
    private final StreamOptions options;

    ChangeEvents(Store store, StreamOptions options) {
        this.store = store;
        this.options = options;
    }

    Document event(LogEntry entry, ResumeToken token) {
        LogDraft draft = entry.draft();
        Document event = new Document("_id", token.asDocument())
                .append("operationType", draft.kind().operationType());
        time(entry, event);
        if (options.expanded() && draft.collection() != null) {
            event.append("collectionUUID", draft.collection());
        }
        if (draft.session() != null) {
            event.append("lsid", draft.session().cloneDeeply()).append("txnNumber", draft.txnNumber());
        }
        if (draft.kind().isDocument()) {
            document(draft, event);
        } else {
            command(draft, event);
        }
        return event;
    }

    Document invalidate(LogEntry entry, ResumeToken token) {
        Document event = new Document("_id", token.asDocument()).append("operationType", "invalidate");
        time(entry, event);
        return event;
    }

    private void time(LogEntry entry, Document event) {
        event.append("clusterTime", new BsonTimestamp(entry.time()));
        if (options.version().atLeast(6, 0)) {
            event.append("wallTime", entry.wallTime().truncatedTo(ChronoUnit.MILLIS));
        }
    }

    private void document(LogDraft draft, Document event) {
        boolean update = draft.kind() == Kind.UPDATE;
        if (update && !options.fullDocument().equals("default")) {
            event.append("fullDocument", after(draft));
        } else if (!update && draft.after() != null) {
            event.append("fullDocument", draft.after().cloneDeeply());
        }
        event.append("ns", draft.namespace().asDocument()).append("documentKey", Values.copy(draft.key()));
        if (update && draft.before() != null && draft.after() != null) {
            boolean paths = options.expanded() && options.version().atLeast(6, 1);
            event.append(
                    "updateDescription",
                    Values.copy(UpdateDescription.of(
                            draft.before(), draft.after(), options.version().atLeast(5, 0), paths)));
        }
        if (!options.before().equals("off") && draft.kind() != Kind.INSERT) {
            event.append("fullDocumentBeforeChange", image(draft, draft.before(), options.before(), "pre-image"));
        }
    }

    private @Nullable Document after(LogDraft draft) {
        if (!options.fullDocument().equals("updateLookup")) {
            return image(draft, draft.after(), options.fullDocument(), "post-image");
        }
        StoredCollection collection =
                draft.collection() == null ? null : store.catalog().find(draft.collection());
        Object id = Values.document(draft.key()).get("_id");
        List<StoredRecord> records = collection == null ? null : collection.byId(id, ReadPoint.LATEST);
        if (records != null) {
            for (StoredRecord record : records) {
                Document current = record.seenAt(ReadPoint.LATEST);
                if (current != null) {
                    return current.cloneDeeply();
                }
            }
        }
        return null;
    }

    private static @Nullable Document image(LogDraft draft, @Nullable Document kept, String mode, String kind) {
        if (draft.imagesKept() && kept != null) {
            return kept.cloneDeeply();
        }
        if (mode.equals("required")) {
            throw new CommandError(
                            ErrorCode.NO_MATCHING_DOCUMENT,
                            "Change stream was configured to require a " + kind
                                    + " for all update, delete and replace events, but the " + kind
                                    + " was not found for event")
                    .withLabels("NonResumableChangeStreamError");
        }
        return null;
    }

    private void command(LogDraft draft, Document event) {
        if (draft.kind() == Kind.DROP_DATABASE) {
            event.append("ns", new Document("db", draft.namespace().database()));
            return;
        }
        event.append("ns", draft.namespace().asDocument());
        Document details = Values.document(draft.details()).cloneDeeply();
        if (draft.kind() == Kind.CREATE && options.version().atLeast(8, 1)) {
            event.append(
                    "nsType",
                    details.containsKey("viewOn")
                            ? "view"
                            : details.containsKey("timeseries") ? "timeseries" : "collection");
        }
        if (draft.kind() == Kind.RENAME) {
            event.append("to", details.get("to"));
        }
        if (options.expanded() && draft.kind() != Kind.DROP) {
            event.append("operationDescription", details);
        }
    }
}
