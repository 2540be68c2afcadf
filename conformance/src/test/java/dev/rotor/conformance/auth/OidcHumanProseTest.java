package dev.rotor.conformance.auth;

import static dev.rotor.conformance.auth.OidcDeployment.PROVIDER;
import static dev.rotor.conformance.auth.OidcDeployment.TOKEN;
import static dev.rotor.conformance.auth.OidcDeployment.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.conformance.auth.OidcDeployment.TokenCallback;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.OidcIdpInfo;
import dev.rotor.driver.Secret;
import dev.rotor.testserver.auth.ExternalUsers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The prose tests of the human flow of MONGODB-OIDC. */
class OidcHumanProseTest {

    private static final int REAUTHENTICATION_REQUIRED = 391;

    private final OidcDeployment deployment = new OidcDeployment();

    @BeforeEach
    void oneProvider() {
        deployment.users.addProvider("test_user1", PROVIDER);
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    private static MongoCredential credential(@Nullable String username, OidcCallback callback) {
        return MongoCredential.createOidcCredential(username).withOidcHumanCallback(callback);
    }

    private MongoClient client(@Nullable String username, OidcCallback callback) {
        return deployment.client(credential(username, callback), "");
    }

    private static void assertRefused(ThrowingCallable operation) {
        assertThatThrownBy(operation).cause().isInstanceOf(MongoSecurityException.class);
    }

    private static TokenCallback refreshing() {
        return new TokenCallback(call -> OidcCallbackResult.of(TOKEN).withRefreshToken("refresh-" + call));
    }

    @Test
    void case11AUserWhoIsNotNamedSignsInWhereThereIsOneProvider() {
        TokenCallback callback = refreshing();
        try (MongoClient client = client(null, callback)) {
            find(client);
        }
        assertThat(callback.calls).hasSize(1);
    }

    @Test
    void case12AUserWhoIsNamedSignsIn() {
        try (MongoClient client = client("test_user1", refreshing())) {
            find(client);
        }
    }

    @Test
    void cases13To15WithSeveralProvidersTheUserMustBeNamed() {
        deployment.users.addProvider(
                "test_user2", new ExternalUsers.IdentityProvider("https://other.example", "rotor", List.of()));
        deployment.users.addToken("test_user2-token", "test_user2");
        try (MongoClient client = client("test_user1", refreshing())) {
            find(client);
        }
        TokenCallback second = TokenCallback.of("test_user2-token");
        try (MongoClient client = client("test_user2", second)) {
            find(client);
        }
        assertThat(second.calls).singleElement().satisfies(context -> assertThat(
                        Objects.requireNonNull(context.idpInfo()).issuer())
                .isEqualTo("https://other.example"));
        TokenCallback nobody = refreshing();
        try (MongoClient client = client(null, nobody)) {
            assertRefused(() -> find(client));
        }
        assertThat(nobody.calls).isEmpty();
    }

    @Test
    void case16AHostThatIsNotAllowedGetsNoTokenAndNobodyIsAsked() {
        for (List<String> hosts : List.of(List.<String>of(), List.of("example.com"))) {
            TokenCallback callback = refreshing();
            try (MongoClient client =
                    deployment.client(credential(null, callback).withAllowedHosts(hosts), "")) {
                assertThatThrownBy(() -> find(client))
                        .cause()
                        .isInstanceOf(MongoSecurityException.class)
                        .hasMessageContaining("not one of the allowed hosts")
                        .hasNoCause();
            }
            assertThat(callback.calls).isEmpty();
        }
    }

    @Test
    void case17AllowedHostsCannotBeSaidInAConnectionString() {
        assertThatThrownBy(() -> new ConnectionString("mongodb+srv://example.com/?authMechanism=MONGODB-OIDC"
                        + "&authMechanismProperties=ALLOWED_HOSTS:%5B%22example.com%22%5D"))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("ALLOWED_HOSTS");
    }

    @Test
    void case18AProviderForMachinesHasNoClientId() {
        deployment.users.addProvider(
                "test_machine", new ExternalUsers.IdentityProvider("https://machines.example", null, List.of()));
        TokenCallback callback = refreshing();
        try (MongoClient client = client("test_machine", callback)) {
            find(client);
        }
        assertThat(callback.calls).singleElement().satisfies(context -> assertThat(
                        Objects.requireNonNull(context.idpInfo()).clientId())
                .isNull());
    }

    @Test
    void case21TheCallbackIsGivenWhatItNeeds() {
        TokenCallback callback = refreshing();
        // The timeout is not subject to timeoutMS.
        try (MongoClient client = deployment.client(credential("test_user1", callback), "&timeoutMS=20000")) {
            find(client);
        }
        assertThat(callback.calls).singleElement().satisfies(context -> {
            assertThat(context.timeout()).isEqualTo(Duration.ofMinutes(5));
            assertThat(context.version()).isEqualTo(1);
            assertThat(context.username()).isEqualTo("test_user1");
            assertThat(context.refreshToken()).isNull();
            OidcIdpInfo info = Objects.requireNonNull(context.idpInfo());
            assertThat(info.issuer()).isEqualTo(PROVIDER.issuer());
            assertThat(info.clientId()).isEqualTo(PROVIDER.clientId());
            assertThat(info.requestScopes()).isEqualTo(PROVIDER.requestScopes());
        });
    }

    @Test
    @SuppressWarnings("NullAway")
    void case22ACallbackThatGivesNothingFails() {
        try (MongoClient client = client(null, context -> CompletableFuture.completedStage(null))) {
            assertRefused(() -> find(client));
        }
    }

    @Test
    void case23TheRefreshTokenIsPassedToTheCallback() {
        TokenCallback callback = refreshing();
        try (MongoClient client = client(null, callback)) {
            find(client);
            deployment.failWith("find", REAUTHENTICATION_REQUIRED);
            find(client);
        }
        assertThat(callback.calls).hasSize(2);
        assertThat(callback.calls.get(0).refreshToken()).isNull();
        assertThat(callback.calls.get(1).refreshToken()).isEqualTo(Secret.of("refresh-1"));
        assertThat(callback.calls.get(1).idpInfo())
                .isEqualTo(callback.calls.get(0).idpInfo());
        assertThat(callback.calls.get(1).toString()).doesNotContain("refresh-1");
    }

    @Test
    void case31ACachedTokenIsUsedForSpeculation() {
        try (MongoClient client = client(null, refreshing())) {
            deployment.fail("find", new Document("closeConnection", true));
            assertThatThrownBy(() -> find(client)).hasMessageContaining("closed");
            deployment.failWith("saslStart", 18);
            find(client);
        }
    }

    @Test
    void case32WithoutACachedTokenThereIsNoSpeculation() {
        try (MongoClient client = client(null, refreshing())) {
            deployment.failWith("saslStart", 18);
            assertRefused(() -> find(client));
        }
    }

    /** Case 4.1, whose events are those of the unified cases. */
    @Test
    void case41AConnectionWhoseTokenHasExpiredIsAuthenticatedAnew() {
        TokenCallback callback = refreshing();
        try (MongoClient client = client(null, callback)) {
            find(client);
            assertThat(callback.calls).hasSize(1);
            deployment.failWith("find", REAUTHENTICATION_REQUIRED);
            find(client);
            assertThat(callback.calls).hasSize(2);
        }
    }

    @Test
    void case42SoItIsWithoutARefreshToken() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = client(null, callback)) {
            find(client);
            deployment.failWith("find", REAUTHENTICATION_REQUIRED);
            find(client);
        }
        assertThat(callback.calls).hasSize(2);
        assertThat(callback.calls.get(1).refreshToken()).isNull();
    }

    @Test
    void case43SoItIsWithARefreshTokenThatIsWorthNothing() {
        TokenCallback callback =
                new TokenCallback(call -> OidcCallbackResult.of(TOKEN).withRefreshToken("bad"));
        try (MongoClient client = client(null, callback)) {
            find(client);
            deployment.failWith("find", REAUTHENTICATION_REQUIRED);
            find(client);
        }
        assertThat(callback.calls).hasSize(2);
    }

    @Test
    void case44AfterARefreshThatFailsTheHumanIsAskedOnceMore() {
        TokenCallback callback = new TokenCallback(
                call -> OidcCallbackResult.of(call == 1 ? TOKEN : "bad-" + call).withRefreshToken("bad"));
        try (MongoClient client = client(null, callback)) {
            find(client);
            assertThat(callback.calls).hasSize(1);
            deployment.failWith("find", REAUTHENTICATION_REQUIRED);
            assertRefused(() -> find(client));
            assertThat(callback.calls).hasSize(3);
            assertThat(callback.calls.get(2).refreshToken()).isNull();
        }
    }
}
