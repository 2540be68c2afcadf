package dev.rotor.testserver;

import static java.util.Objects.requireNonNull;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** Reads replies in tests. */
final class Documents {

    private Documents() {}

    /** The value at the path; fails if there is none. */
    static Object at(Document document, String... path) {
        Object value = document;
        for (String each : path) {
            value = requireNonNull(((Document) value).get(each), () -> each + " is not in " + document);
        }
        return value;
    }

    /** The documents of the first batch. */
    @SuppressWarnings("unchecked")
    static List<Document> firstBatch(Document reply) {
        return (List<Document>) at(reply, "cursor", "firstBatch");
    }

    /** A command with fields after its name, in order. */
    static Document command(String name, Object value, Object... fields) {
        Document command = new Document(name, value);
        for (int i = 0; i < fields.length; i += 2) {
            command.append((String) fields[i], fields[i + 1]);
        }
        return command;
    }
}
