package dev.rotor.driver.core.auth;

import static dev.rotor.driver.core.auth.CloudDouble.failure;
import static dev.rotor.driver.core.auth.CloudDouble.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.Secret;
import dev.rotor.driver.core.auth.CloudDouble.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of the environments that the driver knows, against doubles of their services. */
class OidcEnvironmentTest {

    private final CloudDouble cloud;

    @TempDir
    Path directory;

    OidcEnvironmentTest() throws Exception {
        cloud = new CloudDouble();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private static MongoCredential in(String environment, @Nullable String username, @Nullable String resource) {
        MongoCredential credential =
                MongoCredential.createOidcCredential(username).withMechanismProperty("ENVIRONMENT", environment);
        return resource == null ? credential : credential.withMechanismProperty("TOKEN_RESOURCE", resource);
    }

    private CompletionStage<OidcCallbackResult> token(MongoCredential credential) {
        return OidcEnvironment.callback(credential, cloud.resources())
                .onRequest(new OidcTokens.Context(Duration.ofMinutes(1), 1, credential.username(), null, null));
    }

    private void assertToken(MongoCredential credential, String token) throws Exception {
        assertThat(get(token(credential)).accessToken()).isEqualTo(Secret.of(token));
    }

    @Test
    void testReadsTheFileThatAVariableNames() throws Exception {
        cloud.variables.put(
                "OIDC_TOKEN_FILE",
                Files.writeString(directory.resolve("token"), "abcd\n").toString());
        assertToken(in("test", null, null), "abcd");
        cloud.variables.clear();
        assertThatThrownBy(() -> token(in("test", null, null))).hasMessageContaining("OIDC_TOKEN_FILE");
    }

    @Test
    void kubernetesReadsTheFileOfTheFirstThatIsThere() throws Exception {
        cloud.serviceAccountToken = Files.writeString(directory.resolve("gke"), "of-gke");
        assertToken(in("k8s", null, null), "of-gke");
        cloud.variables.put(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                Files.writeString(directory.resolve("eks"), "of-eks").toString());
        assertToken(in("k8s", null, null), "of-eks");
        cloud.variables.put(
                "AZURE_FEDERATED_TOKEN_FILE",
                Files.writeString(directory.resolve("aks"), "of-aks").toString());
        assertToken(in("k8s", null, null), "of-aks");
    }

    @Test
    void aTokenFileThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> token(in("k8s", null, null))).hasMessageContaining("cannot be read");
    }

    @Test
    void azureIsAskedForTheResourceAndTheClient() throws Exception {
        cloud.service = request -> "{\"access_token\": \"of-azure\", \"expires_in\": \"3599\"}";
        assertToken(in("azure", null, "api://a b/c"), "of-azure");
        assertToken(in("azure", "client&1", "r"), "of-azure");
        assertThat(cloud.requests)
                .extracting(Request::uri)
                .containsExactly(
                        "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api%3A%2F%2Fa%20b%2Fc",
                        "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=r&client_id=client%261");
        assertThat(cloud.requests.get(0).method()).isEqualTo("GET");
        assertThat(cloud.requests.get(0).header("Metadata")).isEqualTo("true");
        assertThat(cloud.requests.get(0).header("Accept")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "{}", "{\"access_token\": 1}"})
    void anAnswerOfAzureWithoutATokenIsAnError(String body) throws Exception {
        cloud.service = request -> body;
        assertThat(failure(token(in("azure", null, "r")))).hasMessageContaining("Azure's instance metadata answered");
    }

    @Test
    void googleAnswersWithTheTokenItself() throws Exception {
        cloud.service = request -> "of-google\n";
        assertToken(in("gcp", null, "mongodb://a:1,b"), "of-google");
        Request request = cloud.requests.get(0);
        assertThat(request.uri())
                .isEqualTo("/computeMetadata/v1/instance/service-accounts/default/identity?audience="
                        + "mongodb%3A%2F%2Fa%3A1%2Cb");
        assertThat(request.header("Metadata-flavor")).isEqualTo("Google");
    }

    @ParameterizedTest
    @ValueSource(strings = {"azure", "gcp"})
    void aRefusalIsAnErrorWithItsBody(String environment) throws Exception {
        assertThat(failure(token(in(environment, null, "r"))))
                .hasMessageEndingWith("answered with status 404: nothing here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"azure", "gcp"})
    void whatIsGivenUpFreesTheThreadThatAsked(String environment) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        cloud.service = request -> {
            asked.countDown();
            return CloudDouble.SILENCE;
        };
        CompletableFuture<OidcCallbackResult> token = OidcEnvironment.callback(
                        in(environment, null, "r"), cloud.resources())
                .onRequest(new OidcTokens.Context(Duration.ofMinutes(10), 1, null, null, null))
                .toCompletableFuture();
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        token.cancel(true);
        cloud.helpers.shutdown();
        assertThat(cloud.helpers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, a.example.com, true",
        "*.example.com, a.b.EXAMPLE.com, true",
        "*.example.com, example.com, false",
        "*.example.com, badexample.com, false",
        "example.com, a.example.com, false",
        "localhost, localhost, true",
        "127.0.0.1, 127.0.0.1, true",
        "'::1', '::1', true",
        "*.mongodb.net, mongodb.net.example.com, false"
    })
    void hostsAreAllowedByNameOrByDomain(String pattern, String host, boolean allowed) {
        assertThat(OidcHosts.allow(List.of("other.example", pattern), host)).isEqualTo(allowed);
    }
}
