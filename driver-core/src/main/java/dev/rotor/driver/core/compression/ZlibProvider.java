package dev.rotor.driver.core.compression;

import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.spi.CompressorProvider;
import dev.rotor.driver.transport.Availability;

/** zlib by the JDK: always there. */
final class ZlibProvider implements CompressorProvider {

    static final String NAME = "zlib";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Compressor create(int level) {
        return new ZlibCompressor(level);
    }
}
