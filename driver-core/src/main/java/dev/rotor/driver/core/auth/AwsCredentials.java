package dev.rotor.driver.core.auth;

import dev.rotor.driver.Secret;
import dev.rotor.driver.spi.AwsCredential;
import dev.rotor.driver.spi.AwsCredentialSource;
import dev.rotor.driver.transport.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials of AWS in the order of "Credential Fetching Order", and keeps those that a service gave until five
 * minutes before they expire. Nothing is locked: several connections may ask a service at the same time, and the last
 * answer stays.
 */
final class AwsCredentials {

    /** Credentials are renewed that long before they expire. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final String METADATA_TOKEN = "X-aws-ec2-metadata-token";
    private static final String METADATA_TOKEN_SECONDS = "30";
    /** In characters; real ones have 56. */
    private static final int MOST_OF_TOKEN = 4_096;

    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

    private record Cached(AwsCredential credential, Instant expiration) {}

    private final @Nullable AwsCredentialSource source;
    private final AuthResources resources;
    private final AtomicReference<@Nullable Cached> cache = new AtomicReference<>();

    AwsCredentials(@Nullable AwsCredentialSource source, AuthResources resources) {
        this.source = source;
        this.resources = resources;
    }

    /**
     * Gives credentials. To be called on the executor, since it may read a file or call what is the user's.
     *
     * @param loop keeps the time of HTTP requests
     */
    CompletionStage<AwsCredential> get(EventLoop loop) {
        if (source != null) {
            return checked(source.credentials());
        }
        Cached cached = cache.get();
        if (cached != null && isFresh(cached)) {
            return CompletableFuture.completedStage(cached.credential());
        }
        AwsCredential ofVariables = ofVariables();
        if (ofVariables != null) {
            return CompletableFuture.completedStage(ofVariables);
        }
        return asked(loop).thenApply(answer -> {
            if (isFresh(answer)) {
                cache.set(answer);
            }
            return answer.credential();
        });
    }

    /** Authentication has failed: what is kept may be why. */
    void invalidate() {
        cache.set(null);
    }

    private boolean isFresh(Cached cached) {
        return resources.time().instant().plus(MARGIN).isBefore(cached.expiration());
    }

    private static CompletionStage<AwsCredential> checked(@Nullable CompletionStage<AwsCredential> given) {
        if (given == null) {
            throw new IllegalStateException("the source of AWS credentials returned null");
        }
        return given.thenApply(credential -> {
            if (credential == null) {
                throw new IllegalStateException("the source of AWS credentials gave null");
            }
            return credential;
        });
    }

    // ---- environment variables

    private @Nullable AwsCredential ofVariables() {
        String id = variable("AWS_ACCESS_KEY_ID");
        String secret = variable("AWS_SECRET_ACCESS_KEY");
        String token = variable("AWS_SESSION_TOKEN");
        if (id == null && secret == null) {
            if (token != null) {
                throw new IllegalStateException(
                        "AWS_SESSION_TOKEN is set, but neither AWS_ACCESS_KEY_ID nor AWS_SECRET_ACCESS_KEY");
            }
            return null;
        }
        if (id == null || secret == null) {
            throw new IllegalStateException(
                    "of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set: both are needed");
        }
        return new AwsCredential(id, Secret.of(secret), token == null ? null : Secret.of(token));
    }

    private @Nullable String variable(String name) {
        String value = resources.variables().apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    // ---- services

    private CompletionStage<Cached> asked(EventLoop loop) {
        String tokenFile = variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        String role = variable("AWS_ROLE_ARN");
        if (tokenFile != null && role != null) {
            return webIdentity(loop, tokenFile, role);
        }
        String container = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        if (container != null) {
            return container(loop, container);
        }
        return machine(loop);
    }

    private CompletionStage<Cached> webIdentity(EventLoop loop, String tokenFile, String role) {
        String token;
        try {
            token = Files.readString(Path.of(tokenFile)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the file that AWS_WEB_IDENTITY_TOKEN_FILE names cannot be read: " + e.getMessage(), e);
        }
        String session = variable("AWS_ROLE_SESSION_NAME");
        if (session == null) {
            session = "rotor-" + HexFormat.of().formatHex(resources.random().apply(8));
        }
        String form = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=" + encoded(role)
                + "&RoleSessionName=" + encoded(session) + "&WebIdentityToken=" + encoded(token);
        CloudHttp.Request request = CloudHttp.Request.post(
                        resources.endpoints().sts().resolve("/"), form)
                .header("Accept", "application/json");
        return send(loop, request).thenApply(answer -> ofSts(answer.json()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private CompletionStage<Cached> container(EventLoop loop, String path) {
        URI uri = resources.endpoints().container().resolve(path.startsWith("/") ? path : "/" + path);
        return send(loop, CloudHttp.Request.get(uri).header("Accept", "application/json"))
                .thenApply(answer -> credential(answer.json(), "Token"));
    }

    /** With a session of version 2 of the instance metadata service. */
    private CompletionStage<Cached> machine(EventLoop loop) {
        URI base = resources.endpoints().machine();
        CloudHttp.Request session = CloudHttp.Request.put(base.resolve("/latest/api/token"))
                .header(METADATA_TOKEN + "-ttl-seconds", METADATA_TOKEN_SECONDS);
        return send(loop, session).thenCompose(token -> {
            String secret = metadataToken(token.text().strip());
            return send(loop, ofMachine(base.resolve(ROLES), secret)).thenCompose(role -> {
                URI uri = base.resolve(ROLES + encoded(role.text().strip()).replace("+", "%20"));
                return send(loop, ofMachine(uri, secret)).thenApply(answer -> credential(answer.json(), "Token"));
            });
        });
    }

    /** What is no header is not shown either, as the JDK would: it may be a secret all the same. */
    private static String metadataToken(String text) {
        boolean good = !text.isEmpty()
                && text.length() <= MOST_OF_TOKEN
                && text.chars().allMatch(each -> each > ' ' && each < 0x7f);
        if (!good) {
            throw new IllegalStateException(
                    "the instance metadata service of AWS answered with something that is not a token");
        }
        return text;
    }

    private static CloudHttp.Request ofMachine(URI uri, String token) {
        return CloudHttp.Request.get(uri).header("Accept", "application/json").header(METADATA_TOKEN, token);
    }

    private CompletionStage<CloudHttp.Answer> send(EventLoop loop, CloudHttp.Request request) {
        return resources.http().send(request, CloudHttp.USUAL_TIMEOUT, loop);
    }

    // ---- answers

    /** The Security Token Service wraps its answer in two names; the specification shows it without them. */
    private static Cached ofSts(BsonDocument answer) {
        BsonDocument inner = answer.getDocument("AssumeRoleWithWebIdentityResponse", answer);
        inner = inner.getDocument("AssumeRoleWithWebIdentityResult", inner);
        if (!inner.isDocument("Credentials")) {
            throw new IllegalStateException("the Security Token Service answered without Credentials");
        }
        return credential(inner.getDocument("Credentials"), "SessionToken");
    }

    private static Cached credential(BsonDocument answer, String tokenName) {
        AwsCredential credential = new AwsCredential(
                text(answer, "AccessKeyId"),
                Secret.of(text(answer, "SecretAccessKey")),
                Secret.of(text(answer, tokenName)));
        return new Cached(credential, expiration(answer));
    }

    private static String text(BsonDocument answer, String name) {
        BsonValue value = answer.get(name);
        if (value == null || !value.isString() || value.asString().getValue().isEmpty()) {
            throw new IllegalStateException("the answer with AWS credentials has no " + name);
        }
        return value.asString().getValue();
    }

    /** As text, or in seconds; without one, credentials are not kept. */
    private static Instant expiration(BsonDocument answer) {
        BsonValue value = answer.get("Expiration");
        if (value == null) {
            return Instant.MIN;
        }
        if (value.isNumber()) {
            return Instant.ofEpochSecond(value.asNumber().longValue());
        }
        try {
            return Instant.parse(Objects.requireNonNull(value.asString().getValue()));
        } catch (DateTimeParseException e) {
            throw new IllegalStateException("the Expiration of AWS credentials is not a date", e);
        }
    }
}
