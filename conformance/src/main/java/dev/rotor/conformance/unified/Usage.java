package dev.rotor.conformance.unified;

import java.util.HashSet;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What a case uses that the runner has to prepare for, wherever in its operations it does.
 *
 * @param failPoints whether it configures fail points
 * @param transactions whether it starts transactions
 * @param distinct whether it asks for distinct values
 */
record Usage(boolean failPoints, boolean transactions, boolean distinct) {

    static Usage of(BsonDocument test) {
        Set<String> names = new HashSet<>();
        test.getArray("operations").forEach(operation -> collect(operation, names));
        return new Usage(
                names.contains("failPoint") || names.contains("targetedFailPoint"),
                names.contains("startTransaction") || names.contains("withTransaction"),
                names.contains("distinct"));
    }

    /** Operations lie within operations: callbacks, threads, loops. */
    private static void collect(BsonValue value, Set<String> names) {
        if (value.isArray()) {
            value.asArray().forEach(each -> collect(each, names));
        } else if (value.isDocument()) {
            BsonDocument document = value.asDocument();
            if (document.isString("name")) {
                names.add(document.getString("name").getValue());
            }
            document.values().forEach(each -> collect(each, names));
        }
    }
}
