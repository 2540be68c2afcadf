package dev.rotor.driver.core.compression;

import dev.rotor.driver.spi.Compressor;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflate in the format of RFC 1950, by the JDK. */
final class ZlibCompressor implements Compressor {

    private final NativeContexts<Deflater> deflaters;
    private final NativeContexts<Inflation> inflations =
            new NativeContexts<>(Inflation::new, inflation -> inflation.inflater.end());

    /** Room for one byte more than there should be: only who asks for it learns whether the stream has ended. */
    private static final class Inflation {
        final Inflater inflater = new Inflater();
        final byte[] beyond = new byte[1];
    }

    ZlibCompressor(int level) {
        deflaters = new NativeContexts<>(() -> new Deflater(level), Deflater::end);
    }

    @Override
    public String name() {
        return ZlibProvider.NAME;
    }

    @Override
    public int id() {
        return 2;
    }

    /** Not only the JDK's zlib: the JDK may use that of the system, some of which take nine bits for a byte. */
    @Override
    public int maxCompressedLength(int length) {
        return Math.addExact(length, (length >> 3) + (length >> 8) + (length >> 9) + 64);
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        Deflater deflater = deflaters.take();
        try {
            deflater.setInput(source, offset, length);
            deflater.finish();
            int at = targetOffset;
            int end = targetOffset + maxCompressedLength(length);
            while (!deflater.finished()) {
                int written = deflater.deflate(target, at, end - at);
                if (written == 0 && !deflater.finished()) {
                    throw new IllegalStateException("zlib makes more of " + length + " bytes than there is room for");
                }
                at += written;
            }
            return at - targetOffset;
        } finally {
            deflater.reset();
            deflaters.give(deflater);
        }
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength)
            throws DataFormatException {
        Inflation inflation = inflations.take();
        Inflater inflater = inflation.inflater;
        try {
            inflater.setInput(source, offset, length);
            int at = targetOffset;
            int end = targetOffset + targetLength;
            while (!inflater.finished()) {
                int written =
                        at < end ? inflater.inflate(target, at, end - at) : inflater.inflate(inflation.beyond, 0, 1);
                if (written > 0 && at == end) {
                    throw new DataFormatException("more than the declared " + targetLength + " bytes");
                }
                if (written == 0 && !inflater.finished()) {
                    throw new DataFormatException("the compressed bytes break off");
                }
                at += written;
            }
            if (at != end) {
                throw new DataFormatException((at - targetOffset) + " bytes instead of the declared " + targetLength);
            }
            if (inflater.getRemaining() > 0) {
                throw new DataFormatException(inflater.getRemaining() + " bytes after the end of the compressed ones");
            }
        } finally {
            inflater.reset();
            inflations.give(inflation);
        }
    }

    @Override
    public void close() {
        deflaters.close();
        inflations.close();
    }
}
