package dev.rotor.driver.spi;

import dev.rotor.driver.transport.Availability;

/**
 * A kind of {@link Compressor}. The driver has providers of its own: {@code zlib} by the JDK, {@code snappy} by
 * {@code org.xerial.snappy:snappy-java} and {@code zstd} by {@code com.github.luben:zstd-jni} where these libraries are
 * there. Another one of the same name takes the place of the driver's, for example one that needs no native library.
 *
 * <p>Providers are found with {@link java.util.ServiceLoader}, on the class path by a file
 * {@code META-INF/services/dev.rotor.driver.spi.CompressorProvider}, on the module path by {@code provides}, whenever a
 * client is created that wants compression: those that the calling thread's context class loader sees and those that
 * the driver's own sees. They have a public constructor without parameters that loads no native code.
 *
 * @see dev.rotor.driver.MongoClientSettings.Builder#compressors
 */
public interface CompressorProvider {

    /**
     * The name of what it makes: {@link dev.rotor.driver.MongoCompressor#name}.
     *
     * @return for example {@code "zlib"}
     */
    String name();

    /**
     * Whether it can work here, and if not, why. Called on the thread that creates a client.
     *
     * @return the answer; never throws, not even linkage errors
     */
    Availability availability();

    /**
     * Makes a compressor. Called only after {@link #availability} has said yes.
     *
     * @param level how hard to try: {@link dev.rotor.driver.MongoCompressor#level}, -1 for its default
     * @return a compressor of this provider's name, closed by the client that it is made for
     */
    Compressor create(int level);
}
