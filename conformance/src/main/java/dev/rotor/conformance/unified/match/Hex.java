package dev.rotor.conformance.unified.match;

import java.util.HexFormat;

/** Bytes that test files write as hexadecimal digits. */
public final class Hex {

    private Hex() {}

    /** The bytes; refuses what is not an even number of hexadecimal digits. */
    public static byte[] bytes(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException malformed) {
            throw new RunnerException("not an even number of hexadecimal digits: " + text, malformed);
        }
    }
}
