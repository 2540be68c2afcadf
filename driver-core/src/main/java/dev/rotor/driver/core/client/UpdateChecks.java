package dev.rotor.driver.core.client;

import java.util.Iterator;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The CRUD specification's rule that an update has operators and a replacement has none, held before anything is sent:
 * a mix-up would otherwise replace a document by its update, or the other way round.
 */
final class UpdateChecks {

    private UpdateChecks() {}

    /** Gives the update back, rendered where it had to be. */
    static Bson update(Bson update, CodecRegistry registry) {
        String first;
        Bson checked = update;
        if (update instanceof Map<?, ?> document) {
            first = firstKey(document);
        } else {
            BsonDocument rendered = update.toBsonDocument(BsonDocument.class, registry);
            first = firstKey(rendered);
            checked = rendered;
        }
        if (first == null) {
            throw new IllegalArgumentException("an update needs at least one operator, for example $set; it is empty");
        }
        if (!first.startsWith("$")) {
            throw new IllegalArgumentException(
                    "an update has operators, for example {$set: {" + first + ": …}}; this one starts with the field \""
                            + first + "\". To replace the document use replaceOne.");
        }
        return checked;
    }

    /** Looks at documents whose fields can be seen; those of other classes are looked at when they are written. */
    static void replacement(Object replacement) {
        if (replacement instanceof Map<?, ?> document) {
            String first = firstKey(document);
            if (first != null && first.startsWith("$")) {
                throw new IllegalArgumentException("a replacement has no operators; this one starts with \"" + first
                        + "\". To change fields use updateOne.");
            }
        }
    }

    private static @Nullable String firstKey(Map<?, ?> document) {
        Iterator<?> keys = document.keySet().iterator();
        return keys.hasNext() ? String.valueOf(keys.next()) : null;
    }
}
