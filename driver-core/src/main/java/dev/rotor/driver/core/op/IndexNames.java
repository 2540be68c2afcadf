package dev.rotor.driver.core.op;

import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;

/** The name that an index gets when its maker gave none, as the Index Management specification says. */
public final class IndexNames {

    private IndexNames() {}

    /** Fields and directions, joined with underscores: {@code a_1_b_-1}. */
    public static String of(BsonDocument keys) {
        StringBuilder name = new StringBuilder();
        for (Map.Entry<String, BsonValue> key : keys.entrySet()) {
            if (!name.isEmpty()) {
                name.append('_');
            }
            name.append(key.getKey()).append('_');
            BsonValue direction = key.getValue();
            if (direction instanceof BsonNumber number) {
                name.append(number.intValue());
            } else if (direction.isString()) {
                name.append(direction.asString().getValue().replace(' ', '_'));
            }
        }
        return name.toString();
    }
}
