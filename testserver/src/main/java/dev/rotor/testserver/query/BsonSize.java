package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How many bytes values take as BSON; types that the storage does not know are guessed. */
public final class BsonSize {
    private BsonSize() {}

    public static int of(Document document) {
        int size = 5;
        for (Map.Entry<String, Object> entry : document.entrySet()) {
            size += 2 + utf8(entry.getKey()) + value(entry.getValue());
        }
        return size;
    }

    private static int value(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof String text) {
            return 5 + utf8(text);
        }
        if (value instanceof Document document) {
            return of(document);
        }
        if (value instanceof Collection<?> many) {
            int size = 5;
            int i = 0;
            for (Object each : many) {
                size += 2 + digits(i++) + value(each);
            }
            return size;
        }
        if (value instanceof Integer) {
            return 4;
        }
        if (value instanceof Boolean) {
            return 1;
        }
        if (value instanceof ObjectId) {
            return 12;
        }
        if (value instanceof Decimal128) {
            return 16;
        }
        if (value instanceof BinData data) {
            return 5 + data.getData().length;
        }
        if (value instanceof UUID || value instanceof LegacyUUID) {
            return 21;
        }
        if (value instanceof BsonRegularExpression regex) {
            return 2 + utf8(regex.getPattern()) + utf8(String.valueOf(regex.getOptions()));
        }
        return 8;
    }

    private static int digits(int number) {
        return number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : number < 10_000 ? 4 : number < 100_000 ? 5 : 6;
    }

    private static int utf8(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return size;
    }
}
