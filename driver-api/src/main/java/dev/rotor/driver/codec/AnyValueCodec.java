package dev.rotor.driver.codec;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bson.BinaryVector;
import org.bson.BsonBinarySubType;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.UuidRepresentation;
import org.bson.codecs.BsonTypeClassMap;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.OverridableUuidRepresentationCodec;
import org.bson.codecs.configuration.CodecRegistry;

/**
 * Values whose class is not declared: written by the codec of the class that they have, read as the class that belongs
 * to the BSON type that is there. Keeps the codecs that it found, since asking a registry makes objects each time.
 *
 * @param <T> the class that is asked for: {@code Object}, or {@code Number}
 */
final class AnyValueCodec<T> implements Codec<T>, OverridableUuidRepresentationCodec<T> {

    private static final BsonTypeClassMap CLASSES = new BsonTypeClassMap();
    private static final int UUID_LENGTH = 16;
    private static final int TYPES = BsonType.values().length;

    private final Class<T> type;
    private final CodecRegistry registry;
    private final UuidRepresentation uuids;
    private final Map<Class<?>, Codec<Object>> byClass = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<Codec<Object>> byType = new AtomicReferenceArray<>(TYPES);

    AnyValueCodec(Class<T> type, CodecRegistry registry, UuidRepresentation uuids) {
        this.type = type;
        this.registry = registry;
        this.uuids = uuids;
    }

    static AnyValueCodec<Object> of(CodecRegistry registry) {
        return new AnyValueCodec<>(Object.class, registry, UuidRepresentation.UNSPECIFIED);
    }

    @Override
    public AnyValueCodec<T> withUuidRepresentation(UuidRepresentation uuidRepresentation) {
        return uuidRepresentation == uuids ? this : new AnyValueCodec<>(type, registry, uuidRepresentation);
    }

    @Override
    public Class<T> getEncoderClass() {
        return type;
    }

    @Override
    public void encode(BsonWriter writer, T value, EncoderContext context) {
        if (value.getClass() == Object.class) {
            // The codec for it would be this one, which looks for that of the value's class.
            throw Failures.noCodec(Object.class, null);
        }
        context.encodeWithChildContext(ofClass(value.getClass()), writer, value);
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        BsonType found = reader.getCurrentBsonType();
        Object value =
                context.decodeWithChildContext(found == BsonType.BINARY ? ofBinary(reader) : ofType(found), reader);
        if (!type.isInstance(value)) {
            throw Failures.value("expected a " + Failures.typeName(type) + ", found BSON type " + found);
        }
        return type.cast(value);
    }

    Codec<Object> ofClass(Class<?> valueClass) {
        Codec<Object> known = byClass.get(valueClass);
        if (known == null) {
            known = Lookups.untyped(Lookups.find(registry, valueClass));
            byClass.put(valueClass, known);
        }
        return known;
    }

    boolean usesFor(Class<?> valueClass, Class<?> codecClass) {
        return ofClass(valueClass).getClass() == codecClass;
    }

    @SuppressWarnings("EnumOrdinal") // an index that lives no longer than the enum's class
    private Codec<Object> ofType(BsonType bsonType) {
        Codec<Object> known = byType.get(bsonType.ordinal());
        if (known == null) {
            Class<?> valueClass = CLASSES.get(bsonType);
            if (valueClass == null) {
                throw Failures.value("a value of BSON type " + bsonType + " has no class");
            }
            known = Lookups.untyped(Lookups.find(registry, valueClass));
            byType.set(bsonType.ordinal(), known);
        }
        return known;
    }

    private Codec<Object> ofBinary(BsonReader reader) {
        byte subType = reader.peekBinarySubType();
        if (subType == BsonBinarySubType.VECTOR.getValue()) {
            return ofClass(BinaryVector.class);
        }
        boolean uuid = subType == BsonBinarySubType.UUID_STANDARD.getValue()
                ? uuids == UuidRepresentation.STANDARD
                : subType == BsonBinarySubType.UUID_LEGACY.getValue()
                        && uuids != UuidRepresentation.STANDARD
                        && uuids != UuidRepresentation.UNSPECIFIED;
        return uuid && reader.peekBinarySize() == UUID_LENGTH ? ofClass(UUID.class) : ofType(BsonType.BINARY);
    }
}
