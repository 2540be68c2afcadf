package dev.rotor.driver.core.wire;

import java.nio.charset.StandardCharsets;

/** Strings from bytes. The JDK's decoder is fast for ASCII and replaces what is malformed. */
final class Utf8 {

    /** Field names of one character are frequent (array indexes): no new string for them. */
    private static final String[] ONE_CHARACTER = oneCharacter();

    private Utf8() {}

    static String decode(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return "";
        }
        if (length == 1 && bytes[offset] >= 0) {
            return ONE_CHARACTER[bytes[offset]];
        }
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    private static String[] oneCharacter() {
        String[] strings = new String[128];
        for (char c = 0; c < strings.length; c++) {
            strings[c] = String.valueOf(c);
        }
        return strings;
    }
}
