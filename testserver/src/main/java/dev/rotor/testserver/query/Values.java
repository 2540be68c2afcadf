package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Small things about values. */
public final class Values {
    private Values() {}

    /** A copy in which each value that is neither document nor array is replaced. */
    static @Nullable Object map(@Nullable Object value, UnaryOperator<@Nullable Object> leaf) {
        if (value instanceof Document document) {
            Document copy = new Document();
            for (Map.Entry<String, Object> entry : document.entrySet()) {
                copy.put(entry.getKey(), map(entry.getValue(), leaf));
            }
            return copy;
        }
        if (value instanceof Collection<?> many) {
            List<@Nullable Object> copy = new ArrayList<>(many.size());
            for (Object each : many) {
                copy.add(map(each, leaf));
            }
            return copy;
        }
        return leaf.apply(value);
    }

    /** A deep copy; arrays become plain lists. */
    public static @Nullable Object copy(@Nullable Object value) {
        return map(value, leaf -> leaf);
    }

    /** The text, or the empty one for everything else. */
    public static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** The document, or an empty one for everything else. */
    public static Document document(@Nullable Object value) {
        return value instanceof Document document ? document : new Document();
    }

    /** Whether a flag is set, given as a boolean or a number. */
    public static boolean isTrue(@Nullable Object value) {
        return value instanceof Boolean flag ? flag : value instanceof Number n && n.doubleValue() != 0;
    }

    /** The whole number that a value stands for, or the default for everything else. */
    public static long whole(@Nullable Object value, long otherwise) {
        return value instanceof Decimal128 d ? d.longValue() : value instanceof Number n ? n.longValue() : otherwise;
    }

    /** The server's name for the type of a value. */
    public static String typeName(@Nullable Object value) {
        return switch (BsonOrder.rank(value)) {
            case 1 -> "minKey";
            case 4 -> "missing";
            case 5 -> "null";
            case 10 ->
                value instanceof Integer
                        ? "int"
                        : value instanceof Long ? "long" : value instanceof Decimal128 ? "decimal" : "double";
            case 15 -> "string";
            case 20 -> "object";
            case 25 -> "array";
            case 30 -> "binData";
            case 35 -> "objectId";
            case 40 -> "bool";
            case 45 -> "date";
            case 47 -> "timestamp";
            case 50 -> "regex";
            case 127 -> "maxKey";
            default -> "undefined";
        };
    }
}
