package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of BSON values as indexes and sorts see it: first by type, numbers of any width by value. Arrays are
 * compared element by element here; a sort picks the element that counts before it asks ({@link SortKey}).
 */
public final class BsonOrder implements Comparator<@Nullable Object> {
    public static final BsonOrder INSTANCE = new BsonOrder();

    private static final int OTHER = 70;

    private BsonOrder() {}

    public static boolean same(@Nullable Object a, @Nullable Object b) {
        return INSTANCE.compare(a, b) == 0;
    }

    @Override
    public int compare(@Nullable Object a, @Nullable Object b) {
        if (a == b) {
            return 0;
        }
        int rank = rank(a);
        int other = rank(b);
        if (rank != other) {
            return Integer.compare(rank, other);
        }
        if (a == null || b == null) {
            return 0;
        }
        return switch (rank) {
            case 10 -> numbers((Number) a, (Number) b);
            case 20 -> documents((Document) a, (Document) b);
            case 25 -> arrays((Collection<?>) a, (Collection<?>) b);
            case 30 -> binaries(a, b);
            default -> others(a, b);
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int others(Object a, Object b) {
        if (a instanceof Missing || a instanceof MinKey || a instanceof MaxKey) {
            return 0;
        }
        if (a instanceof BsonRegularExpression x && b instanceof BsonRegularExpression y) {
            int pattern = x.getPattern().compareTo(y.getPattern());
            return pattern != 0 ? pattern : String.valueOf(x.getOptions()).compareTo(String.valueOf(y.getOptions()));
        }
        if (a.getClass() != b.getClass()) {
            return a.getClass().getName().compareTo(b.getClass().getName());
        }
        if (a instanceof Comparable comparable) {
            return comparable.compareTo(b);
        }
        return a.equals(b) ? 0 : a.toString().compareTo(b.toString());
    }

    /** The bracket of a type in the comparison order. */
    public static int rank(@Nullable Object value) {
        if (value instanceof Missing) {
            return 4;
        }
        if (value == null) {
            return 5;
        }
        if (value instanceof Number) {
            return 10;
        }
        if (value instanceof String) {
            return 15;
        }
        if (value instanceof Document) {
            return 20;
        }
        if (value instanceof Collection) {
            return 25;
        }
        if (value instanceof ObjectId) {
            return 35;
        }
        if (value instanceof Boolean) {
            return 40;
        }
        if (value instanceof Instant) {
            return 45;
        }
        if (value instanceof BsonTimestamp) {
            return 47;
        }
        if (value instanceof BinData || value instanceof UUID || value instanceof LegacyUUID) {
            return 30;
        }
        if (value instanceof BsonRegularExpression) {
            return 50;
        }
        if (value instanceof MinKey) {
            return 1;
        }
        return value instanceof MaxKey ? 127 : OTHER;
    }

    private static int numbers(Number a, Number b) {
        if (whole(a) && whole(b)) {
            return Long.compare(a.longValue(), b.longValue());
        }
        if (finite(a)
                && finite(b)
                && (a instanceof Decimal128 || b instanceof Decimal128 || a instanceof Long || b instanceof Long)) {
            return decimal(a).compareTo(decimal(b));
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        if (Double.isNaN(x) || Double.isNaN(y)) {
            // Not a number sorts below every number.
            return Boolean.compare(!Double.isNaN(x), !Double.isNaN(y));
        }
        return x < y ? -1 : x > y ? 1 : 0;
    }

    private static boolean whole(Number n) {
        return n instanceof Integer || n instanceof Long;
    }

    private static boolean finite(Number n) {
        return Double.isFinite(n.doubleValue());
    }

    private static BigDecimal decimal(Number n) {
        if (n instanceof Decimal128 d) {
            return d.doubleValue() == 0 ? BigDecimal.ZERO : d.toBigDecimal();
        }
        return whole(n) ? BigDecimal.valueOf(n.longValue()) : new BigDecimal(n.doubleValue());
    }

    private int documents(Document a, Document b) {
        Iterator<Map.Entry<String, Object>> x = a.entrySet().iterator();
        Iterator<Map.Entry<String, Object>> y = b.entrySet().iterator();
        while (x.hasNext() && y.hasNext()) {
            Map.Entry<String, Object> one = x.next();
            Map.Entry<String, Object> two = y.next();
            int c = Integer.compare(rank(one.getValue()), rank(two.getValue()));
            c = c != 0 ? c : one.getKey().compareTo(two.getKey());
            c = c != 0 ? c : compare(one.getValue(), two.getValue());
            if (c != 0) {
                return c;
            }
        }
        return Boolean.compare(x.hasNext(), y.hasNext());
    }

    private int arrays(Collection<?> a, Collection<?> b) {
        Iterator<?> x = a.iterator();
        Iterator<?> y = b.iterator();
        while (x.hasNext() && y.hasNext()) {
            int c = compare(x.next(), y.next());
            if (c != 0) {
                return c;
            }
        }
        return Boolean.compare(x.hasNext(), y.hasNext());
    }

    private static int binaries(Object a, Object b) {
        byte[] x = bytes(a);
        byte[] y = bytes(b);
        int c = Integer.compare(x.length, y.length);
        c = c != 0 ? c : Integer.compare(subtype(a), subtype(b));
        return c != 0 ? c : Arrays.compareUnsigned(x, y);
    }

    private static int subtype(Object value) {
        return value instanceof UUID ? 4 : value instanceof LegacyUUID ? 3 : 0;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof BinData data) {
            return data.getData();
        }
        UUID uuid = value instanceof LegacyUUID legacy ? legacy.getUuid() : (UUID) value;
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    /** The values that an index holds for a field: each element of an array, and the value itself otherwise. */
    static Collection<? extends @Nullable Object> keys(@Nullable Object value) {
        if (value instanceof Collection<?> many) {
            return many.isEmpty() ? Arrays.asList(Missing.getInstance()) : new ArrayList<>(many);
        }
        return Arrays.asList(value);
    }
}
