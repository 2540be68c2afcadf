package dev.rotor.driver.core.fake;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The server's side of a SCRAM conversation. */
public final class FakeScram {

    private final ScramMechanism mechanism;
    private final String password;
    private final byte[] salt;
    private final int iterations;
    private final String nonce;
    private String clientFirstBare = "";
    private String serverFirst = "";

    /**
     * A server that knows one user.
     *
     * @param mechanism {@code SCRAM-SHA-1} or {@code SCRAM-SHA-256}
     * @param password as it is hashed: for SCRAM-SHA-1 MongoDB's digest, else prepared already
     * @param salt in Base64
     * @param iterations how many
     * @param nonce the server's half
     */
    public FakeScram(String mechanism, String password, String salt, int iterations, String nonce) {
        this.mechanism = ScramMechanism.byName(mechanism);
        this.password = password;
        this.salt = Base64.getDecoder().decode(salt);
        this.iterations = iterations;
        this.nonce = nonce;
    }

    /** The server's first message. */
    public byte[] first(byte[] clientFirst) {
        String text = text(clientFirst);
        clientFirstBare = text.substring("n,,".length());
        String theirs = clientFirstBare.substring(clientFirstBare.indexOf(",r=") + 3);
        serverFirst = "r=" + theirs + nonce + ",s=" + Base64.getEncoder().encodeToString(salt) + ",i=" + iterations;
        return serverFirst.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the client has proved that it knows the password. */
    public boolean proves(byte[] clientFinal) {
        String text = text(clientFinal);
        byte[] proof = Base64.getDecoder().decode(text.substring(text.indexOf(",p=") + 3));
        byte[] storedKey = ScramFunctions.storedKey(mechanism, ScramFunctions.clientKey(mechanism, salted()));
        return ScramFunctions.verifyClientProof(mechanism, proof, storedKey, authMessage(text));
    }

    /** The server's last message: its own proof. */
    public byte[] last(byte[] clientFinal) {
        byte[] signature = ScramFunctions.serverSignature(
                mechanism, ScramFunctions.serverKey(mechanism, salted()), authMessage(text(clientFinal)));
        return ("v=" + Base64.getEncoder().encodeToString(signature)).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] salted() {
        return ScramFunctions.saltedPassword(
                mechanism, StringPreparation.SASL_PREPARATION, password.toCharArray(), salt, iterations);
    }

    private String authMessage(String clientFinal) {
        return clientFirstBare + "," + serverFirst + "," + clientFinal.substring(0, clientFinal.indexOf(",p="));
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }
}
