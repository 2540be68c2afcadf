package dev.rotor.testserver.auth;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server's side of one SCRAM exchange (RFC 5802, RFC 7677): two messages of each, and an empty one if wanted. */
public final class ScramConversation implements SaslConversation {

    private static final SecureRandom RANDOM = new SecureRandom();

    private enum Step {
        FIRST,
        FINAL,
        EMPTY,
        DONE
    }

    private final Users users;
    private final ScramMechanism mechanism;
    private final String database;
    private final boolean skipEmptyExchange;
    private Step step = Step.FIRST;
    private String user = "";
    private String nonce = "";
    private String clientFirstBare = "";
    private String serverFirst = "";
    private @Nullable ScramCredential credential;

    /** For a user of that database. */
    public ScramConversation(Users users, String mechanism, String database, boolean skipEmptyExchange) {
        this.users = users;
        this.mechanism = ScramMechanism.byName(mechanism);
        this.database = database;
        this.skipEmptyExchange = skipEmptyExchange;
    }

    @Override
    public byte[] answer(byte[] message) {
        return answer(new String(message, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private String answer(String message) {
        return switch (step) {
            case FIRST -> first(message);
            case FINAL -> last(message);
            case EMPTY -> empty(message);
            case DONE -> throw failed();
        };
    }

    @Override
    public boolean isDone() {
        return step == Step.DONE;
    }

    @Override
    public String fullName() {
        return user + "@" + database;
    }

    private String first(String message) {
        // "n,," or "y,,": no channel binding, no other authorization identity.
        if (!message.startsWith("n,,n=") && !message.startsWith("y,,n=")) {
            throw failed();
        }
        clientFirstBare = message.substring(3);
        String[] parts = clientFirstBare.split(",", -1);
        if (parts.length < 2 || !parts[1].startsWith("r=") || parts[1].length() < 3) {
            throw failed();
        }
        user = parts[0].substring(2).replace("=2C", ",").replace("=3D", "=");
        ScramCredential found = users.credential(user, database, mechanism);
        if (found == null) {
            throw failed();
        }
        credential = found;
        nonce = parts[1].substring(2) + ScramFunctions.nonce(24, RANDOM);
        serverFirst =
                "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(found.salt()) + ",i=" + found.iterations();
        step = Step.FINAL;
        return serverFirst;
    }

    private String last(String message) {
        ScramCredential known = credential;
        int proofAt = message.lastIndexOf(",p=");
        if (known == null || proofAt < 0) {
            throw failed();
        }
        String withoutProof = message.substring(0, proofAt);
        if (!withoutProof.equals("c=biws,r=" + nonce) && !withoutProof.equals("c=eSws,r=" + nonce)) {
            throw failed();
        }
        String authMessage = clientFirstBare + "," + serverFirst + "," + withoutProof;
        if (!ScramFunctions.verifyClientProof(
                mechanism, proof(message.substring(proofAt + 3)), known.storedKey(), authMessage)) {
            throw failed();
        }
        step = skipEmptyExchange ? Step.DONE : Step.EMPTY;
        byte[] signature = ScramFunctions.serverSignature(mechanism, known.serverKey(), authMessage);
        return "v=" + Base64.getEncoder().encodeToString(signature);
    }

    private byte[] proof(String text) {
        try {
            byte[] proof = Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
            if (proof.length != (mechanism == ScramMechanism.SCRAM_SHA_1 ? 20 : 32)) {
                throw failed();
            }
            return proof;
        } catch (IllegalArgumentException e) {
            throw failed();
        }
    }

    private String empty(String message) {
        if (!message.isEmpty()) {
            throw failed();
        }
        step = Step.DONE;
        return "";
    }

    /** The same for whatever went wrong: an attacker learns nothing. */
    static CommandError failed() {
        return new CommandError(ErrorCode.AUTHENTICATION_FAILED, "Authentication failed.");
    }
}
