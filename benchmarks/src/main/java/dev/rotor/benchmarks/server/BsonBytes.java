package dev.rotor.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Writes BSON once, when the replies are prepared. By hand, because the server must not share a library with the
 * drivers that it serves.
 */
final class BsonBytes {

    private static final byte DOUBLE = 0x01;
    private static final byte STRING = 0x02;
    private static final byte DOCUMENT = 0x03;
    private static final byte ARRAY = 0x04;
    private static final byte BINARY = 0x05;
    private static final byte OBJECT_ID = 0x07;
    private static final byte BOOLEAN = 0x08;
    private static final byte DATE_TIME = 0x09;
    private static final byte INT32 = 0x10;
    private static final byte INT64 = 0x12;

    private ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private final Deque<Integer> starts = new ArrayDeque<>();

    BsonBytes() {
        begin();
    }

    BsonBytes float64(String name, double value) {
        element(DOUBLE, name);
        bytes.putDouble(value);
        return this;
    }

    BsonBytes string(String name, String value) {
        element(STRING, name);
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        bytes.putInt(text.length + 1).put(text).put((byte) 0);
        return this;
    }

    BsonBytes int32(String name, int value) {
        element(INT32, name);
        bytes.putInt(value);
        return this;
    }

    BsonBytes int64(String name, long value) {
        element(INT64, name);
        bytes.putLong(value);
        return this;
    }

    BsonBytes bool(String name, boolean value) {
        element(BOOLEAN, name);
        bytes.put((byte) (value ? 1 : 0));
        return this;
    }

    BsonBytes dateTime(String name, long millis) {
        element(DATE_TIME, name);
        bytes.putLong(millis);
        return this;
    }

    BsonBytes objectId(String name, long high, int low) {
        element(OBJECT_ID, name);
        bytes.order(ByteOrder.BIG_ENDIAN).putLong(high).putInt(low).order(ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Binary data of the generic subtype, of any length. */
    BsonBytes binary(String name, byte[] value) {
        element(BINARY, name);
        // What comes behind it needs as much room as there was before it.
        ByteBuffer larger = ByteBuffer.allocate(bytes.capacity() + value.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes = larger.put(bytes.flip());
        bytes.putInt(value.length).put((byte) 0).put(value);
        return this;
    }

    BsonBytes beginDocument(String name) {
        element(DOCUMENT, name);
        begin();
        return this;
    }

    BsonBytes beginArray(String name) {
        element(ARRAY, name);
        begin();
        return this;
    }

    /** Ends the document or array that was begun last. */
    BsonBytes end() {
        int start = starts.pop();
        bytes.put((byte) 0);
        bytes.putInt(start, bytes.position() - start);
        return this;
    }

    /** Ends the outermost document. */
    byte[] toBytes() {
        end();
        if (!starts.isEmpty()) {
            throw new IllegalStateException("a document or array was not ended");
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private void begin() {
        starts.push(bytes.position());
        bytes.putInt(0);
    }

    private void element(byte type, String name) {
        bytes.put(type).put(name.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
    }
}
