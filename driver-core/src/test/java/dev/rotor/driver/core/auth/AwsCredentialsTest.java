package dev.rotor.driver.core.auth;

import static dev.rotor.driver.core.auth.CloudDouble.failure;
import static dev.rotor.driver.core.auth.CloudDouble.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.Secret;
import dev.rotor.driver.core.auth.CloudDouble.Request;
import dev.rotor.driver.spi.AwsCredential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where credentials of AWS come from, against doubles of the services that give them. */
class AwsCredentialsTest {

    private static final AwsCredential TEMPORARY =
            new AwsCredential("ASIAEXAMPLE", Secret.of("key/+="), Secret.of("token/+="));

    private final CloudDouble cloud;
    private final AwsCredentials credentials;

    @TempDir
    Path directory;

    AwsCredentialsTest() throws Exception {
        cloud = new CloudDouble();
        credentials = new AwsCredentials(null, cloud.resources());
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private CompletionStage<AwsCredential> credentials() {
        return credentials.get(cloud.transport.loop());
    }

    private static String answer(String expiration) {
        return "{\"Code\": \"Success\", \"AccessKeyId\": \"ASIAEXAMPLE\", \"SecretAccessKey\": \"key/+=\","
                + " \"Token\": \"token/+=\", \"Expiration\": \"" + expiration + "\"}";
    }

    // ---- environment variables

    @Test
    void variablesAreReadAgainEachTime() throws Exception {
        cloud.variables.put("AWS_ACCESS_KEY_ID", "AKIA1");
        cloud.variables.put("AWS_SECRET_ACCESS_KEY", "key1");
        assertThat(get(credentials())).isEqualTo(new AwsCredential("AKIA1", Secret.of("key1"), null));
        cloud.variables.put("AWS_SECRET_ACCESS_KEY", "key2");
        cloud.variables.put("AWS_SESSION_TOKEN", "token2");
        assertThat(get(credentials())).isEqualTo(new AwsCredential("AKIA1", Secret.of("key2"), Secret.of("token2")));
        assertThat(cloud.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
    void halfOfWhatIsNeededIsAnErrorThatSaysSo(String variable) {
        cloud.variables.put(variable, "value-of-it");
        assertThatThrownBy(this::credentials).hasMessageContaining(variable).hasMessageNotContaining("value-of-it");
    }

    // ---- ECS

    private @Nullable String container(Request request) {
        return request.uri().equals("/v2/credentials/uuid") && request.method().equals("GET")
                ? answer("2030-01-01T06:00:00Z")
                : null;
    }

    @Test
    void aContainersCredentialsAreKeptUntilFiveMinutesBeforeTheirEnd() throws Exception {
        cloud.variables.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/uuid");
        cloud.service = this::container;
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        cloud.now =
                cloud.now.plus(Duration.ofHours(6)).minus(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        assertThat(cloud.requests).hasSize(1);
        cloud.now = cloud.now.plusSeconds(1);
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        assertThat(cloud.requests).hasSize(2);
    }

    @Test
    void whatIsKeptComesBeforeVariablesThatAreSetLaterAndIsForgottenWhenItFails() throws Exception {
        cloud.variables.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/uuid");
        cloud.service = this::container;
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        cloud.variables.put("AWS_ACCESS_KEY_ID", "AKIA1");
        cloud.variables.put("AWS_SECRET_ACCESS_KEY", "key1");
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        credentials.invalidate();
        assertThat(get(credentials()).accessKeyId()).isEqualTo("AKIA1");
    }

    // ---- EC2

    private @Nullable String machine(Request request) {
        if (request.uri().equals("/latest/api/token")) {
            return request.method().equals("PUT") && "30".equals(request.header("X-aws-ec2-metadata-token-ttl-seconds"))
                    ? "session"
                    : null;
        }
        if (!"session".equals(request.header("X-aws-ec2-metadata-token"))) {
            return null;
        }
        return switch (request.uri()) {
            case "/latest/meta-data/iam/security-credentials/" -> "my-role\n";
            case "/latest/meta-data/iam/security-credentials/my-role" -> answer("2030-01-01T06:00:00Z");
            default -> null;
        };
    }

    @Test
    void aMachinesCredentialsAreThoseOfItsRoleByAMetadataSession() throws Exception {
        cloud.service = this::machine;
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        assertThat(cloud.requests).hasSize(3);
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        assertThat(cloud.requests).hasSize(3);
    }

    /** A captive portal or a proxy may answer anything at all. */
    static Stream<String> notTokens() {
        return Stream.of("", "secret\nsecond line", "secret\u0007", "secret\u00e9", "secret".repeat(2_000));
    }

    @ParameterizedTest
    @MethodSource("notTokens")
    void aMetadataTokenThatIsNoneIsRefusedWithoutItsContents(String body) throws Exception {
        cloud.service = request -> body;
        Throwable failure = failure(credentials());
        assertThat(failure)
                .hasMessage("the instance metadata service of AWS answered with something that is not a token");
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each.getMessage())).doesNotContain("secret");
        }
        assertThat(cloud.requests).hasSize(1);
    }

    // ---- EKS

    @Test
    void aWebIdentityIsExchangedAtTheSecurityTokenService() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "web+token\n");
        cloud.variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString());
        cloud.variables.put("AWS_ROLE_ARN", "arn:aws:iam::1:role/r");
        cloud.variables.put("AWS_ROLE_SESSION_NAME", "app1");
        cloud.service = request ->
                "{\"Credentials\": " + answer("2030-01-01T06:00:00Z").replace("\"Token\"", "\"SessionToken\"") + "}";
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        Request request = cloud.requests.get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/");
        assertThat(request.header("Accept")).isEqualTo("application/json");
        assertThat(request.body())
                .isEqualTo(
                        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"
                                + "&RoleSessionName=app1&WebIdentityToken=web%2Btoken");
    }

    @Test
    void theServicesOwnFormIsReadTooAndTheSessionGetsANameOfItsOwn() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "t");
        cloud.variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString());
        cloud.variables.put("AWS_ROLE_ARN", "r");
        cloud.service = request ->
                "{\"AssumeRoleWithWebIdentityResponse\": {\"AssumeRoleWithWebIdentityResult\": {\"Credentials\":"
                        + " {\"AccessKeyId\": \"ASIAEXAMPLE\", \"SecretAccessKey\": \"key/+=\", \"SessionToken\":"
                        + " \"token/+=\", \"Expiration\": 1.8934776E9}}}}";
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        assertThat(cloud.requests.get(0).body()).contains("&RoleSessionName=rotor-0000000000000000&");
        assertThat(get(credentials())).isEqualTo(TEMPORARY);
        assertThat(cloud.requests).hasSize(1);
    }

    @Test
    void aTokenFileThatIsNotThereIsAnErrorThatNamesTheVariable() {
        cloud.variables.put(
                "AWS_WEB_IDENTITY_TOKEN_FILE", directory.resolve("gone").toString());
        cloud.variables.put("AWS_ROLE_ARN", "r");
        assertThatThrownBy(this::credentials).hasMessageContaining("AWS_WEB_IDENTITY_TOKEN_FILE");
    }

    // ---- a source

    @Test
    void aSourceTakesThePlaceOfTheEnvironmentAndIsAskedEachTime() throws Exception {
        cloud.variables.put("AWS_ACCESS_KEY_ID", "AKIA1");
        cloud.variables.put("AWS_SECRET_ACCESS_KEY", "key1");
        int[] calls = {0};
        AwsCredentials given = new AwsCredentials(
                () -> {
                    calls[0]++;
                    return CompletableFuture.completedStage(TEMPORARY);
                },
                cloud.resources());
        assertThat(get(given.get(cloud.transport.loop()))).isEqualTo(TEMPORARY);
        assertThat(get(given.get(cloud.transport.loop()))).isEqualTo(TEMPORARY);
        assertThat(calls[0]).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("NullAway")
    void aSourceThatGivesNothingIsAnError() throws Exception {
        AwsCredentials nothing = new AwsCredentials(() -> CompletableFuture.completedStage(null), cloud.resources());
        assertThat(failure(nothing.get(cloud.transport.loop()))).hasMessageContaining("gave null");
        AwsCredentials none = new AwsCredentials(() -> null, cloud.resources());
        assertThatThrownBy(() -> none.get(cloud.transport.loop())).hasMessageContaining("returned null");
    }

    // ---- what services may do

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON with a secret",
                "[]",
                "{}",
                "{\"AccessKeyId\": \"a\", \"SecretAccessKey\": \"secret\"}",
                "{\"AccessKeyId\": 1, \"SecretAccessKey\": \"secret\", \"Token\": \"secret\"}",
                "{\"AccessKeyId\": \"a\", \"SecretAccessKey\": \"secret\", \"Token\": \"secret\", \"Expiration\": \"soon\"}"
            })
    void anAnswerThatIsNotOneIsAnErrorWithoutItsContents(String body) throws Exception {
        cloud.variables.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x");
        cloud.service = request -> body;
        Throwable failure = failure(credentials());
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(failure.toString()).doesNotContain("secret");
    }

    @Test
    void aServiceThatRefusesIsAnErrorThatNamesIt() throws Exception {
        cloud.variables.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x");
        assertThat(failure(credentials())).hasMessageMatching("http://127.0.0.1:[0-9]+/x answered with status 404");
    }

    @Test
    void aServiceThatSaysNothingIsGivenUpAfterTenSeconds() throws Exception {
        cloud.variables.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x");
        cloud.service = request -> CloudDouble.SILENCE;
        CompletionStage<AwsCredential> waits = credentials();
        cloud.transport.loop().advance(Duration.ofMillis(9_999));
        assertThat(waits.toCompletableFuture()).isNotDone();
        cloud.transport.loop().advance(Duration.ofMillis(1));
        assertThat(failure(waits)).isInstanceOf(TimeoutException.class).hasMessageContaining("within PT10S");
    }
}
