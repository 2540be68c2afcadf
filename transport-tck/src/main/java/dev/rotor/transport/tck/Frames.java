package dev.rotor.transport.tck;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Messages with a recognisable content. */
final class Frames {

    private Frames() {}

    /** A message of a length whose content after the length is a sequence that starts with a seed. */
    static byte[] frame(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 4; i < length; i++) {
            bytes[i] = (byte) (seed + i * 31 + (i >> 8));
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
        return bytes;
    }

    /** A message of 24 bytes that says who sent it and its number. */
    static byte[] numbered(int sender, int number) {
        byte[] bytes = new byte[24];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 24)
                .putInt(16, sender)
                .putInt(20, number);
        return bytes;
    }

    static int sender(byte[] numbered) {
        return ByteBuffer.wrap(numbered).order(ByteOrder.LITTLE_ENDIAN).getInt(16);
    }

    static int number(byte[] numbered) {
        return ByteBuffer.wrap(numbered).order(ByteOrder.LITTLE_ENDIAN).getInt(20);
    }

    /** Four bytes that declare a length. */
    static byte[] length(int declared) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(declared)
                .array();
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
