package dev.rotor.driver.spi;

import java.util.zip.DataFormatException;

/**
 * Compresses what a client sends, and decompresses what servers answer. A {@link CompressorProvider} makes one for each
 * client that asks for it by name.
 *
 * <p>Safe to call from any thread, by several at once: connections share it. The methods run on the thread that sends
 * and on event loops, so they must not block. They neither keep the arrays nor write outside of the given bounds.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/compression/OP_COMPRESSED.md">Wire
 *     Compression in Drivers</a>
 */
public interface Compressor extends AutoCloseable {

    /**
     * The name under which client and server agree on it in the handshake.
     *
     * @return for example {@code "zlib"}
     */
    String name();

    /**
     * The number that tells in a message how it was compressed ("Compressor IDs" in the specification).
     *
     * @return 1 for snappy, 2 for zlib, 3 for zstd; at most 255
     */
    int id();

    /**
     * How long the outcome of {@link #compress} can be at worst.
     *
     * @param length how many bytes are to be compressed, at least 0
     * @return how much room there must be for them, in bytes
     */
    int maxCompressedLength(int length);

    /**
     * Compresses bytes into one piece that {@link #decompress} makes the same bytes of.
     *
     * @param source where they are; not changed
     * @param offset where they start
     * @param length how many they are
     * @param target where the outcome goes
     * @param targetOffset where it starts; from there on at least {@link #maxCompressedLength} bytes belong to it
     * @return how many bytes it has
     */
    int compress(byte[] source, int offset, int length, byte[] target, int targetOffset);

    /**
     * Decompresses bytes that came from the network, of whatever kind. How many there shall be was said outside of
     * them, and has been checked to be no more than a message may have.
     *
     * @param source where they are; not changed
     * @param offset where they start
     * @param length how many they are
     * @param target where the outcome goes
     * @param targetOffset where it starts
     * @param targetLength how many bytes it must have
     * @throws DataFormatException if the bytes are broken, or the outcome is longer or shorter; the message says which,
     *     and shows none of the bytes. Nothing has been written outside of the bounds then either
     */
    void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength)
            throws DataFormatException;

    /**
     * Gives back what it holds apart from the heap. Called once, when the client has been closed; a call of another
     * method that has not ended by then still ends well. Does nothing by default.
     */
    @Override
    default void close() {}
}
