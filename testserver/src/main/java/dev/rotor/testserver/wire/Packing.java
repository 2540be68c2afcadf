package dev.rotor.testserver.wire;

import org.jspecify.annotations.Nullable;

/**
 * How a message was compressed.
 *
 * @param compression how, or null if not at all
 * @param packed its bytes on the wire, without the header
 * @param unpacked its bytes uncompressed, without the header
 */
public record Packing(@Nullable Compression compression, int packed, int unpacked) {

    /** Of messages that were not. */
    public static final Packing NONE = new Packing(null, 0, 0);
}
