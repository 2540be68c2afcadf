package dev.rotor.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds single fields in a command's BSON, by walking it anew for each question: commands are short, and the server
 * shares no library with the drivers that it serves.
 */
final class CommandFields {

    private static final int DOUBLE = 0x01;
    private static final int STRING = 0x02;
    private static final int DOCUMENT = 0x03;
    private static final int ARRAY = 0x04;
    private static final int BINARY = 0x05;
    private static final int OBJECT_ID = 0x07;
    private static final int BOOLEAN = 0x08;
    private static final int DATE_TIME = 0x09;
    private static final int NULL = 0x0a;
    private static final int INT32 = 0x10;
    private static final int TIMESTAMP = 0x11;
    private static final int INT64 = 0x12;

    private final ByteBuffer bytes;
    private final int start;

    /** A document that begins at a position of a little-endian buffer. */
    CommandFields(ByteBuffer bytes, int start) {
        this.bytes = bytes;
        this.start = start;
    }

    /** The name of the first element, which is the command's. */
    String commandName() {
        return name(start + 5);
    }

    /** The text of an element of this document. */
    @Nullable
    String text(String name) {
        int value = find(start, name, STRING);
        return value < 0 ? null : string(value);
    }

    /** The number at a path of nested documents, rounded down; the default if there is none. */
    long number(long ifAbsent, String... path) {
        int document = start;
        for (int i = 0; i < path.length - 1; i++) {
            document = find(document, path[i], DOCUMENT);
            if (document < 0) {
                return ifAbsent;
            }
        }
        String last = path[path.length - 1];
        int int32 = find(document, last, INT32);
        if (int32 >= 0) {
            return bytes.getInt(int32);
        }
        int int64 = find(document, last, INT64);
        if (int64 >= 0) {
            return bytes.getLong(int64);
        }
        int float64 = find(document, last, DOUBLE);
        return float64 < 0 ? ifAbsent : (long) bytes.getDouble(float64);
    }

    /** Where the value of the element with this name and type begins; -1 if there is none. */
    private int find(int document, String wanted, int wantedType) {
        int at = document + 4;
        for (int type = bytes.get(at); type != 0; type = bytes.get(at)) {
            String name = name(at + 1);
            int value = at + 1 + name.getBytes(StandardCharsets.UTF_8).length + 1;
            if (type == wantedType && name.equals(wanted)) {
                return value;
            }
            at = value + length(type, value);
        }
        return -1;
    }

    private int length(int type, int value) {
        return switch (type) {
            case DOUBLE, DATE_TIME, TIMESTAMP, INT64 -> 8;
            case STRING -> 4 + bytes.getInt(value);
            case DOCUMENT, ARRAY -> bytes.getInt(value);
            case BINARY -> 5 + bytes.getInt(value);
            case OBJECT_ID -> 12;
            case BOOLEAN -> 1;
            case NULL -> 0;
            case INT32 -> 4;
            default -> throw new IllegalArgumentException("BSON type " + type + " in a command");
        };
    }

    private String name(int at) {
        int end = at;
        while (bytes.get(end) != 0) {
            end++;
        }
        return text(at, end - at);
    }

    private String string(int value) {
        return text(value + 4, bytes.getInt(value) - 1);
    }

    private String text(int at, int length) {
        byte[] text = new byte[length];
        bytes.get(at, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
