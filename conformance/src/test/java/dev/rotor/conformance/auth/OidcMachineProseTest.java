package dev.rotor.conformance.auth;

import static dev.rotor.conformance.auth.OidcDeployment.TOKEN;
import static dev.rotor.conformance.auth.OidcDeployment.find;
import static dev.rotor.conformance.auth.OidcDeployment.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.conformance.auth.OidcDeployment.TokenCallback;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The prose tests of the machine flow of MONGODB-OIDC, with callbacks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcMachineProseTest {

    private static final int REAUTHENTICATION_REQUIRED = 391;

    private final OidcDeployment deployment = new OidcDeployment();

    @BeforeAll
    void aSecondToken() {
        deployment.users.addToken("other-token", "test_user1");
    }

    @AfterAll
    void close() {
        deployment.close();
    }

    private static MongoCredential with(OidcCallback callback) {
        return MongoCredential.createOidcCredential(null).withOidcCallback(callback);
    }

    private MongoClient client(OidcCallback callback) {
        return deployment.client(with(callback), "");
    }

    private static void assertRefused(ThrowingCallable operation) {
        assertThatThrownBy(operation)
                .cause()
                .isInstanceOf(MongoSecurityException.class)
                .hasMessageStartingWith("Authentication with MONGODB-OIDC at ")
                .hasMessageNotContaining("token-");
    }

    @Test
    void case11TheCallbackIsCalledDuringAuthentication() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = client(callback)) {
            find(client);
            assertThat(callback.calls).hasSize(1);
        }
    }

    @Test
    void case12TheCallbackIsCalledOnceForMultipleConnections() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = client(callback)) {
            List<CompletableFuture<?>> finds = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                finds.add(client.getDatabase("test")
                        .getCollection("oidc")
                        .find()
                        .toList(10)
                        .toCompletableFuture());
            }
            finds.forEach(CompletableFuture::join);
            assertThat(callback.calls).hasSize(1);
        }
    }

    @Test
    void case21TheCallbackIsGivenWhatItNeeds() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        MongoCredential credential =
                MongoCredential.createOidcCredential("someone").withOidcCallback(callback);
        try (MongoClient client = deployment.client(credential, "")) {
            find(client);
        }
        assertThat(callback.calls).singleElement().satisfies(context -> {
            assertThat(context.timeout()).isEqualTo(Duration.ofMinutes(1));
            assertThat(context.version()).isEqualTo(1);
            assertThat(context.username()).isEqualTo("someone");
            assertThat(context.idpInfo()).isNull();
            assertThat(context.refreshToken()).isNull();
        });
    }

    @Test
    void withTimeoutMsTheCallbackHasWhatIsLeftOfIt() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = deployment.client(with(callback), "&timeoutMS=9000")) {
            find(client);
        }
        assertThat(callback.calls).singleElement().satisfies(context -> assertThat(context.timeout())
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofSeconds(9)));
    }

    @Test
    @SuppressWarnings("NullAway")
    void case22ACallbackThatReturnsNullFails() {
        try (MongoClient client = client(context -> null)) {
            assertRefused(() -> find(client));
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void case23ACallbackThatGivesNothingFails() {
        try (MongoClient client = client(context -> CompletableFuture.completedStage(null))) {
            assertRefused(() -> find(client));
        }
        assertThatThrownBy(() -> OidcCallbackResult.of(TOKEN).withExpiresIn(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCallbackThatThrowsOrFailsFailsAndTheNextOneIsAsked() {
        TokenCallback callback = new TokenCallback(call -> {
            if (call == 1) {
                throw new IllegalStateException("the provider is away");
            }
            return OidcCallbackResult.of(TOKEN);
        });
        try (MongoClient client = client(callback)) {
            assertThatThrownBy(() -> find(client))
                    .cause()
                    .hasMessageEndingWith("failed: the OIDC callback failed: the provider is away");
            find(client);
        }
        assertThat(callback.calls).hasSize(2);
    }

    @Test
    void case24ACallbackAndAnEnvironmentContradictEachOther() {
        MongoCredential credential = with(TokenCallback.of(TOKEN)).withMechanismProperty("ENVIRONMENT", "test");
        assertThatThrownBy(() -> deployment.client(credential, ""))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("either the property ENVIRONMENT or a callback");
    }

    @Test
    void case25AllowedHostsAreForHumans() {
        MongoCredential credential = MongoCredential.createOidcCredential(null)
                .withMechanismProperty("ENVIRONMENT", "azure")
                .withMechanismProperty("TOKEN_RESOURCE", "x")
                .withAllowedHosts(List.of());
        assertThatThrownBy(() -> deployment.client(credential, ""))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("allowed hosts only with a callback that asks humans");
    }

    @Test
    void case31ACachedTokenThatIsNotTakenAnyMoreIsReplaced() {
        deployment.users.addToken("short-lived", "test_user1");
        TokenCallback callback = new TokenCallback(call -> OidcCallbackResult.of(call == 1 ? "short-lived" : TOKEN));
        try (MongoClient client = client(callback)) {
            find(client);
            deployment.users.removeToken("short-lived");
            deployment.fail("find", new Document("closeConnection", true));
            assertThatThrownBy(() -> find(client)).hasMessageContaining("closed");

            find(client);

            assertThat(callback.calls).hasSize(2);
        }
    }

    @Test
    void case32AFreshTokenThatIsNotTakenIsAnError() {
        TokenCallback callback = TokenCallback.of("token-that-nobody-knows");
        try (MongoClient client = client(callback)) {
            assertRefused(() -> find(client));
            assertThat(callback.calls).hasSize(1);
        }
    }

    @Test
    void case33AnotherErrorLeavesTheTokenCached() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = client(callback)) {
            deployment.failWith("saslStart", 20);
            assertRefused(() -> find(client));
            assertThat(callback.calls).hasSize(1);
            find(client);
            assertThat(callback.calls).hasSize(1);
        }
    }

    @Test
    void case41AConnectionWhoseTokenHasExpiredIsAuthenticatedAnew() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = client(callback)) {
            deployment.failWith("find", REAUTHENTICATION_REQUIRED);
            find(client);
            assertThat(callback.calls).hasSize(2);
        }
    }

    private TokenCallback onceGood() {
        return new TokenCallback(call -> OidcCallbackResult.of(call == 1 ? TOKEN : "token-that-nobody-knows"));
    }

    @Test
    void case42AReadFailsIfThatFails() {
        TokenCallback callback = onceGood();
        try (MongoClient client = client(callback)) {
            find(client);
            deployment.failWith("find", REAUTHENTICATION_REQUIRED);
            assertRefused(() -> find(client));
            assertThat(callback.calls).hasSize(2);
        }
    }

    @Test
    void case43AWriteFailsIfThatFails() {
        TokenCallback callback = onceGood();
        try (MongoClient client = client(callback)) {
            insert(client);
            deployment.failWith("insert", REAUTHENTICATION_REQUIRED);
            assertRefused(() -> insert(client));
            assertThat(callback.calls).hasSize(2);
        }
    }

    @Test
    void aServerThatAsksAgainAndAgainIsAnError() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = client(callback)) {
            deployment.fail(2, "insert", new Document("errorCode", REAUTHENTICATION_REQUIRED));
            assertThatThrownBy(() -> insert(client))
                    .cause()
                    .isInstanceOfSatisfying(MongoCommandException.class, refused -> assertThat(refused.code())
                            .isEqualTo(REAUTHENTICATION_REQUIRED));
            insert(client);
        }
    }

    @Test
    void case44SpeculationIsLeftOutWhenAuthenticatingAnew() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = client(callback)) {
            insert(client);
            deployment.fail("insert", new Document("closeConnection", true));
            assertThatThrownBy(() -> insert(client)).hasMessageContaining("closed");
            // The next connection's hello carries the token: a saslStart would fail here, and does so below.
            deployment.failWith("saslStart", 20);
            insert(client);
            assertThat(callback.calls).hasSize(1);

            deployment.failWith("insert", REAUTHENTICATION_REQUIRED);
            insert(client);
            assertThat(callback.calls).hasSize(2);
        }
    }

    @Test
    void case45AnOperationOfASessionGoesOnAfterwards() {
        TokenCallback callback = TokenCallback.of(TOKEN);
        try (MongoClient client = client(callback)) {
            deployment.failWith("find", REAUTHENTICATION_REQUIRED);
            try (ClientSession session = client.startSession()) {
                client.withSession(session)
                        .getDatabase("test")
                        .getCollection("oidc")
                        .find()
                        .toList(10)
                        .toCompletableFuture()
                        .join();
            }
            assertThat(callback.calls).hasSize(2);
        }
    }
}
