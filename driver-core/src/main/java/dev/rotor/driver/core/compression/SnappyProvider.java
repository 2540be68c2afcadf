package dev.rotor.driver.core.compression;

import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.spi.CompressorProvider;
import dev.rotor.driver.transport.Availability;

/** Snappy by {@code snappy-java}, where that is there. Names none of its classes. */
final class SnappyProvider implements CompressorProvider {

    static final String NAME = "snappy";

    @Override
    public String name() {
        return NAME;
    }

    /** The lambda, unlike a method reference, touches the class only when it is run, where its absence is expected. */
    @Override
    public Availability availability() {
        return NativeLibrary.availability("org.xerial.snappy:snappy-java", "snappy.java", () -> new SnappyCompressor());
    }

    @Override
    public Compressor create(int level) {
        return new SnappyCompressor();
    }
}
