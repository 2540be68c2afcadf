package dev.rotor.driver.core.wire;

import java.util.Arrays;

/**
 * Walks BSON bytes that a peer sent. Every length is checked against the bytes that are left before it is used, and
 * nothing recurses, so that no input can do more than make it throw a {@link MalformedMessageException}.
 */
final class BsonElements {

    static final int DOUBLE = 0x01;
    static final int STRING = 0x02;
    static final int DOCUMENT = 0x03;
    static final int ARRAY = 0x04;
    static final int BINARY = 0x05;
    static final int UNDEFINED = 0x06;
    static final int OBJECT_ID = 0x07;
    static final int BOOLEAN = 0x08;
    static final int DATE = 0x09;
    static final int NULL = 0x0A;
    static final int REGULAR_EXPRESSION = 0x0B;
    static final int DB_POINTER = 0x0C;
    static final int JAVASCRIPT = 0x0D;
    static final int SYMBOL = 0x0E;
    static final int JAVASCRIPT_WITH_SCOPE = 0x0F;
    static final int INT32 = 0x10;
    static final int TIMESTAMP = 0x11;
    static final int INT64 = 0x12;
    static final int DECIMAL128 = 0x13;
    static final int MAX_KEY = 0x7F;
    static final int MIN_KEY = 0xFF;

    /** Deeper nesting than any server stores (their limit is 200). */
    private static final int MAX_DEPTH = 256;

    private BsonElements() {}

    /**
     * Checks the frame of a document or array: length and terminating zero.
     *
     * @param bytes the message
     * @param offset where it starts
     * @param end what it must not reach beyond
     * @return where it ends, exclusive
     */
    static int documentEnd(byte[] bytes, int offset, int end) {
        if (offset < 0 || offset > end - 5) {
            throw new MalformedMessageException("a document where only " + (end - offset) + " bytes are left");
        }
        int length = LittleEndian.getInt(bytes, offset);
        if (length < 5 || length > end - offset) {
            throw new MalformedMessageException(
                    "a document of " + length + " bytes where " + (end - offset) + " are left");
        }
        if (bytes[offset + length - 1] != 0) {
            throw new MalformedMessageException("a document without a terminating zero");
        }
        return offset + length;
    }

    /** Where the C string that starts at {@code offset} has its zero. */
    static int nameEnd(byte[] bytes, int offset, int end) {
        for (int at = offset; at < end; at++) {
            if (bytes[at] == 0) {
                return at;
            }
        }
        throw new MalformedMessageException("a name without a terminating zero");
    }

    /** Where the value that starts at {@code offset} ends, exclusive. */
    static int valueEnd(byte[] bytes, int type, int offset, int end) {
        return switch (type) {
            case DOUBLE, DATE, TIMESTAMP, INT64 -> fixed(offset, 8, end);
            case STRING, JAVASCRIPT, SYMBOL -> stringEnd(bytes, offset, end);
            case DOCUMENT, ARRAY -> documentEnd(bytes, offset, end);
            case BINARY -> { // length, subtype, bytes
                fixed(offset, 5, end);
                yield counted(offset + 5, LittleEndian.getInt(bytes, offset), end);
            }
            case UNDEFINED, NULL, MAX_KEY, MIN_KEY -> offset;
            case OBJECT_ID -> fixed(offset, 12, end);
            case BOOLEAN -> fixed(offset, 1, end);
            case REGULAR_EXPRESSION -> nameEnd(bytes, nameEnd(bytes, offset, end) + 1, end) + 1;
            case DB_POINTER -> fixed(stringEnd(bytes, offset, end), 12, end);
            case JAVASCRIPT_WITH_SCOPE -> { // its length counts itself
                fixed(offset, 4, end);
                yield counted(offset, LittleEndian.getInt(bytes, offset), end);
            }
            case INT32 -> fixed(offset, 4, end);
            case DECIMAL128 -> fixed(offset, 16, end);
            default -> throw new MalformedMessageException("unknown BSON type " + type);
        };
    }

    /**
     * Walks a document with everything in it, and checks that whoever reads it later can trust every length.
     *
     * @return where the document ends, exclusive
     */
    static int validate(byte[] bytes, int offset, int limit) {
        int[] ends = new int[8];
        int depth = 0;
        int end = documentEnd(bytes, offset, limit);
        int at = offset + 4;
        while (true) {
            int type = bytes[at++] & 0xFF;
            if (type == 0) {
                if (at != end) {
                    throw new MalformedMessageException("a document that ends " + (end - at) + " bytes too early");
                }
                if (depth == 0) {
                    return end;
                }
                end = ends[--depth];
                continue;
            }
            int value = nameEnd(bytes, at, end - 1) + 1;
            int after = valueEnd(bytes, type, value, end - 1);
            int nested = nestedDocument(bytes, type, value, after);
            if (nested >= 0) {
                if (depth == MAX_DEPTH) {
                    throw new MalformedMessageException("documents nested more than " + MAX_DEPTH + " deep");
                }
                if (depth == ends.length) {
                    ends = Arrays.copyOf(ends, ends.length * 2);
                }
                ends[depth++] = end;
                end = after;
                at = nested + 4;
            } else {
                at = after;
            }
        }
    }

    /** Where the document starts that a value is, or ends with; -1 if there is none. */
    private static int nestedDocument(byte[] bytes, int type, int value, int after) {
        if (type == DOCUMENT || type == ARRAY) {
            return value;
        }
        if (type != JAVASCRIPT_WITH_SCOPE) {
            return -1;
        }
        int scope = stringEnd(bytes, value + 4, after);
        if (documentEnd(bytes, scope, after) != after) {
            throw new MalformedMessageException("JavaScript whose scope ends too early");
        }
        return scope;
    }

    /** A number as a {@code long}: int32, int64, double or boolean; otherwise the given default. */
    static long number(byte[] bytes, int type, int offset, long otherwise) {
        return switch (type) {
            case INT32 -> LittleEndian.getInt(bytes, offset);
            case INT64 -> LittleEndian.getLong(bytes, offset);
            case DOUBLE -> (long) Double.longBitsToDouble(LittleEndian.getLong(bytes, offset));
            case BOOLEAN -> bytes[offset] == 0 ? 0 : 1;
            default -> otherwise;
        };
    }

    /** The string value at {@code offset}, which {@link #valueEnd} has checked. */
    static String string(byte[] bytes, int offset) {
        return Utf8.decode(bytes, offset + 4, LittleEndian.getInt(bytes, offset) - 1);
    }

    private static int stringEnd(byte[] bytes, int offset, int end) {
        fixed(offset, 4, end);
        int size = LittleEndian.getInt(bytes, offset);
        if (size < 1) {
            throw new MalformedMessageException("a string of " + size + " bytes");
        }
        int after = counted(offset + 4, size, end);
        if (bytes[after - 1] != 0) {
            throw new MalformedMessageException("a string without a terminating zero");
        }
        return after;
    }

    private static int fixed(int offset, int size, int end) {
        if (size > end - offset) {
            throw new MalformedMessageException(
                    "a value of " + size + " bytes where " + Math.max(0, end - offset) + " are left");
        }
        return offset + size;
    }

    private static int counted(int offset, int size, int end) {
        if (size < 0) {
            throw new MalformedMessageException("a value of " + size + " bytes");
        }
        return fixed(offset, size, end);
    }
}
