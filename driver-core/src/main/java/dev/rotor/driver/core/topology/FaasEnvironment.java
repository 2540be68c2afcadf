package dev.rotor.driver.core.topology;

import java.util.Map;

/**
 * Whether the process runs as a function of a cloud provider, by the rules for {@code client.env} of the MongoDB
 * Handshake specification.
 */
final class FaasEnvironment {

    private FaasEnvironment() {}

    /** Whether exactly one provider shows in the environment variables. */
    static boolean detected(Map<String, String> environment) {
        boolean vercel = isSet(environment, "VERCEL");
        boolean aws = environment.getOrDefault("AWS_EXECUTION_ENV", "").startsWith("AWS_Lambda_")
                || isSet(environment, "AWS_LAMBDA_RUNTIME_API");
        boolean azure = isSet(environment, "FUNCTIONS_WORKER_RUNTIME");
        boolean gcp = isSet(environment, "K_SERVICE") || isSet(environment, "FUNCTION_NAME");
        // Vercel runs on AWS: both together are Vercel, any other two are a contradiction.
        int providers = (vercel || aws ? 1 : 0) + (azure ? 1 : 0) + (gcp ? 1 : 0);
        return providers == 1;
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }
}
