package dev.rotor.driver.core.auth;

import com.ongres.scram.common.ScramFunctions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one SCRAM conversation (RFC 5802, RFC 7677), without channel binding, which servers do not know. What
 * the server says is checked here; every complaint is an {@link IllegalArgumentException} that names it.
 */
final class ScramExchange {

    /** Fewer would make a stolen conversation easy to break. */
    static final int MIN_ITERATIONS = 4096;
    /** More than any server asks for; as many would keep a processor busy for seconds, for each connection. */
    static final int MAX_ITERATIONS = 10_000_000;

    private final ScramHash hash;
    private final String nonce;
    private final String clientFirstBare;

    private @Nullable String serverFirst;
    private byte[] salt = new byte[0];
    private int iterations;
    private String fullNonce = "";
    private byte @Nullable [] expectedSignature;
    private boolean verified;

    ScramExchange(ScramHash hash, String username, String nonce) {
        this.hash = hash;
        this.nonce = nonce;
        this.clientFirstBare = "n=" + username.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    ScramHash hash() {
        return hash;
    }

    byte[] clientFirst() {
        return bytes("n,," + clientFirstBare);
    }

    /** Takes the server's first message. */
    void serverFirst(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        String[] parts = text.split(",", -1);
        if (parts.length < 3
                || !parts[0].startsWith("r=")
                || !parts[1].startsWith("s=")
                || !parts[2].startsWith("i=")) {
            throw new IllegalArgumentException("the server's first message is not one of SCRAM");
        }
        String theirs = parts[0].substring(2);
        if (theirs.length() <= nonce.length() || !theirs.startsWith(nonce)) {
            throw new IllegalArgumentException("the server's nonce does not begin with the client's");
        }
        try {
            salt = Base64.getDecoder().decode(parts[1].substring(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the server's salt is not Base64", e);
        }
        if (salt.length == 0) {
            throw new IllegalArgumentException("the server's salt is empty");
        }
        try {
            iterations = Integer.parseInt(parts[2].substring(2));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the server's iteration count is not a number", e);
        }
        if (iterations < MIN_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the server asks for " + iterations + " iterations, which must be " + MIN_ITERATIONS + " or more");
        }
        if (iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the server asks for " + iterations + " iterations, which must be " + MAX_ITERATIONS + " or less");
        }
        fullNonce = theirs;
        serverFirst = text;
    }

    boolean hasServerFirst() {
        return serverFirst != null;
    }

    byte[] salt() {
        return salt;
    }

    int iterations() {
        return iterations;
    }

    /** The proof that the client knows the password. */
    byte[] clientFinal(ScramKeys keys) {
        String withoutProof = "c=biws,r=" + fullNonce;
        String authMessage = clientFirstBare + "," + serverFirst + "," + withoutProof;
        byte[] storedKey = ScramFunctions.storedKey(hash.functions, keys.clientKey);
        byte[] signature = ScramFunctions.clientSignature(hash.functions, storedKey, authMessage);
        byte[] proof = ScramFunctions.clientProof(keys.clientKey, signature);
        expectedSignature = ScramFunctions.serverSignature(hash.functions, keys.serverKey, authMessage);
        return bytes(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
    }

    boolean hasClientFinal() {
        return expectedSignature != null;
    }

    /** Checks that the server knows the password, too. */
    void serverFinal(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.startsWith("e=")) {
            throw new IllegalArgumentException("the server ended the conversation with an error of SCRAM");
        }
        int comma = text.indexOf(',');
        String signature = comma < 0 ? text : text.substring(0, comma);
        byte[] theirs;
        try {
            theirs = signature.startsWith("v=") ? Base64.getDecoder().decode(signature.substring(2)) : null;
        } catch (IllegalArgumentException e) {
            theirs = null;
        }
        if (theirs == null || !MessageDigest.isEqual(theirs, expectedSignature)) {
            throw new IllegalArgumentException("the server's signature does not prove that it knows the password");
        }
        verified = true;
    }

    /** Whether both sides have proved what they must. */
    boolean isVerified() {
        return verified;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
