package dev.rotor.conformance.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.Secret;
import dev.rotor.driver.spi.AwsCredential;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.auth.ExternalUsers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** PLAIN and MONGODB-AWS from the client to a server that checks every byte of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExternalUsersTest {

    private final ExternalUsers users = new ExternalUsers();
    private final TestServer server;

    ExternalUsersTest() {
        users.addPlain("ldap-user", "pässword");
        users.addAws(new ExternalUsers.AwsKey("AKIALASTING", "secret/of+lasting", null));
        users.addAws(new ExternalUsers.AwsKey("ASIATEMPORARY", "secret/of+temporary", "session/token=="));
        server = TestServer.standalone().auth("root", "secret").external(users).start();
    }

    @AfterAll
    void close() {
        server.close();
    }

    /** The users that the server sees. */
    private List<?> usersOf(MongoCredential credential) {
        return usersOf(MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(
                        new ConnectionString("mongodb://" + server.addresses().get(0)))
                .credential(credential)
                .build()));
    }

    private static List<?> usersOf(MongoClient client) {
        try (client) {
            Document status = client.getDatabase("admin")
                    .runCommand(new Document("connectionStatus", 1))
                    .toCompletableFuture()
                    .join();
            return status.get("authInfo", Document.class).getList("authenticatedUsers", Document.class).stream()
                    .map(user -> user.get("user") + "@" + user.get("db"))
                    .toList();
        }
    }

    private void assertRefused(MongoCredential credential) {
        assertThatThrownBy(() -> usersOf(credential))
                .cause()
                .isInstanceOfSatisfying(MongoSecurityException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(18);
                    assertThat(failure.toString() + failure.getCause()).doesNotContain("wrong");
                });
    }

    private static MongoCredential plain(String name, String password) {
        return MongoCredential.createPlainCredential(name, "$external", password.toCharArray());
    }

    private static MongoCredential aws(String id, String secret, @Nullable String token) {
        AwsCredential credential = new AwsCredential(id, Secret.of(secret), token == null ? null : Secret.of(token));
        return MongoCredential.createAwsCredential()
                .withAwsCredentialSource(() -> CompletableFuture.completedStage(credential));
    }

    @Test
    void aUserOfTheDirectoryAuthenticatesByPlain() {
        assertThat(usersOf(plain("ldap-user", "pässword"))).isEqualTo(List.of("ldap-user@$external"));
        assertThat(usersOf(MongoClient.create("mongodb://ldap-user:p%C3%A4ssword@"
                        + server.addresses().get(0) + "/?authMechanism=PLAIN")))
                .isEqualTo(List.of("ldap-user@$external"));
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertRefused(plain("ldap-user", "wrong"));
        assertRefused(plain("nobody", "wrong"));
    }

    @Test
    void lastingAndTemporaryCredentialsOfAwsSignWhatTheServerExpects() {
        assertThat(usersOf(aws("AKIALASTING", "secret/of+lasting", null)))
                .isEqualTo(List.of("arn:aws:iam::123456789012:user/AKIALASTING@$external"));
        assertThat(usersOf(aws("ASIATEMPORARY", "secret/of+temporary", "session/token==")))
                .isEqualTo(List.of("arn:aws:iam::123456789012:user/ASIATEMPORARY@$external"));
    }

    @Test
    void aWrongSignatureIsRefused() {
        assertRefused(aws("AKIALASTING", "wrong", null));
        assertRefused(aws("AKIALASTING", "secret/of+lasting", "wrong"));
        assertRefused(aws("ASIATEMPORARY", "secret/of+temporary", null));
    }
}
