package dev.rotor.driver.core.auth;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackContext;
import dev.rotor.driver.OidcCallbackResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.bson.BsonDocument;

/**
 * The callbacks that environments offer: "Built-in OIDC Environment Integrations" of the Authentication specification.
 */
final class OidcEnvironment {

    private static final int SHOWN = 1_000;

    private OidcEnvironment() {}

    /** The callback for the property {@code ENVIRONMENT}, which is one of those that are known. */
    static OidcCallback callback(MongoCredential credential, AuthResources resources) {
        String environment = requireNonNull(credential.mechanismProperties().get("ENVIRONMENT"), "ENVIRONMENT");
        return switch (environment) {
            case "test" -> context -> ofFile(variable(resources, "OIDC_TOKEN_FILE"));
            case "k8s" -> context -> ofFile(kubernetes(resources));
            case "azure" -> context -> azure(credential, resources, context);
            case "gcp" -> context -> google(credential, resources, context);
            default -> throw new IllegalArgumentException(environment);
        };
    }

    // ---- files

    private static Path variable(AuthResources resources, String name) {
        String value = resources.variables().apply(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("the environment variable " + name + " is not set");
        }
        return Path.of(value);
    }

    private static Path kubernetes(AuthResources resources) {
        for (String name : new String[] {"AZURE_FEDERATED_TOKEN_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE"}) {
            String value = resources.variables().apply(name);
            if (value != null) {
                return Path.of(value);
            }
        }
        return resources.endpoints().serviceAccountToken();
    }

    private static CompletionStage<OidcCallbackResult> ofFile(Path file) {
        try {
            return CompletableFuture.completedStage(
                    OidcCallbackResult.of(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("the file of the token cannot be read: " + e, e);
        }
    }

    // ---- services

    private static CompletionStage<OidcCallbackResult> azure(
            MongoCredential credential, AuthResources resources, OidcCallbackContext context) {
        String client = credential.username();
        URI uri = resources
                .endpoints()
                .machine()
                .resolve("/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" + resource(credential)
                        + (client == null ? "" : "&client_id=" + encoded(client)));
        CloudHttp.Request request =
                CloudHttp.Request.get(uri).header("Accept", "application/json").header("Metadata", "true");
        return ask(resources, context, request, body -> {
            BsonDocument answer;
            try {
                answer = BsonDocument.parse(body);
            } catch (RuntimeException e) {
                throw new IllegalStateException("Azure's instance metadata answered with something that is not JSON");
            }
            if (!answer.isString("access_token")) {
                throw new IllegalStateException("Azure's instance metadata answered without an access_token");
            }
            return OidcCallbackResult.of(answer.getString("access_token").getValue());
        });
    }

    private static CompletionStage<OidcCallbackResult> google(
            MongoCredential credential, AuthResources resources, OidcCallbackContext context) {
        URI uri = resources
                .endpoints()
                .google()
                .resolve("/computeMetadata/v1/instance/service-accounts/default/identity?audience="
                        + resource(credential));
        CloudHttp.Request request = CloudHttp.Request.get(uri).header("Metadata-Flavor", "Google");
        return ask(resources, context, request, body -> OidcCallbackResult.of(body.strip()));
    }

    private static String resource(MongoCredential credential) {
        return encoded(requireNonNull(credential.mechanismProperties().get("TOKEN_RESOURCE"), "TOKEN_RESOURCE"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static CompletionStage<OidcCallbackResult> ask(
            AuthResources resources,
            OidcCallbackContext context,
            CloudHttp.Request request,
            Function<String, OidcCallbackResult> read) {
        // Whoever calls the callback keeps its time, and cancels what it has given.
        CompletableFuture<CloudHttp.Answer> asked = resources.http().send(request, context.timeout(), null);
        CompletableFuture<OidcCallbackResult> token = asked.thenApply(answer -> {
            if (answer.status() != 200) {
                String body = answer.body();
                throw new IllegalStateException(request.uri().getAuthority() + " answered with status "
                        + answer.status() + ": "
                        + (body.length() > SHOWN ? body.substring(0, SHOWN) + "..." : body));
            }
            return read.apply(answer.body());
        });
        var unused = token.whenComplete((given, failure) -> {
            if (token.isCancelled()) {
                asked.cancel(true);
            }
        });
        return token;
    }
}
