package dev.rotor.driver.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bson.BinaryVector;
import org.bson.BsonType;
import org.bson.codecs.Codec;
import org.bson.codecs.RepresentationConfigurable;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Which BSON type a class is read from; for messages. */
final class BsonTypes {

    private static final String NUMBER = "INT32, INT64, DOUBLE or DECIMAL128";

    private static final Set<BsonType> NUMBERS =
            Set.of(BsonType.INT32, BsonType.INT64, BsonType.DOUBLE, BsonType.DECIMAL128);

    private static final Map<Class<?>, BsonType> EXACT = Map.ofEntries(
            Map.entry(Boolean.class, BsonType.BOOLEAN),
            Map.entry(Character.class, BsonType.STRING),
            Map.entry(Decimal128.class, BsonType.DECIMAL128),
            Map.entry(BigDecimal.class, BsonType.DECIMAL128),
            Map.entry(Date.class, BsonType.DATE_TIME),
            Map.entry(Instant.class, BsonType.DATE_TIME),
            Map.entry(LocalDate.class, BsonType.DATE_TIME),
            Map.entry(LocalDateTime.class, BsonType.DATE_TIME),
            Map.entry(LocalTime.class, BsonType.DATE_TIME),
            Map.entry(ObjectId.class, BsonType.OBJECT_ID),
            Map.entry(UUID.class, BsonType.BINARY),
            Map.entry(Binary.class, BsonType.BINARY),
            Map.entry(byte[].class, BsonType.BINARY),
            Map.entry(Pattern.class, BsonType.REGULAR_EXPRESSION));

    private BsonTypes() {}

    /** Words for what should have been there; {@code null} when the type was right, or is not known here. */
    static @Nullable String expectedInsteadOf(BsonType found, Codec<?> codec) {
        if (codec instanceof OptionalCodec<?> optional) {
            return expectedInsteadOf(found, optional.values());
        }
        if (codec instanceof RepresentationConfigurable<?> configured) {
            return unless(found, configured.getRepresentation());
        }
        Class<?> type = codec.getEncoderClass();
        if (Number.class.isAssignableFrom(type) && !EXACT.containsKey(type) && type != Number.class) {
            return NUMBERS.contains(found) ? null : NUMBER;
        }
        BsonType exact = EXACT.get(type);
        if (exact == null) {
            exact = byKind(type);
        }
        return exact == null ? null : unless(found, exact);
    }

    private static @Nullable BsonType byKind(Class<?> type) {
        if (type.isEnum()) {
            return BsonType.STRING;
        }
        if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return BsonType.DOCUMENT;
        }
        if (type.isArray() || Iterable.class.isAssignableFrom(type)) {
            return BsonType.ARRAY;
        }
        return BinaryVector.class.isAssignableFrom(type) ? BsonType.BINARY : null;
    }

    private static @Nullable String unless(BsonType found, BsonType expected) {
        return found == expected ? null : expected.name();
    }
}
