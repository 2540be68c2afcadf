package dev.rotor.driver.core.conn;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Which commands may be compressed: all but those that the specification names, because secrets could be guessed from
 * how well they compress. Names are compared without regard to case; servers know some by several spellings.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/compression/OP_COMPRESSED.md#messages-not-allowed-to-be-compressed">Messages
 *     not allowed to be compressed</a>
 */
final class Compressible {

    private static final byte[][] NEVER = {
        lower("hello"),
        lower("isMaster"),
        lower("saslStart"),
        lower("saslContinue"),
        lower("getnonce"),
        lower("authenticate"),
        lower("createUser"),
        lower("updateUser"),
        lower("copydbSaslStart"),
        lower("copydbgetnonce"),
        lower("copydb")
    };

    private Compressible() {}

    /** Whether the command whose name is the first {@code length} of these bytes may be compressed. */
    static boolean is(byte[] name, int length) {
        for (byte[] never : NEVER) {
            if (never.length == length && same(name, never)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(byte[] name, byte[] lower) {
        for (int i = 0; i < lower.length; i++) {
            int letter = name[i];
            if ((letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] lower(String name) {
        return name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
