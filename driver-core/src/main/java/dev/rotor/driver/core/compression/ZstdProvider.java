package dev.rotor.driver.core.compression;

import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.spi.CompressorProvider;
import dev.rotor.driver.transport.Availability;

/** Zstandard by {@code zstd-jni}, where that is there. Names none of its classes. */
final class ZstdProvider implements CompressorProvider {

    static final String NAME = "zstd";

    @Override
    public String name() {
        return NAME;
    }

    /** The lambda, unlike a method reference, touches the class only when it is run, where its absence is expected. */
    @Override
    public Availability availability() {
        return NativeLibrary.availability(
                "com.github.luben:zstd-jni", "com.github.luben.zstd_jni", () -> new ZstdCompressor());
    }

    @Override
    public Compressor create(int level) {
        return new ZstdCompressor();
    }
}
