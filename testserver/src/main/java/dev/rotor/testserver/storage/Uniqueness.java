package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a second document with the same key of a unique index. */
final class Uniqueness {
    private Uniqueness() {}

    static void check(StoredCollection home, @Nullable StoredRecord self, Document document, Writer writer) {
        long before = self == null ? 0 : self.committedAt();
        boolean again = true;
        while (again) {
            again = false;
            for (StoredIndex index : home.indexes()) {
                again |= index.refusesNewDuplicates() && checked(home, index, self, document, writer);
            }
        }
        if (self != null && writer.overlay() == null && self.committedAt() != before) {
            // While this one waited for another's key, the document itself has changed.
            throw Writer.conflict();
        }
    }

    /** Returns whether it had to wait, so that all is to be looked at again. */
    private static boolean checked(
            StoredCollection home, StoredIndex index, @Nullable StoredRecord self, Document document, Writer writer) {
        for (List<Object> key : index.keysOf(document)) {
            for (StoredRecord holder : index.holders(key)) {
                if (holder == self) {
                    continue;
                }
                Overlay owner = holder.owner();
                if (owner != null && owner != writer.overlay()) {
                    writer.awaitOther();
                    return true;
                }
                Document theirs = owner == null ? holder.committed() : owner.documentOf(holder);
                if (theirs == null || !index.keysOf(theirs).contains(key)) {
                    continue;
                }
                if (writer.overlay() != null
                        && holder.committedAt() > writer.readPoint().time()) {
                    throw Writer.conflict();
                }
                throw duplicate(home.namespace(), index, document, key);
            }
        }
        return false;
    }

    /** Error 11000, with the key as the document has it. */
    static CommandError duplicate(Namespace namespace, StoredIndex index, Document document, List<Object> key) {
        Document value = new Document();
        int i = 0;
        for (String field : index.keys().keySet()) {
            Object found = document.get(field);
            Object indexed = key.get(i++);
            value.append(field, found != null && !(found instanceof List) ? found : indexed);
        }
        String collation =
                index.spec().get("collation") instanceof Document c ? " collation: " + JsonText.shell(c) : "";
        return new CommandError(
                        ErrorCode.DUPLICATE_KEY,
                        "E11000 duplicate key error collection: " + namespace + " index: " + index.name() + collation
                                + " dup key: " + JsonText.shell(value))
                .with("keyPattern", index.keys().cloneDeeply())
                .with("keyValue", value.cloneDeeply());
    }
}
