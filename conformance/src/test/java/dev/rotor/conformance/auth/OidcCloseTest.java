package dev.rotor.conformance.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.conformance.auth.OidcDeployment.TokenCallback;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCredential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that is being closed ends its sessions only if nobody has to sign in for that. */
class OidcCloseTest {

    private static final int REAUTHENTICATION_REQUIRED = 391;

    private final OidcDeployment deployment = new OidcDeployment();
    private final TokenCallback callback = TokenCallback.of(OidcDeployment.TOKEN);

    @AfterEach
    void close() {
        deployment.close();
    }

    private MongoClient client(String options) {
        return deployment.client(MongoCredential.createOidcCredential(null).withOidcCallback(callback), options);
    }

    @Test
    void noTokenIsFetchedToEndSessionsOnAConnectionWhoseTokenHasExpired() {
        try (MongoClient client = client("")) {
            OidcDeployment.find(client);
            deployment.failWith("endSessions", REAUTHENTICATION_REQUIRED);
        }
        assertThat(callback.calls).hasSize(1);
    }

    @Test
    void noTokenIsFetchedToEndSessionsOnANewConnection() {
        try (MongoClient client = client("&maxIdleTimeMS=1")) {
            OidcDeployment.find(client);
            // The connection is too old by now, and the token is worth nothing any more.
            deployment.users.removeToken(OidcDeployment.TOKEN);
        }
        assertThat(callback.calls).hasSize(1);
    }
}
