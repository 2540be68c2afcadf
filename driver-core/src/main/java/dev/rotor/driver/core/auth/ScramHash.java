package dev.rotor.driver.core.auth;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The two kinds of SCRAM, which differ in their hash and in what they make of a password. */
enum ScramHash {
    SHA_1(AuthMechanism.SCRAM_SHA_1, ScramMechanism.SCRAM_SHA_1),
    SHA_256(AuthMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_256);

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    final AuthMechanism mechanism;
    final ScramMechanism functions;

    ScramHash(AuthMechanism mechanism, ScramMechanism functions) {
        this.mechanism = mechanism;
        this.functions = functions;
    }

    /**
     * What the password is worth with this salt: slow on purpose, so not for a loop.
     *
     * @throws IllegalArgumentException if the password cannot be used; the message does not quote it
     */
    ScramKeys derive(String username, Secret password, byte[] salt, int iterations) {
        char[] plain = password.reveal();
        char[] prepared = plain;
        try {
            StringPreparation preparation = StringPreparation.SASL_PREPARATION;
            if (this == SHA_1) {
                prepared = digest(username, plain);
                // Hexadecimal digits: there is nothing to prepare, and the digest must not be of a prepared password.
                preparation = StringPreparation.NO_PREPARATION;
            }
            byte[] salted = salt(prepared, preparation, salt, iterations);
            try {
                return new ScramKeys(
                        ScramFunctions.clientKey(functions, salted), ScramFunctions.serverKey(functions, salted));
            } finally {
                Arrays.fill(salted, (byte) 0);
            }
        } finally {
            Arrays.fill(plain, '\0');
            Arrays.fill(prepared, '\0');
        }
    }

    private byte[] salt(char[] password, StringPreparation preparation, byte[] salt, int iterations) {
        try {
            return ScramFunctions.saltedPassword(functions, preparation, password, salt, iterations);
        } catch (RuntimeException e) {
            // Neither message nor cause: they may quote the password.
            throw new IllegalArgumentException(
                    password.length == 0
                            ? "the password is empty"
                            : "the password has characters that SASLprep (RFC 4013) forbids");
        }
    }

    /** MongoDB's own: the hash of the password that servers before 3.0 stored. */
    private static char[] digest(String username, char[] password) {
        MessageDigest md5;
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("this JVM has no MD5, which SCRAM-SHA-1 needs: use SCRAM-SHA-256");
        }
        md5.update(username.getBytes(StandardCharsets.UTF_8));
        md5.update(":mongo:".getBytes(StandardCharsets.UTF_8));
        ByteBuffer utf8 = ByteBuffer.allocate(3 * password.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(password), utf8, true);
        md5.update(utf8.flip());
        Arrays.fill(utf8.array(), (byte) 0);
        byte[] hash = md5.digest();
        char[] hex = new char[hash.length * 2];
        for (int i = 0; i < hash.length; i++) {
            hex[2 * i] = HEX[hash[i] >> 4 & 0xF];
            hex[2 * i + 1] = HEX[hash[i] & 0xF];
        }
        return hex;
    }
}
