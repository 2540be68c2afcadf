package dev.rotor.driver.core.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Secrets as bytes, with no copy left behind. */
public final class SecretText {

    private SecretText() {}

    /** The characters in UTF-8; they are wiped, and the bytes are for the caller to wipe. */
    public static byte[] utf8(char[] chars) {
        ByteBuffer buffer = ByteBuffer.allocate(3 * chars.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(chars), buffer, true);
        Arrays.fill(chars, '\0');
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }
}
