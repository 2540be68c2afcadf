package dev.rotor.driver.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The keys of a map as field names, and back. */
final class MapKeys {

    /** Keys of no declared class: written by the class that they have, read as strings. */
    static final MapKeys ANY = new MapKeys(Object.class, text -> text);

    private static final Map<Class<?>, Function<String, Object>> READERS = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(Character.class, MapKeys::character),
            Map.entry(Boolean.class, MapKeys::bool),
            Map.entry(Byte.class, Byte::valueOf),
            Map.entry(Short.class, Short::valueOf),
            Map.entry(Integer.class, Integer::valueOf),
            Map.entry(Long.class, Long::valueOf),
            Map.entry(Float.class, Float::valueOf),
            Map.entry(Double.class, Double::valueOf),
            Map.entry(BigInteger.class, BigInteger::new),
            Map.entry(BigDecimal.class, BigDecimal::new),
            Map.entry(UUID.class, UUID::fromString),
            Map.entry(ObjectId.class, ObjectId::new),
            Map.entry(LocalDate.class, LocalDate::parse));

    private final Class<?> type;
    private final Function<String, Object> reader;

    private MapKeys(Class<?> type, Function<String, Object> reader) {
        this.type = type;
        this.reader = reader;
    }

    static MapKeys of(Type keyType) {
        Class<?> type = GenericTypes.raw(keyType);
        if (type == Object.class) {
            return ANY;
        }
        Function<String, Object> reader = type.isEnum() ? enumReader(type) : READERS.get(type);
        if (reader == null) {
            throw Failures.configuration("a map with keys of " + Failures.typeName(type)
                    + " cannot be stored: field names are text. Keys can be strings, enums, numbers, UUID, ObjectId,"
                    + " LocalDate, Boolean and Character");
        }
        return new MapKeys(type, reader);
    }

    Class<?> type() {
        return type;
    }

    String text(@Nullable Object key) {
        if (key instanceof String text) {
            return text;
        }
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        if (key == null) {
            throw Failures.value("a null key cannot be a field name");
        }
        if (!READERS.containsKey(key.getClass())) {
            throw Failures.value("a key of " + Failures.typeName(key.getClass()) + " cannot be a field name");
        }
        return key.toString();
    }

    Object key(String text) {
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw new LocatedValueException(
                    "the field name " + Failures.quoted(text) + " is no key of " + Failures.typeName(type), e);
        }
    }

    private static Function<String, Object> enumReader(Class<?> type) {
        EnumNames names = new EnumNames(type);
        return names::constant;
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }

    private static Object bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }
}
