package dev.rotor.driver.core.auth;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.conn.Authenticator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the way to authenticate for a credential. */
public final class Authenticators {

    private static final int NONCE_BYTES = 24;

    private Authenticators() {}

    /** Whether there is one. */
    public static boolean supports(MongoCredential credential) {
        AuthMechanism mechanism = credential.mechanism();
        return mechanism == null || hash(mechanism) != null;
    }

    /**
     * Authenticates the connections of a client.
     *
     * @param credential who, or {@code null} for nobody
     * @param serverApi what each command declares, or {@code null}
     * @param executor where keys are derived, which takes milliseconds; never a loop
     * @throws IllegalArgumentException if this way is not {@link #supports supported}
     */
    public static Authenticator of(
            @Nullable MongoCredential credential, @Nullable ServerApi serverApi, Executor executor) {
        SecureRandom random = new SecureRandom();
        return of(credential, serverApi, executor, () -> {
            byte[] bytes = new byte[NONCE_BYTES];
            random.nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        });
    }

    /** The same with a source of nonces: texts without commas that nobody can guess, none given twice. */
    public static Authenticator of(
            @Nullable MongoCredential credential,
            @Nullable ServerApi serverApi,
            Executor executor,
            Supplier<String> nonces) {
        if (credential == null) {
            return Authenticator.NONE;
        }
        AuthMechanism mechanism = credential.mechanism();
        ScramHash hash = mechanism == null ? null : hash(mechanism);
        if (mechanism != null && hash == null) {
            throw new IllegalArgumentException(mechanism.wireName());
        }
        return new ScramAuthenticator(hash, credential, serverApi, executor, nonces);
    }

    private static @Nullable ScramHash hash(AuthMechanism mechanism) {
        return switch (mechanism) {
            case SCRAM_SHA_1 -> ScramHash.SHA_1;
            case SCRAM_SHA_256 -> ScramHash.SHA_256;
            case GSSAPI, MONGODB_AWS, MONGODB_OIDC, MONGODB_X509, PLAIN -> null;
        };
    }
}
