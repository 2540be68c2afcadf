package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as the server writes them into messages. */
public final class JsonText {
    private JsonText() {}

    public static String shell(@Nullable Object value) {
        if (value instanceof Document document) {
            if (document.isEmpty()) {
                return "{}";
            }
            StringJoiner fields = new StringJoiner(", ", "{ ", " }");
            document.forEach((key, each) -> fields.add(key + ": " + shell(each)));
            return fields.toString();
        }
        if (value instanceof Collection<?> many) {
            if (many.isEmpty()) {
                return "[]";
            }
            StringJoiner elements = new StringJoiner(", ", "[ ", " ]");
            many.forEach(each -> elements.add(shell(each)));
            return elements.toString();
        }
        if (value instanceof String text) {
            return "\"" + text + "\"";
        }
        if (value instanceof ObjectId id) {
            return "ObjectId('" + id.getHexData() + "')";
        }
        if (value instanceof UUID uuid) {
            return "UUID(\"" + uuid + "\")";
        }
        if (value instanceof Instant date) {
            return "new Date(" + date.toEpochMilli() + ")";
        }
        return String.valueOf(value);
    }
}
