package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoDriverInformation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prose test 1 of the handshake specification, and what lies around it. */
class ClientMetadataTest {

    private static final MongoDriverInformation LIBRARY =
            new MongoDriverInformation("library", "1.2", "Library Platform");

    private static ClientEnvironment environment(Map<String, String> variables, boolean docker) {
        return new ClientEnvironment("1.2.3", "Linux", "Linux", "amd64", "6.1", "Java/test", variables::get, docker);
    }

    private static ClientMetadata metadata(@Nullable MongoDriverInformation library) {
        return new ClientMetadata("app", library, environment(Map.of(), false));
    }

    private static BsonDocument client(ClientMetadata metadata) {
        byte[] bson = metadata.bson();
        assertThat(bson.length).isLessThanOrEqualTo(512);
        return new RawBsonDocument(bson);
    }

    private static BsonDocument client(Map<String, String> variables) {
        return client(new ClientMetadata(null, null, environment(variables, false)));
    }

    private static void assertEnv(Map<String, String> variables, String expected) {
        assertThat(client(variables).getDocument("env")).isEqualTo(BsonDocument.parse(expected));
    }

    private static Map<String, String> variables(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return variables;
    }

    // ---- Test 1: that environment metadata is properly captured

    @Test
    void test1Case1ValidAws() {
        assertEnv(
                variables(
                        "AWS_EXECUTION_ENV", "AWS_Lambda_java8",
                        "AWS_REGION", "us-east-2",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"),
                "{name: 'aws.lambda', region: 'us-east-2', memory_mb: 1024}");
    }

    @Test
    void test1Case2ValidAzure() {
        assertEnv(variables("FUNCTIONS_WORKER_RUNTIME", "node"), "{name: 'azure.func'}");
    }

    @Test
    void test1Case3ValidGcp() {
        assertEnv(
                variables(
                        "K_SERVICE", "servicename",
                        "FUNCTION_MEMORY_MB", "1024",
                        "FUNCTION_TIMEOUT_SEC", "60",
                        "FUNCTION_REGION", "us-central1"),
                "{name: 'gcp.func', memory_mb: 1024, timeout_sec: 60, region: 'us-central1'}");
    }

    @Test
    void test1Case4ValidVercel() {
        assertEnv(variables("VERCEL", "1", "VERCEL_REGION", "cdg1"), "{name: 'vercel', region: 'cdg1'}");
    }

    @Test
    void test1Case5InvalidMultipleProviders() {
        assertThat(client(variables("AWS_EXECUTION_ENV", "AWS_Lambda_java8", "FUNCTIONS_WORKER_RUNTIME", "node")))
                .doesNotContainKey("env");
    }

    @Test
    void test1Case6InvalidLongString() {
        assertEnv(
                variables("AWS_EXECUTION_ENV", "AWS_Lambda_java8", "AWS_REGION", "a".repeat(512)),
                "{name: 'aws.lambda'}");
    }

    @Test
    void test1Case7InvalidWrongTypes() {
        assertEnv(
                variables("AWS_EXECUTION_ENV", "AWS_Lambda_java8", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "big"),
                "{name: 'aws.lambda'}");
    }

    @Test
    void test1Case8InvalidAwsExecutionEnvDoesNotStartWithAwsLambda() {
        assertThat(client(variables("AWS_EXECUTION_ENV", "EC2"))).doesNotContainKey("env");
    }

    @Test
    void test1Case9ValidContainerAndFaasProvider() {
        assertEnv(
                variables(
                        "AWS_EXECUTION_ENV", "AWS_Lambda_java8",
                        "AWS_REGION", "us-east-2",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                        "KUBERNETES_SERVICE_HOST", "1"),
                "{name: 'aws.lambda', region: 'us-east-2', memory_mb: 1024,"
                        + " container: {orchestrator: 'kubernetes'}}");
    }

    @Test
    void vercelTakesPrecedenceOverAwsAndOverNothingElse() {
        assertEnv(variables("VERCEL", "1", "AWS_LAMBDA_RUNTIME_API", "x"), "{name: 'vercel'}");
        assertThat(client(variables("VERCEL", "1", "K_SERVICE", "x"))).doesNotContainKey("env");
        assertThat(client(variables("FUNCTIONS_WORKER_RUNTIME", "x", "FUNCTION_NAME", "x")))
                .doesNotContainKey("env");
    }

    @Test
    void emptyVariablesAreAsGoodAsNone() {
        assertThat(client(variables("VERCEL", "", "K_SERVICE", "", "KUBERNETES_SERVICE_HOST", "")))
                .doesNotContainKey("env");
        assertEnv(variables("VERCEL", "1", "VERCEL_REGION", ""), "{name: 'vercel'}");
    }

    @Test
    void aDockerContainerIsToldByItsFile() {
        ClientMetadata metadata =
                new ClientMetadata(null, null, environment(variables("KUBERNETES_SERVICE_HOST", "1"), true));
        assertThat(client(metadata).getDocument("env"))
                .isEqualTo(BsonDocument.parse("{container: {runtime: 'docker', orchestrator: 'kubernetes'}}"));
    }

    // ---- appending

    @Test
    void metadataThatEqualsWhatIsThereIsNotAppended() {
        MongoDriverInformation framework = new MongoDriverInformation("framework", "2.0", "Framework Platform");
        for (ClientMetadata metadata : List.of(metadata(null), metadata(LIBRARY))) {
            metadata.append(LIBRARY);
            byte[] one = metadata.bson();
            metadata.append(new MongoDriverInformation("library", "1.2", "Library Platform"));
            assertThat(metadata.bson()).isSameAs(one);
            metadata.append(framework);
            byte[] two = metadata.bson();
            assertThat(two).isNotEqualTo(one);
            metadata.append(LIBRARY);
            metadata.append(framework);
            assertThat(metadata.bson()).isSameAs(two);
        }
    }

    // ---- the rest of the document

    @Test
    void theDocumentSaysWhatTheDriverRunsOn() {
        assertThat(client(metadata(null)))
                .isEqualTo(BsonDocument.parse("{application: {name: 'app'},"
                        + " driver: {name: 'rotor', version: '1.2.3'},"
                        + " os: {type: 'Linux', name: 'Linux', architecture: 'amd64', version: '6.1'},"
                        + " platform: 'Java/test'}"));
    }

    @Test
    void anApplicationWithoutANameIsLeftOut() {
        assertThat(client(Map.of())).doesNotContainKey("application");
    }

    @Test
    void thisProcessIsDescribedWithTheVersionOfTheBuild() {
        ClientEnvironment current = ClientEnvironment.current("nio");
        assertThat(current.driverVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(current.platform())
                .startsWith("Java/")
                .endsWith("/nio")
                .contains(Runtime.version().toString());
        assertThat(current.osType()).isIn("Linux", "Darwin", "Windows", "unknown");
    }

    @ParameterizedTest
    @CsvSource({"Linux, Linux", "Mac OS X, Darwin", "Windows 11, Windows", "AIX, unknown"})
    void systemsAreToldByTheNamesThatTheSpecificationUses(String name, String type) {
        assertThat(ClientEnvironment.osType(name)).isEqualTo(type);
    }

    // ---- 512 bytes

    @Test
    void whatDoesNotFitIsLeftOutInTheSpecificationsOrder() {
        Map<String, String> lambda = variables(
                "AWS_EXECUTION_ENV", "AWS_Lambda_java8",
                "AWS_REGION", "r".repeat(60),
                "KUBERNETES_SERVICE_HOST", "1");
        List<String> steps = new ArrayList<>();
        for (int platform = 1; platform < 700; platform++) {
            String step = step(withPlatformOf(lambda, platform), platform);
            if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(step)) {
                steps.add(step);
            }
        }
        assertThat(steps)
                .containsExactly("whole", "env has its name only", "os has its type only", "no env", "platform cut");
    }

    /** What was left out; every step leaves out what those before it did. */
    private static String step(BsonDocument client, int platform) {
        boolean os = client.getDocument("os").size() == 4;
        boolean env = client.containsKey("env");
        boolean whole = env && client.getDocument("env").size() == 3;
        int left = client.getString("platform").getValue().length();
        if (left < platform) {
            assertThat(env || os).isFalse();
            return "platform cut";
        }
        if (!env) {
            assertThat(os).isFalse();
            return "no env";
        }
        if (!os) {
            assertThat(client.getDocument("env").keySet()).containsExactly("name");
            return "os has its type only";
        }
        return whole ? "whole" : "env has its name only";
    }

    @Test
    void anEnvironmentThatIsOnlyAContainerIsLeftOutWhole() {
        Map<String, String> container = variables("KUBERNETES_SERVICE_HOST", "1");
        for (int platform = 1; platform < 700; platform++) {
            BsonDocument client = withPlatformOf(container, platform);
            if (client.containsKey("env")) {
                assertThat(client.getDocument("env").keySet()).containsExactly("container");
            }
        }
        assertThat(withPlatformOf(container, 699)).doesNotContainKey("env");
    }

    @Test
    void platformIsCutBetweenCharacters() {
        ClientEnvironment environment =
                new ClientEnvironment("1", "Linux", "Linux", "amd64", "6", "€".repeat(300), name -> null, false);
        String platform = client(new ClientMetadata(null, null, environment))
                .getString("platform")
                .getValue();
        assertThat(platform).matches("€+");
    }

    @Test
    void librariesWithVeryLongNamesDoNotMakeTheHandshakeFail() {
        ClientMetadata metadata = metadata(null);
        metadata.append(new MongoDriverInformation("n".repeat(700), "v".repeat(700), "p".repeat(700)));
        BsonDocument client = client(metadata);
        assertThat(driver(client, "name")).startsWith("rotor|nn");
        assertThat(client.getDocument("os").keySet()).containsExactly("type");
    }

    private static BsonDocument withPlatformOf(Map<String, String> variables, int platform) {
        ClientEnvironment environment = new ClientEnvironment(
                "1.2.3", "Linux", "Linux", "amd64", "6.1", "p".repeat(platform), variables::get, false);
        return client(new ClientMetadata(null, null, environment));
    }

    private static String driver(BsonDocument client, String field) {
        return client.getDocument("driver").getString(field).getValue();
    }
}
