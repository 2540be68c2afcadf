package dev.rotor.driver;

import java.util.Objects;

/**
 * A way to compress messages, as the OP_COMPRESSED specification defines it. What does it is a
 * {@link dev.rotor.driver.spi.CompressorProvider} of that name; where there is none, or the library that it needs is
 * not there, a warning is logged when the client is created, and servers are not offered it.
 *
 * @param name the name under which client and server agree on it, for example {@code "zlib"}
 * @param level how hard to try; -1 for the default of the implementation; other values for zlib only: 0 (none) to 9
 *     (best)
 */
public record MongoCompressor(String name, int level) {

    /** Deflate, by the JDK, with its default level. */
    public static final MongoCompressor ZLIB = new MongoCompressor("zlib", -1);
    /** Snappy, where {@code org.xerial.snappy:snappy-java} is there. */
    public static final MongoCompressor SNAPPY = new MongoCompressor("snappy", -1);
    /** Zstandard, where {@code com.github.luben:zstd-jni} is there. */
    public static final MongoCompressor ZSTD = new MongoCompressor("zstd", -1);

    public MongoCompressor {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a compressor needs a name");
        }
        if (level < -1 || level > 9) {
            throw new IllegalArgumentException("compression level must be -1 to 9, not " + level);
        }
        if (level != -1 && !name.equals("zlib")) {
            throw new IllegalArgumentException("a compression level can be set for zlib only, not for " + name);
        }
    }

    /**
     * The same with a level.
     *
     * @param level -1 for the default of the implementation, else 0 (none) to 9 (best)
     * @return a copy
     */
    public MongoCompressor withLevel(int level) {
        return new MongoCompressor(name, level);
    }
}
