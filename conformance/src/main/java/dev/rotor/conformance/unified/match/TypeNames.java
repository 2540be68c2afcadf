package dev.rotor.conformance.unified.match;

import java.util.Map;
import java.util.Set;
import org.bson.BsonType;

/** The names that the {@code $type} query operator knows. */
final class TypeNames {

    private static final Map<String, Set<BsonType>> TYPES = Map.ofEntries(
            Map.entry("double", Set.of(BsonType.DOUBLE)),
            Map.entry("string", Set.of(BsonType.STRING)),
            Map.entry("object", Set.of(BsonType.DOCUMENT)),
            Map.entry("array", Set.of(BsonType.ARRAY)),
            Map.entry("binData", Set.of(BsonType.BINARY)),
            Map.entry("undefined", Set.of(BsonType.UNDEFINED)),
            Map.entry("objectId", Set.of(BsonType.OBJECT_ID)),
            Map.entry("bool", Set.of(BsonType.BOOLEAN)),
            Map.entry("date", Set.of(BsonType.DATE_TIME)),
            Map.entry("null", Set.of(BsonType.NULL)),
            Map.entry("regex", Set.of(BsonType.REGULAR_EXPRESSION)),
            Map.entry("dbPointer", Set.of(BsonType.DB_POINTER)),
            Map.entry("javascript", Set.of(BsonType.JAVASCRIPT)),
            Map.entry("symbol", Set.of(BsonType.SYMBOL)),
            Map.entry("javascriptWithScope", Set.of(BsonType.JAVASCRIPT_WITH_SCOPE)),
            Map.entry("int", Set.of(BsonType.INT32)),
            Map.entry("timestamp", Set.of(BsonType.TIMESTAMP)),
            Map.entry("long", Set.of(BsonType.INT64)),
            Map.entry("decimal", Set.of(BsonType.DECIMAL128)),
            Map.entry("minKey", Set.of(BsonType.MIN_KEY)),
            Map.entry("maxKey", Set.of(BsonType.MAX_KEY)),
            Map.entry("number", Set.of(BsonType.DOUBLE, BsonType.INT32, BsonType.INT64, BsonType.DECIMAL128)));

    private TypeNames() {}

    static boolean isOfType(BsonType type, String name) {
        Set<BsonType> types = TYPES.get(name);
        if (types == null) {
            throw new RunnerException("$$type does not know the type " + name);
        }
        return types.contains(type);
    }
}
