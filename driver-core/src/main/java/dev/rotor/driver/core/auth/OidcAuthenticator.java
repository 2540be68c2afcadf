package dev.rotor.driver.core.auth;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.conn.Authenticator;
import org.jspecify.annotations.Nullable;

/** MONGODB-OIDC for all connections of a client, which share its tokens. */
final class OidcAuthenticator implements Authenticator {

    private final MongoCredential credential;
    private final @Nullable ServerApi serverApi;
    private final AuthResources resources;
    private final boolean asksHumans;
    private final OidcTokens tokens;

    OidcAuthenticator(MongoCredential credential, @Nullable ServerApi serverApi, AuthResources resources) {
        this.credential = credential;
        this.serverApi = serverApi;
        this.resources = resources;
        OidcCallback human = credential.oidcHumanCallback();
        OidcCallback machine = credential.oidcCallback();
        this.asksHumans = human != null;
        OidcCallback callback =
                human != null ? human : machine != null ? machine : OidcEnvironment.callback(credential, resources);
        this.tokens = new OidcTokens(
                callback,
                credential.username(),
                asksHumans ? OidcConversation.HUMAN_TIMEOUT : null,
                resources.executor(),
                resources.clock());
    }

    @Override
    public Conversation converse() {
        return new OidcConversation(this);
    }

    /** From now on there are only the tokens that are known; no callback is called merely to end sessions. */
    @Override
    public void close() {
        tokens.close();
        resources.http().close();
    }

    boolean asksHumans() {
        return asksHumans;
    }

    /** Whether tokens may be sent there. */
    boolean allows(ServerAddress server) {
        return !asksHumans || OidcHosts.allow(requireNonNull(credential.allowedHosts()), server.host());
    }

    @Nullable
    String username() {
        return credential.username();
    }

    String source() {
        return credential.source();
    }

    @Nullable
    ServerApi serverApi() {
        return serverApi;
    }

    AuthResources resources() {
        return resources;
    }

    OidcTokens tokens() {
        return tokens;
    }
}
