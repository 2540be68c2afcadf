package dev.rotor.testserver.bson;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes documents, and the little-endian numbers around them, into a growing array. */
public final class BsonWriter {

    private byte[] bytes = new byte[512];
    private int position;

    /** The bytes of one document. */
    public static byte[] write(Document document) {
        BsonWriter writer = new BsonWriter();
        writer.document(document);
        return writer.toBytes();
    }

    /** Number of bytes of the document. */
    public static int sizeOf(Document document) {
        BsonWriter writer = new BsonWriter();
        writer.document(document);
        return writer.position;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, position);
    }

    /** Number of bytes written. */
    public int position() {
        return position;
    }

    /** Writes one document. */
    public void document(Map<String, ?> document) {
        int start = position;
        int32(0);
        for (Map.Entry<String, ?> each : document.entrySet()) {
            element(each.getKey(), each.getValue());
        }
        int8(0);
        int32At(start, position - start);
    }

    private void array(Collection<?> values) {
        int start = position;
        int32(0);
        int index = 0;
        for (Object each : values) {
            element(Integer.toString(index++), each);
        }
        int8(0);
        int32At(start, position - start);
    }

    private void element(String key, @Nullable Object value) {
        int typeAt = position;
        int8(0);
        cString(key);
        // First the value: it may move what was written to a larger array.
        int type = value(key, value);
        bytes[typeAt] = (byte) type;
    }

    /** Writes the value and returns its type. */
    private int value(String key, @Nullable Object value) {
        if (value == null) {
            return BsonType.NULL;
        } else if (value instanceof String text) {
            string(text);
            return BsonType.STRING;
        } else if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // Keys of a document are strings.
            Map<String, ?> document = (Map<String, ?>) map;
            document(document);
            return BsonType.DOCUMENT;
        } else if (value instanceof Collection<?> collection) {
            array(collection);
            return BsonType.ARRAY;
        } else if (value instanceof Boolean bool) {
            int8(bool ? 1 : 0);
            return BsonType.BOOLEAN;
        } else if (value instanceof Number number) {
            return number(key, number);
        } else if (value instanceof ObjectId id) {
            raw(id.toByteArray());
            return BsonType.OBJECT_ID;
        } else if (value instanceof Instant instant) {
            int64(instant.toEpochMilli());
            return BsonType.DATE;
        } else if (value instanceof BsonTimestamp timestamp) {
            int64(timestamp.getValue());
            return BsonType.TIMESTAMP;
        }
        return rareValue(key, value);
    }

    private int number(String key, Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            int32(number.intValue());
            return BsonType.INT32;
        } else if (number instanceof Long) {
            int64(number.longValue());
            return BsonType.INT64;
        } else if (number instanceof Double || number instanceof Float) {
            int64(Double.doubleToRawLongBits(number.doubleValue()));
            return BsonType.DOUBLE;
        } else if (number instanceof Decimal128 decimal) {
            int64(decimal.getLow());
            int64(decimal.getHigh());
            return BsonType.DECIMAL128;
        }
        throw new BsonException("field '" + key + "' holds a number of " + number.getClass());
    }

    private int rareValue(String key, Object value) {
        if (value instanceof BinData data) {
            binary(BsonType.SUBTYPE_GENERIC, data.getData());
            return BsonType.BINARY;
        } else if (value instanceof byte[] data) {
            binary(BsonType.SUBTYPE_GENERIC, data);
            return BsonType.BINARY;
        } else if (value instanceof UUID uuid) {
            int32(16);
            int8(BsonType.SUBTYPE_UUID);
            int64(Long.reverseBytes(uuid.getMostSignificantBits()));
            int64(Long.reverseBytes(uuid.getLeastSignificantBits()));
            return BsonType.BINARY;
        } else if (value instanceof LegacyUUID legacy) {
            int32(16);
            int8(BsonType.SUBTYPE_OLD_UUID);
            int64(legacy.getUuid().getMostSignificantBits());
            int64(legacy.getUuid().getLeastSignificantBits());
            return BsonType.BINARY;
        } else if (value instanceof Binary binary) {
            binary(binary.subtype(), binary.data());
            return BsonType.BINARY;
        } else if (value instanceof BsonRegularExpression regex) {
            cString(regex.getPattern());
            cString(regex.getOptions() == null ? "" : regex.getOptions());
            return BsonType.REGEX;
        } else if (value instanceof BsonJavaScript code) {
            string(code.getCode());
            return BsonType.JAVASCRIPT;
        } else if (value instanceof CodeWithScope code) {
            int start = position;
            int32(0);
            string(code.code());
            document(code.scope());
            int32At(start, position - start);
            return BsonType.CODE_WITH_SCOPE;
        } else if (value instanceof Symbol symbol) {
            string(symbol.name());
            return BsonType.SYMBOL;
        } else if (value instanceof DbPointer pointer) {
            string(pointer.namespace());
            raw(pointer.id().toByteArray());
            return BsonType.DB_POINTER;
        } else if (value instanceof Undefined) {
            return BsonType.UNDEFINED;
        } else if (value instanceof MinKey) {
            return BsonType.MIN_KEY;
        } else if (value instanceof MaxKey) {
            return BsonType.MAX_KEY;
        }
        throw new BsonException("field '" + key + "' holds a value of " + value.getClass());
    }

    private void binary(byte subtype, byte[] data) {
        boolean old = subtype == BsonType.SUBTYPE_OLD_BINARY;
        int32(old ? data.length + 4 : data.length);
        int8(subtype);
        if (old) {
            int32(data.length);
        }
        raw(data);
    }

    private void string(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int32(encoded.length + 1);
        raw(encoded);
        int8(0);
    }

    /** Writes the text and a 0. */
    public void cString(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (byte each : encoded) {
            if (each == 0) {
                throw new BsonException("a name or pattern contains the character 0");
            }
        }
        raw(encoded);
        int8(0);
    }

    /** Writes one byte. */
    public void int8(int value) {
        ensure(1);
        bytes[position++] = (byte) value;
    }

    /** Writes four bytes. */
    public void int32(int value) {
        ensure(4);
        position += 4;
        int32At(position - 4, value);
    }

    /** Overwrites four bytes. */
    public void int32At(int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
        bytes[at + 2] = (byte) (value >> 16);
        bytes[at + 3] = (byte) (value >> 24);
    }

    /** Writes eight bytes. */
    public void int64(long value) {
        int32((int) value);
        int32((int) (value >> 32));
    }

    private void raw(byte[] data) {
        ensure(data.length);
        System.arraycopy(data, 0, bytes, position, data.length);
        position += data.length;
    }

    private void ensure(int more) {
        if (bytes.length - position < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
        }
    }
}
