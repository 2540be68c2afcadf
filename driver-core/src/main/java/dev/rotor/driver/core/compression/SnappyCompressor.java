package dev.rotor.driver.core.compression;

import dev.rotor.driver.spi.Compressor;
import java.io.IOException;
import java.util.zip.DataFormatException;
import org.xerial.snappy.Snappy;

/** Snappy's block format, by {@code snappy-java}. It keeps nothing between two calls. */
final class SnappyCompressor implements Compressor {

    @Override
    public String name() {
        return SnappyProvider.NAME;
    }

    @Override
    public int id() {
        return 1;
    }

    @Override
    public int maxCompressedLength(int length) {
        return Snappy.maxCompressedLength(length);
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        try {
            return Snappy.compress(source, offset, length, target, targetOffset);
        } catch (IOException e) {
            throw new IllegalStateException("snappy cannot compress " + length + " bytes: " + e.getMessage(), e);
        }
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength)
            throws DataFormatException {
        try {
            // The native code believes the length at the start of the bytes, and knows nothing of the array's.
            int declared = length == 0 ? -1 : Snappy.uncompressedLength(source, offset, length);
            if (declared != targetLength) {
                throw new DataFormatException(
                        length == 0 ? "no bytes" : declared + " bytes instead of the declared " + targetLength);
            }
            int written = Snappy.uncompress(source, offset, length, target, targetOffset);
            if (written != targetLength) {
                throw new DataFormatException(written + " bytes instead of the declared " + targetLength);
            }
        } catch (IOException e) {
            DataFormatException broken = new DataFormatException("the compressed bytes are broken");
            broken.initCause(e);
            throw broken;
        }
    }
}
