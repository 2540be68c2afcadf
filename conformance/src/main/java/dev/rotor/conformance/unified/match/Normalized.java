package dev.rotor.conformance.unified.match;

import java.util.TreeMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonValue;

/** Values whose documents have their keys sorted, so that they can be compared whatever the order of the keys. */
public final class Normalized {

    private Normalized() {}

    /** The value with the keys of all its documents sorted. */
    public static BsonValue of(BsonValue value) {
        if (value.isDocument()) {
            return document(value.asDocument());
        }
        if (value.isArray()) {
            BsonArray sorted = new BsonArray();
            value.asArray().forEach(each -> sorted.add(of(each)));
            return sorted;
        }
        if (value.isJavaScriptWithScope()) {
            BsonJavaScriptWithScope code = value.asJavaScriptWithScope();
            return new BsonJavaScriptWithScope(code.getCode(), document(code.getScope()));
        }
        return value;
    }

    private static BsonDocument document(BsonDocument value) {
        BsonDocument sorted = new BsonDocument();
        new TreeMap<>(value).forEach((key, each) -> sorted.append(key, of(each)));
        return sorted;
    }
}
