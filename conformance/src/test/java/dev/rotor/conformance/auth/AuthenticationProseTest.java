package dev.rotor.conformance.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.testserver.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prose tests "SCRAM-SHA-256 and mechanism negotiation" of the Authentication specification, by their steps. */
class AuthenticationProseTest {

    private static @Nullable TestServer server;

    /** Step 1, and the users of step 4. */
    @BeforeAll
    static void createUsers() {
        TestServer started = TestServer.standalone().auth("root", "secret").start();
        server = started;
        try (MongoClient client = client("root", "secret", null)) {
            create(client, "sha1", "sha1", "SCRAM-SHA-1");
            create(client, "sha256", "sha256", "SCRAM-SHA-256");
            create(client, "both", "both", "SCRAM-SHA-1", "SCRAM-SHA-256");
            create(client, "IX", "IX", "SCRAM-SHA-256");
            create(client, "\u2168", "\u2163", "SCRAM-SHA-256");
        }
    }

    @AfterAll
    static void close() {
        TestServer started = server;
        if (started != null) {
            started.close();
        }
    }

    private static void create(MongoClient client, String name, String password, String... mechanisms) {
        client.getDatabase("admin")
                .runCommand(new Document("createUser", name)
                        .append("pwd", password)
                        .append("roles", List.of("root"))
                        .append("mechanisms", List.of(mechanisms)))
                .toCompletableFuture()
                .join();
    }

    private static String hosts() {
        TestServer started = server;
        if (started == null) {
            throw new IllegalStateException("no server");
        }
        return String.valueOf(started.addresses().get(0));
    }

    private static MongoClient client(String name, String password, @Nullable AuthMechanism mechanism) {
        char[] chars = password.toCharArray();
        MongoCredential credential = mechanism == null
                ? MongoCredential.createCredential(name, "admin", chars)
                : mechanism == AuthMechanism.SCRAM_SHA_1
                        ? MongoCredential.createScramSha1Credential(name, "admin", chars)
                        : MongoCredential.createScramSha256Credential(name, "admin", chars);
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://" + hosts() + "/"))
                .credential(credential)
                .build());
    }

    private static MongoClient byUri(String name, String password, String options) {
        return MongoClient.create("mongodb://" + URLEncoder.encode(name, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@" + hosts() + "/admin" + options);
    }

    /** A command that needs a user. */
    private static void use(MongoClient client) {
        try (client) {
            Document reply = client.getDatabase("test")
                    .runCommand(new Document("dbStats", 1))
                    .toCompletableFuture()
                    .join();
            assertThat(reply.get("ok")).isIn(1, 1.0);
        }
    }

    private static void assertRefused(MongoClient client) {
        assertThatThrownBy(() -> use(client))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(MongoSecurityException.class, failure -> assertThat(failure.code())
                        .isEqualTo(18));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "sha1, SCRAM_SHA_1",
                "sha1, none",
                "sha256, SCRAM_SHA_256",
                "sha256, none",
                "both, SCRAM_SHA_1",
                "both, SCRAM_SHA_256",
                "both, none"
            })
    void step2EachUserIsKnownByTheMechanismsThatItHasAndByNegotiation(String user, @Nullable AuthMechanism mechanism) {
        use(client(user, user, mechanism));
        use(byUri(user, user, mechanism == null ? "" : "?authMechanism=" + mechanism.wireName()));
    }

    @ParameterizedTest
    @CsvSource({"sha1, SCRAM_SHA_256", "sha256, SCRAM_SHA_1"})
    void step3TheOtherMechanismFails(String user, AuthMechanism mechanism) {
        assertRefused(client(user, user, mechanism));
        assertRefused(byUri(user, user, "?authMechanism=" + mechanism.wireName()));
    }

    @Test
    void step3AUserWhoDoesNotExistFailsLikeAWrongPassword() {
        assertRefused(client("nobody", "nothing", null));
        assertRefused(client("both", "wrong", null));
        assertRefused(byUri("nobody", "nothing", ""));
    }

    @ParameterizedTest
    @CsvSource({"IX, IX", "IX, I\u00ADX", "\u2168, IV", "\u2168, I\u00ADV"})
    void step4PasswordsArePreparedAndNamesAreNot(String user, String password) {
        use(client(user, password, null));
        use(client(user, password, AuthMechanism.SCRAM_SHA_256));
        use(byUri(user, password, ""));
    }
}
