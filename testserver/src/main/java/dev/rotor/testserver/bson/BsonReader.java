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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads documents from bytes. Every length is checked before it is trusted. Dates become Instant, arrays ArrayList. */
public final class BsonReader {

    /** The server's limit for nested documents. */
    private static final int MAX_DEPTH = 200;

    private final byte[] bytes;
    private final int limit;
    private int position;

    /** Reads from {@code bytes[offset]} up to {@code bytes[limit - 1]}. */
    public BsonReader(byte[] bytes, int offset, int limit) {
        if (offset < 0 || limit > bytes.length || offset > limit) {
            throw new BsonException("range " + offset + ".." + limit + " outside of " + bytes.length + " bytes");
        }
        this.bytes = bytes;
        this.position = offset;
        this.limit = limit;
    }

    /** Reads the one document that the bytes are. */
    public static Document read(byte[] bytes) {
        BsonReader reader = new BsonReader(bytes, 0, bytes.length);
        Document document = reader.readDocument();
        if (reader.position != bytes.length) {
            throw new BsonException((bytes.length - reader.position) + " bytes after the document");
        }
        return document;
    }

    /** Index of the next byte to be read. */
    public int position() {
        return position;
    }

    /** Reads the document at the position. */
    public Document readDocument() {
        return document(0);
    }

    private Document document(int depth) {
        if (depth > MAX_DEPTH) {
            throw new BsonException("documents are nested deeper than " + MAX_DEPTH);
        }
        int end = beginSized();
        Document document = new Document();
        for (int type = unsignedByte(); type != 0; type = unsignedByte()) {
            String key = cString();
            document.put(key, value(type, key, depth));
        }
        endSized(end);
        return document;
    }

    private List<@Nullable Object> array(int depth) {
        if (depth > MAX_DEPTH) {
            throw new BsonException("arrays are nested deeper than " + MAX_DEPTH);
        }
        int end = beginSized();
        List<@Nullable Object> values = new ArrayList<>();
        for (int type = unsignedByte(); type != 0; type = unsignedByte()) {
            String key = cString();
            values.add(value(type, key, depth));
        }
        endSized(end);
        return values;
    }

    private int beginSized() {
        int start = position;
        int size = int32();
        if (size < 5 || size > limit - start) {
            throw new BsonException(
                    "a document says that it has " + size + " bytes, where " + (limit - start) + " are left");
        }
        return start + size;
    }

    private void endSized(int end) {
        if (position != end) {
            throw new BsonException("a document ends " + (position - end) + " bytes after its size");
        }
    }

    private @Nullable Object value(int type, String key, int depth) {
        return switch (type) {
            case BsonType.DOUBLE -> Double.longBitsToDouble(int64());
            case BsonType.STRING -> string();
            case BsonType.DOCUMENT -> document(depth + 1);
            case BsonType.ARRAY -> array(depth + 1);
            case BsonType.BINARY -> binary();
            case BsonType.UNDEFINED -> Undefined.INSTANCE;
            case BsonType.OBJECT_ID -> objectId();
            case BsonType.BOOLEAN -> bool();
            case BsonType.DATE -> Instant.ofEpochMilli(int64());
            case BsonType.NULL -> null;
            case BsonType.REGEX -> new BsonRegularExpression(cString(), cString());
            case BsonType.DB_POINTER -> new DbPointer(string(), objectId());
            case BsonType.JAVASCRIPT -> new BsonJavaScript(string());
            case BsonType.SYMBOL -> new Symbol(string());
            case BsonType.CODE_WITH_SCOPE -> codeWithScope(depth);
            case BsonType.INT32 -> int32();
            case BsonType.TIMESTAMP -> new BsonTimestamp(int64());
            case BsonType.INT64 -> int64();
            case BsonType.DECIMAL128 -> decimal128();
            case BsonType.MAX_KEY -> MaxKey.getInstance();
            case BsonType.MIN_KEY -> MinKey.getInstance();
            default -> throw new BsonException("field '" + key + "' has the unknown type " + type);
        };
    }

    private CodeWithScope codeWithScope(int depth) {
        int start = position;
        int size = int32();
        if (size < 14 || size > limit - start) {
            throw new BsonException("code with scope says that it has " + size + " bytes");
        }
        CodeWithScope value = new CodeWithScope(string(), document(depth + 1));
        endSized(start + size);
        return value;
    }

    private Decimal128 decimal128() {
        long low = int64();
        return new Decimal128(low, int64());
    }

    private Object binary() {
        int length = int32();
        byte subtype = (byte) unsignedByte();
        need(length);
        if (subtype == BsonType.SUBTYPE_OLD_BINARY) {
            int inner = int32();
            if (inner != length - 4) {
                throw new BsonException("old binary of " + length + " bytes says that it has " + inner + " inside");
            }
            length = inner;
        }
        if (length == 16 && subtype == BsonType.SUBTYPE_OLD_UUID) {
            return new LegacyUUID(int64(), int64());
        }
        byte[] data = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        if (length == 16 && subtype == BsonType.SUBTYPE_UUID) {
            return new UUID(bigEndian(data, 0), bigEndian(data, 8));
        }
        return subtype == BsonType.SUBTYPE_GENERIC ? new BinData(data) : new Binary(subtype, data);
    }

    private static long bigEndian(byte[] data, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | (data[i] & 0xff);
        }
        return value;
    }

    private ObjectId objectId() {
        need(12);
        ObjectId id = new ObjectId(Arrays.copyOfRange(bytes, position, position + 12));
        position += 12;
        return id;
    }

    private boolean bool() {
        int value = unsignedByte();
        if (value > 1) {
            throw new BsonException("a boolean has the value " + value);
        }
        return value == 1;
    }

    private String string() {
        int length = int32();
        if (length < 1) {
            throw new BsonException("a string says that it has " + length + " bytes");
        }
        need(length);
        if (bytes[position + length - 1] != 0) {
            throw new BsonException("a string does not end with 0");
        }
        String text = new String(bytes, position, length - 1, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    private String cString() {
        int start = position;
        while (position < limit && bytes[position] != 0) {
            position++;
        }
        need(1);
        String text = new String(bytes, start, position - start, StandardCharsets.UTF_8);
        position++;
        return text;
    }

    private int unsignedByte() {
        need(1);
        return bytes[position++] & 0xff;
    }

    private int int32() {
        need(4);
        int value = (bytes[position] & 0xff)
                | (bytes[position + 1] & 0xff) << 8
                | (bytes[position + 2] & 0xff) << 16
                | (bytes[position + 3] & 0xff) << 24;
        position += 4;
        return value;
    }

    private long int64() {
        long low = int32() & 0xffffffffL;
        return (long) int32() << 32 | low;
    }

    private void need(int count) {
        if (count < 0 || count > limit - position) {
            throw new BsonException(count + " bytes are wanted where " + (limit - position) + " are left");
        }
    }
}
