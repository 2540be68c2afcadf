package dev.rotor.driver.core.auth;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.conn.Authenticator;
import dev.rotor.driver.core.services.Services;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.spi.AwsCredentialSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the way to authenticate for a credential. */
public final class Authenticators {

    private static final int NONCE_BYTES = 24;

    private Authenticators() {}

    /**
     * What mechanisms need, of the machine that this runs on.
     *
     * @param executor threads for what is slow; never a loop
     * @param clock tells monotonic time
     * @param timeout how long operations of the client may take, or {@code null} if nothing limits that
     */
    public static AuthResources resources(Executor executor, Clock clock, @Nullable Duration timeout) {
        SecureRandom random = new SecureRandom();
        IntFunction<byte[]> bytes = length -> {
            byte[] some = new byte[length];
            random.nextBytes(some);
            return some;
        };
        return new AuthResources(
                executor,
                clock,
                Clock.date(),
                System::getenv,
                CloudEndpoints.REAL,
                timeout,
                bytes,
                new CloudHttp(executor),
                Kerberos.JDK);
    }

    /**
     * Authenticates the connections of a client.
     *
     * @param credential who, or {@code null} for nobody
     * @param serverApi what each command declares, or {@code null}
     * @param resources what mechanisms need
     */
    public static Authenticator of(
            @Nullable MongoCredential credential, @Nullable ServerApi serverApi, AuthResources resources) {
        Executor executor = resources.executor();
        AuthMechanism mechanism = credential == null ? null : credential.mechanism();
        if (credential == null || mechanism == null) {
            return of(credential, serverApi, executor, nonces(resources));
        }
        return switch (mechanism) {
            case SCRAM_SHA_1, SCRAM_SHA_256 -> of(credential, serverApi, executor, nonces(resources));
            case PLAIN -> () -> new PlainConversation(credential, serverApi, executor);
            case MONGODB_X509 -> () -> new X509Conversation(credential, serverApi, executor);
            case MONGODB_AWS ->
                new AwsAuthenticator(
                        credential.source(), serverApi, new AwsCredentials(source(credential), resources), resources);
            case MONGODB_OIDC -> new OidcAuthenticator(credential, serverApi, resources);
            case GSSAPI -> new GssapiAuthenticator(credential, serverApi, resources);
        };
    }

    private static Supplier<String> nonces(AuthResources resources) {
        return () -> Base64.getEncoder().encodeToString(resources.random().apply(NONCE_BYTES));
    }

    private static @Nullable AwsCredentialSource source(MongoCredential credential) {
        AwsCredentialSource given = credential.awsCredentialSource();
        if (given != null) {
            return given;
        }
        Services.Found<AwsCredentialSource> found = Services.find(AwsCredentialSource.class);
        if (!found.providers().isEmpty()) {
            return found.providers().get(0);
        }
        if (!found.broken().isEmpty()) {
            // Whoever adds one means its identity, and not whatever the environment has.
            Services.Broken broken = found.broken().get(0);
            throw new MongoConfigurationException(
                    "The AWS credential source cannot be loaded: " + broken.why(), broken.cause());
        }
        return null;
    }

    /** SCRAM with a source of nonces: texts without commas that nobody can guess, none given twice. */
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
