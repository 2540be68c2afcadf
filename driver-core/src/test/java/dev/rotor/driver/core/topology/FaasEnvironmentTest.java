package dev.rotor.driver.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FaasEnvironmentTest {

    @Test
    void eachProviderIsRecognised() {
        assertThat(FaasEnvironment.detected(Map.of("AWS_EXECUTION_ENV", "AWS_Lambda_java17")))
                .isTrue();
        assertThat(FaasEnvironment.detected(Map.of("AWS_LAMBDA_RUNTIME_API", "x")))
                .isTrue();
        assertThat(FaasEnvironment.detected(Map.of("FUNCTIONS_WORKER_RUNTIME", "java")))
                .isTrue();
        assertThat(FaasEnvironment.detected(Map.of("K_SERVICE", "x"))).isTrue();
        assertThat(FaasEnvironment.detected(Map.of("FUNCTION_NAME", "x"))).isTrue();
        assertThat(FaasEnvironment.detected(Map.of("VERCEL", "1"))).isTrue();
    }

    @Test
    void vercelOnAwsIsOneProviderButTwoOthersAreAContradiction() {
        assertThat(FaasEnvironment.detected(Map.of("VERCEL", "1", "AWS_LAMBDA_RUNTIME_API", "x")))
                .isTrue();
        assertThat(FaasEnvironment.detected(Map.of("K_SERVICE", "x", "AWS_LAMBDA_RUNTIME_API", "x")))
                .isFalse();
    }

    @Test
    void anythingElseIsNone() {
        assertThat(FaasEnvironment.detected(Map.of())).isFalse();
        assertThat(FaasEnvironment.detected(Map.of("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE")))
                .isFalse();
        assertThat(FaasEnvironment.detected(Map.of("VERCEL", ""))).isFalse();
    }
}
