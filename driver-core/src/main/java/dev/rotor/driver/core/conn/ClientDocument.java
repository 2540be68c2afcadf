package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoDriverInformation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/** Builds the {@code client} document of the handshake and makes it fit. Pure functions. */
final class ClientDocument {

    /** Servers refuse more. */
    static final int MAX_BYTES = 512;

    private static final String DRIVER_NAME = "rotor";

    private ClientDocument() {}

    static byte[] encode(
            @Nullable String applicationName, List<MongoDriverInformation> libraries, ClientEnvironment environment) {
        StringBuilder name = new StringBuilder(DRIVER_NAME);
        StringBuilder version = new StringBuilder(environment.driverVersion());
        StringBuilder platform = new StringBuilder(environment.platform());
        for (MongoDriverInformation library : libraries) {
            append(name, library.name());
            append(version, library.version());
            append(platform, library.platform());
        }
        BsonDocument client = new BsonDocument();
        if (applicationName != null) {
            client.append("application", new BsonDocument("name", new BsonString(applicationName)));
        }
        client.append(
                "driver",
                new BsonDocument("name", new BsonString(name.toString()))
                        .append("version", new BsonString(version.toString())));
        client.append(
                "os",
                new BsonDocument("type", new BsonString(environment.osType()))
                        .append("name", new BsonString(environment.osName()))
                        .append("architecture", new BsonString(environment.osArchitecture()))
                        .append("version", new BsonString(environment.osVersion())));
        client.append("platform", new BsonString(platform.toString()));
        BsonDocument env = env(environment.variables(), environment.docker());
        if (!env.isEmpty()) {
            client.append("env", env);
        }
        return fit(client);
    }

    private static void append(StringBuilder to, String part) {
        if (!part.isEmpty()) {
            to.append('|').append(part);
        }
    }

    // ---- the environment

    static BsonDocument env(Function<String, @Nullable String> variables, boolean docker) {
        BsonDocument env = new BsonDocument();
        String name = faas(variables);
        if (name != null) {
            env.append("name", new BsonString(name));
            switch (name) {
                case "aws.lambda" -> {
                    string(env, "region", variables.apply("AWS_REGION"));
                    int32(env, "memory_mb", variables.apply("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
                }
                case "gcp.func" -> {
                    int32(env, "memory_mb", variables.apply("FUNCTION_MEMORY_MB"));
                    int32(env, "timeout_sec", variables.apply("FUNCTION_TIMEOUT_SEC"));
                    string(env, "region", variables.apply("FUNCTION_REGION"));
                }
                case "vercel" -> string(env, "region", variables.apply("VERCEL_REGION"));
                default -> {}
            }
        }
        BsonDocument container = new BsonDocument();
        if (docker) {
            container.append("runtime", new BsonString("docker"));
        }
        if (isSet(variables.apply("KUBERNETES_SERVICE_HOST"))) {
            container.append("orchestrator", new BsonString("kubernetes"));
        }
        if (!container.isEmpty()) {
            env.append("container", container);
        }
        return env;
    }

    /** The one function service that this runs in; {@code null} for none, or when it looks like several. */
    private static @Nullable String faas(Function<String, @Nullable String> variables) {
        String execution = variables.apply("AWS_EXECUTION_ENV");
        boolean aws = (execution != null && execution.startsWith("AWS_Lambda_"))
                || isSet(variables.apply("AWS_LAMBDA_RUNTIME_API"));
        boolean azure = isSet(variables.apply("FUNCTIONS_WORKER_RUNTIME"));
        boolean gcp = isSet(variables.apply("K_SERVICE")) || isSet(variables.apply("FUNCTION_NAME"));
        boolean vercel = isSet(variables.apply("VERCEL"));
        if (vercel) {
            // Vercel runs on Lambda and shows its variables too.
            return azure || gcp ? null : "vercel";
        }
        if (aws) {
            return azure || gcp ? null : "aws.lambda";
        }
        if (azure) {
            return gcp ? null : "azure.func";
        }
        return gcp ? "gcp.func" : null;
    }

    private static void string(BsonDocument to, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            to.append(name, new BsonString(value));
        }
    }

    private static void int32(BsonDocument to, String name, @Nullable String value) {
        if (value != null) {
            try {
                to.append(name, new BsonInt32(Integer.parseInt(value)));
            } catch (NumberFormatException e) {
                // The specification: a value of another type is left out, without an error.
            }
        }
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    // ---- the limit

    /** Leaves out what the specification says, in its order, until it fits. */
    private static byte[] fit(BsonDocument client) {
        byte[] bson = bytes(client);
        if (bson.length > MAX_BYTES && client.containsKey("env")) {
            BsonDocument env = client.getDocument("env");
            if (env.containsKey("name")) {
                client.put("env", new BsonDocument("name", env.get("name")));
            } else {
                client.remove("env");
            }
            bson = bytes(client);
        }
        if (bson.length > MAX_BYTES) {
            client.put("os", new BsonDocument("type", client.getDocument("os").get("type")));
            bson = bytes(client);
        }
        if (bson.length > MAX_BYTES && client.containsKey("env")) {
            client.remove("env");
            bson = bytes(client);
        }
        if (bson.length > MAX_BYTES) {
            bson = shorten(client, client, "platform", bson.length - MAX_BYTES);
        }
        // Only wrapping libraries with very long names get here.
        if (bson.length > MAX_BYTES) {
            bson = shorten(client, client.getDocument("driver"), "version", bson.length - MAX_BYTES);
        }
        if (bson.length > MAX_BYTES) {
            bson = shorten(client, client.getDocument("driver"), "name", bson.length - MAX_BYTES);
        }
        return bson;
    }

    /** Takes bytes off the end of a string, in whole characters. */
    private static byte[] shorten(BsonDocument client, BsonDocument owner, String field, int excess) {
        byte[] utf8 = owner.getString(field).getValue().getBytes(StandardCharsets.UTF_8);
        int keep = Math.max(0, utf8.length - excess);
        while (keep > 0 && (utf8[keep] & 0xC0) == 0x80) {
            keep--;
        }
        owner.put(field, new BsonString(new String(utf8, 0, keep, StandardCharsets.UTF_8)));
        return bytes(client);
    }

    private static byte[] bytes(BsonDocument document) {
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        return Arrays.copyOfRange(
                raw.getBackingArray(), raw.getByteOffset(), raw.getByteOffset() + raw.getByteLength());
    }
}
