package dev.rotor.conformance.unified;

import dev.rotor.driver.MongoNamespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    /** The collections that entity descriptions name. */
    static List<MongoNamespace> namespaces(List<BsonDocument> entities) {
        Map<String, String> databases = new HashMap<>();
        List<MongoNamespace> namespaces = new ArrayList<>();
        for (BsonDocument entity : entities) {
            BsonDocument description = entity.getDocument(entity.getFirstKey());
            if (entity.containsKey("database")) {
                databases.put(text(description, "id"), text(description, "databaseName"));
            } else if (entity.containsKey("collection")) {
                String database = databases.get(text(description, "database"));
                if (database != null) {
                    namespaces.add(new MongoNamespace(database, text(description, "collectionName")));
                }
            }
        }
        return namespaces;
    }

    private static String text(BsonDocument description, String name) {
        return description.getString(name).getValue();
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
