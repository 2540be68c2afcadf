package dev.rotor.driver.core.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.bson.BsonSerializationException;

/** Strings from bytes. The JDK's decoder is fast for ASCII and replaces what is malformed. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

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

    /**
     * The same, but malformed bytes are refused: documents of users must not change by being read and written back.
     * What the JDK has replaced shows; only then is looked again, so that text without that character costs nothing.
     *
     * @throws BsonSerializationException if the bytes are not UTF-8; the message around them is sound
     */
    static String decodeStrictly(byte[] bytes, int offset, int length) {
        String text = decode(bytes, offset, length);
        if (text.indexOf(REPLACEMENT) >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            } catch (CharacterCodingException e) {
                throw new BsonSerializationException("A string of the document is not UTF-8");
            }
        }
        return text;
    }

    private static String[] oneCharacter() {
        String[] strings = new String[128];
        for (char c = 0; c < strings.length; c++) {
            strings[c] = String.valueOf(c);
        }
        return strings;
    }
}
