package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ServerVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which field names a stored document may have: from 5.0 on, names may start with a dollar sign except within
 * {@code _id}.
 */
public final class FieldNames {
    private FieldNames() {}

    /** Checks what an update has made: below 5.0 no name may start with a dollar sign. */
    static void checkUpdated(Document document, ServerVersion version) {
        check(document);
        if (!version.atLeast(5, 0)) {
            noDollar(document, "");
        }
    }

    /** Checks a document that is to be inserted: below 5.0 no name at the top may start with a dollar sign. */
    public static void checkInserted(Document document, ServerVersion version) {
        check(document);
        for (String name : document.keySet()) {
            if (name.startsWith("$") && !version.atLeast(5, 0)) {
                throw new CommandError(ErrorCode.BAD_VALUE, "Document can't have $ prefixed field names: " + name);
            }
        }
    }

    private static void check(Document document) {
        Object id = document.get("_id");
        if (id instanceof List || id instanceof BsonRegularExpression) {
            throw new CommandError(
                    ErrorCode.INVALID_ID_FIELD, "The '_id' value cannot be of type " + Values.typeName(id));
        }
        if (id instanceof Document key) {
            for (String name : key.keySet()) {
                if (name.startsWith("$")) {
                    throw new CommandError(
                            ErrorCode.DOLLAR_PREFIXED_FIELD_NAME,
                            "_id fields may not contain '$'-prefixed fields: " + name + " is not valid for storage.");
                }
            }
        }
    }

    private static void noDollar(@Nullable Object value, String path) {
        if (value instanceof Document document) {
            for (Map.Entry<String, Object> field : document.entrySet()) {
                String name = field.getKey();
                if (name.startsWith("$") && !name.equals("$ref") && !name.equals("$id") && !name.equals("$db")) {
                    throw new CommandError(
                            ErrorCode.DOLLAR_PREFIXED_FIELD_NAME,
                            "The dollar ($) prefixed field '" + name + "' in '" + path + name
                                    + "' is not valid for storage.");
                }
                noDollar(field.getValue(), path + name + ".");
            }
        } else if (value instanceof List<?> many) {
            many.forEach(each -> noDollar(each, path));
        }
    }
}
