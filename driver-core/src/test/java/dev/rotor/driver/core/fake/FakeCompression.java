package dev.rotor.driver.core.fake;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;

/** OP_COMPRESSED as a peer makes and reads it, by means of its own. */
public final class FakeCompression {

    /** The operation's code. */
    public static final int OP_COMPRESSED = 2012;

    public static final int NOOP = 0;
    public static final int SNAPPY = 1;
    public static final int ZLIB = 2;
    public static final int ZSTD = 3;

    private static final int HEADER = 16;
    private static final int CONTENT = 25;

    private FakeCompression() {}

    /** Whether a message is compressed. */
    public static boolean isPacked(byte[] message) {
        return in(message).getInt(12) == OP_COMPRESSED;
    }

    /** With which compressor. */
    public static int compressor(byte[] packed) {
        return packed[24];
    }

    /** Compresses a message. */
    public static byte[] pack(byte[] message, int compressor) {
        byte[] packed = compress(Arrays.copyOfRange(message, HEADER, message.length), compressor);
        return frame(message, message.length - HEADER, compressor, packed);
    }

    /** An OP_COMPRESSED that says what it is told to. */
    public static byte[] frame(byte[] message, int size, int compressor, byte[] content) {
        ByteBuffer original = in(message);
        return FakeMessage.header(CONTENT + content.length, original.getInt(4), original.getInt(8), OP_COMPRESSED)
                .putInt(original.getInt(12))
                .putInt(size)
                .put((byte) compressor)
                .put(content)
                .array();
    }

    /** Decompresses a message; fails on anything that is not exactly right. */
    public static byte[] unpack(byte[] packed) {
        ByteBuffer in = in(packed);
        int size = in.getInt(20);
        byte[] content = decompress(Arrays.copyOfRange(packed, CONTENT, packed.length), packed[24], size);
        if (in.getInt(0) != packed.length || content.length != size) {
            throw new IllegalArgumentException("lengths");
        }
        return FakeMessage.header(HEADER + size, in.getInt(4), in.getInt(8), in.getInt(16))
                .put(content)
                .array();
    }

    /** The bytes, compressed. */
    public static byte[] compress(byte[] bytes, int compressor) {
        try {
            return switch (compressor) {
                case NOOP -> bytes;
                case SNAPPY -> Snappy.compress(bytes);
                case ZLIB -> deflate(bytes);
                case ZSTD -> Zstd.compress(bytes);
                default -> throw new IllegalArgumentException("compressor " + compressor);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] decompress(byte[] bytes, int compressor, int size) {
        try {
            return switch (compressor) {
                case NOOP -> bytes;
                case SNAPPY -> Snappy.uncompress(bytes);
                case ZLIB -> new InflaterInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
                case ZSTD -> Zstd.decompress(bytes, size);
                default -> throw new IllegalArgumentException("compressor " + compressor);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    private static ByteBuffer in(byte[] message) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    }
}
