package dev.rotor.testserver.wire;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** The ways to compress a message that servers know. */
public enum Compression {
    /** Not at all. */
    NOOP(0),
    SNAPPY(1),
    ZLIB(2),
    ZSTD(3);

    private final int id;

    Compression(int id) {
        this.id = id;
    }

    /** The name in the handshake. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that id, or null. */
    static @Nullable Compression ofId(int id) {
        for (Compression each : values()) {
            if (each.id == id) {
                return each;
            }
        }
        return null;
    }

    int id() {
        return id;
    }

    byte[] compress(byte[] bytes) {
        try {
            return switch (this) {
                case NOOP -> bytes;
                case SNAPPY -> Snappy.compress(bytes);
                case ZLIB -> deflate(bytes);
                case ZSTD -> Zstd.compress(bytes);
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

    /**
     * Decompresses.
     *
     * @param size what it must become; checked to be no more than a message may have
     * @throws WireException if it does not
     */
    byte[] decompress(byte[] bytes, int size) {
        byte[] plain;
        try {
            plain = switch (this) {
                case NOOP -> bytes;
                case SNAPPY -> Snappy.uncompressedLength(bytes) == size ? Snappy.uncompress(bytes) : new byte[0];
                case ZLIB -> inflate(bytes, size);
                case ZSTD -> unzstd(bytes, size);
            };
        } catch (IOException | RuntimeException e) {
            throw new WireException(wireName() + " cannot decompress a message: " + e.getMessage());
        }
        if (plain.length != size) {
            throw new WireException("a message is not of the " + size + " bytes that it says to be uncompressed");
        }
        return plain;
    }

    private static byte[] inflate(byte[] bytes, int size) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(size);
            return in.read() < 0 ? plain : new byte[0];
        }
    }

    private static byte[] unzstd(byte[] bytes, int size) {
        byte[] plain = new byte[size];
        long written = Zstd.decompress(plain, bytes);
        if (Zstd.isError(written)) {
            throw new WireException(Zstd.getErrorName(written));
        }
        return written == size ? plain : Arrays.copyOf(plain, (int) written);
    }
}
