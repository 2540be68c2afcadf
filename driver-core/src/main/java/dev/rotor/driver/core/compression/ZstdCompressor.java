package dev.rotor.driver.core.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.rotor.driver.spi.Compressor;
import java.util.zip.DataFormatException;

/** Zstandard frames, by {@code zstd-jni}, with the library's default level. */
final class ZstdCompressor implements Compressor {

    private final NativeContexts<ZstdCompressCtx> compressing =
            new NativeContexts<>(ZstdCompressCtx::new, ZstdCompressCtx::close);
    private final NativeContexts<ZstdDecompressCtx> decompressing =
            new NativeContexts<>(ZstdDecompressCtx::new, ZstdDecompressCtx::close);

    @Override
    public String name() {
        return ZstdProvider.NAME;
    }

    @Override
    public int id() {
        return 3;
    }

    @Override
    public int maxCompressedLength(int length) {
        return Math.toIntExact(Zstd.compressBound(length));
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        ZstdCompressCtx context = compressing.take();
        int written;
        try {
            written = context.compressByteArray(
                    target, targetOffset, maxCompressedLength(length), source, offset, length);
        } catch (RuntimeException | Error e) {
            compressing.drop(context);
            throw e;
        }
        compressing.give(context);
        return written;
    }

    @Override
    public void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength)
            throws DataFormatException {
        ZstdDecompressCtx context = decompressing.take();
        int written;
        try {
            written = context.decompressByteArray(target, targetOffset, targetLength, source, offset, length);
        } catch (ZstdException e) {
            decompressing.drop(context);
            DataFormatException broken = new DataFormatException(e.getMessage());
            broken.initCause(e);
            throw broken;
        } catch (RuntimeException | Error e) {
            decompressing.drop(context);
            throw e;
        }
        decompressing.give(context);
        if (written != targetLength) {
            throw new DataFormatException(written + " bytes instead of the declared " + targetLength);
        }
    }

    @Override
    public void close() {
        compressing.close();
        decompressing.close();
    }
}
