package dev.rotor.driver.core.auth;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.Secret;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.conn.Authenticator;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * SCRAM for all connections of a client. Keys are remembered by salt, since to derive them takes milliseconds; that is
 * done on an executor, not on a loop.
 */
final class ScramAuthenticator implements Authenticator {

    /** All members of a deployment store the same salt for a user; more than some are a server's play. */
    private static final int REMEMBERED = 16;

    private record KeyId(ScramHash hash, String salt, int iterations) {}

    private final @Nullable ScramHash hash;
    private final String username;
    private final String source;
    private final Secret password;
    private final @Nullable ServerApi serverApi;
    private final Executor executor;
    private final Supplier<String> nonces;
    private final ConcurrentHashMap<KeyId, ScramKeys> keys = new ConcurrentHashMap<>();

    /**
     * For one user.
     *
     * @param hash the kind of SCRAM, or {@code null} to agree on it with each server
     * @param credential with a user name and a password
     * @param serverApi what each command declares, or {@code null}
     * @param executor where keys are derived
     * @param nonces unpredictable texts without commas, each given once
     */
    ScramAuthenticator(
            @Nullable ScramHash hash,
            MongoCredential credential,
            @Nullable ServerApi serverApi,
            Executor executor,
            Supplier<String> nonces) {
        this.hash = hash;
        this.username = requireNonNull(credential.username());
        this.source = credential.source();
        this.password = requireNonNull(credential.password());
        this.serverApi = serverApi;
        this.executor = executor;
        this.nonces = nonces;
    }

    @Override
    public Conversation converse() {
        return new ScramConversation(this);
    }

    /** The kind of SCRAM that was asked for, or {@code null}. */
    @Nullable
    ScramHash hash() {
        return hash;
    }

    String username() {
        return username;
    }

    String source() {
        return source;
    }

    @Nullable
    ServerApi serverApi() {
        return serverApi;
    }

    Executor executor() {
        return executor;
    }

    ScramExchange exchange(ScramHash kind) {
        return new ScramExchange(kind, username, nonces.get());
    }

    /** The keys for what the server has asked, if they are known already. */
    @Nullable
    ScramKeys known(ScramExchange exchange) {
        return keys.get(id(exchange));
    }

    /** Derives them; slow. */
    ScramKeys derive(ScramExchange exchange) {
        ScramKeys derived = exchange.hash().derive(username, password, exchange.salt(), exchange.iterations());
        if (keys.size() >= REMEMBERED) {
            keys.clear();
        }
        keys.put(id(exchange), derived);
        return derived;
    }

    private static KeyId id(ScramExchange exchange) {
        return new KeyId(exchange.hash(), Base64.getEncoder().encodeToString(exchange.salt()), exchange.iterations());
    }
}
