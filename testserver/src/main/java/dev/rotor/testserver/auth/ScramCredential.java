package dev.rotor.testserver.auth;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;

/** What the server keeps of a password for one mechanism: never the password itself. */
final class ScramCredential {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ScramMechanism mechanism;
    /** Random, of the length that the mechanism's hash has, less four. */
    private final byte[] salt;

    private final int iterations;
    private final byte[] storedKey;
    private final byte[] serverKey;

    private ScramCredential(ScramMechanism mechanism, byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
        this.mechanism = mechanism;
        this.salt = salt;
        this.iterations = iterations;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    ScramMechanism mechanism() {
        return mechanism;
    }

    byte[] salt() {
        return salt;
    }

    int iterations() {
        return iterations;
    }

    byte[] storedKey() {
        return storedKey;
    }

    byte[] serverKey() {
        return serverKey;
    }

    /**
     * Makes the credential of a password. SCRAM-SHA-1 works on the MongoDB digest of it, SCRAM-SHA-256 on the password
     * after SASLprep.
     */
    static ScramCredential of(ScramMechanism mechanism, String user, String password, int iterations) {
        boolean sha1 = mechanism == ScramMechanism.SCRAM_SHA_1;
        byte[] salt = ScramFunctions.salt(sha1 ? 16 : 28, RANDOM);
        char[] input = (sha1 ? digest(user, password) : password).toCharArray();
        StringPreparation preparation = sha1 ? StringPreparation.NO_PREPARATION : StringPreparation.SASL_PREPARATION;
        try {
            byte[] salted = ScramFunctions.saltedPassword(mechanism, preparation, input, salt, iterations);
            byte[] storedKey = ScramFunctions.storedKey(mechanism, ScramFunctions.clientKey(mechanism, salted));
            return new ScramCredential(
                    mechanism, salt, iterations, storedKey, ScramFunctions.serverKey(mechanism, salted));
        } catch (IllegalArgumentException e) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE, "Error preflighting password: it cannot be prepared with SASLprep");
        }
    }

    private static String digest(String user, String password) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5")
                    .digest((user + ":mongo:" + password).getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "%032x", new BigInteger(1, md5));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "ScramCredential[" + mechanism.getName() + "]";
    }
}
