package dev.rotor.conformance.auth;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackContext;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.auth.ExternalUsers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.bson.Document;

/** A server that takes tokens, and clients of it. */
final class OidcDeployment implements AutoCloseable {

    static final String TOKEN = "test_user1-token";
    static final ExternalUsers.IdentityProvider PROVIDER =
            new ExternalUsers.IdentityProvider("https://issuer.example", "rotor", List.of("openid", "email"));

    final ExternalUsers users = new ExternalUsers();
    final TestServer server;

    OidcDeployment() {
        users.addToken(TOKEN, "test_user1");
        server = TestServer.standalone().auth("root", "secret").external(users).start();
    }

    /** A callback that remembers what it was asked. */
    static final class TokenCallback implements OidcCallback {

        final List<OidcCallbackContext> calls = new CopyOnWriteArrayList<>();
        private final Function<Integer, OidcCallbackResult> answers;

        /** Answers by the number of the call, from 1. */
        TokenCallback(Function<Integer, OidcCallbackResult> answers) {
            this.answers = answers;
        }

        static TokenCallback of(String token) {
            return new TokenCallback(call -> OidcCallbackResult.of(token));
        }

        @Override
        public CompletionStage<OidcCallbackResult> onRequest(OidcCallbackContext context) {
            calls.add(context);
            return CompletableFuture.completedStage(answers.apply(calls.size()));
        }
    }

    MongoClient client(MongoCredential credential, String options) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(
                        "mongodb://" + server.addresses().get(0) + "/?retryReads=false&appName=oidc" + options))
                .credential(credential)
                .build());
    }

    static void find(MongoClient client) {
        client.getDatabase("test")
                .getCollection("oidc")
                .find()
                .toList(10)
                .toCompletableFuture()
                .join();
    }

    static void insert(MongoClient client) {
        client.getDatabase("test")
                .getCollection("oidc")
                .insertOne(new Document("x", 1))
                .toCompletableFuture()
                .join();
    }

    /** The next command of that name fails. */
    void fail(String command, Document how) {
        fail(1, command, how);
    }

    /** So many next ones do. */
    void fail(int times, String command, Document how) {
        try (MongoClient root =
                MongoClient.create("mongodb://root:secret@" + server.addresses().get(0) + "/")) {
            root.getDatabase("admin")
                    .runCommand(new Document("configureFailPoint", "failCommand")
                            .append("mode", new Document("times", times))
                            .append(
                                    "data",
                                    new Document(how)
                                            .append("failCommands", List.of(command))
                                            .append("appName", "oidc")))
                    .toCompletableFuture()
                    .join();
        }
    }

    void failWith(String command, int code) {
        fail(command, new Document("errorCode", code));
    }

    @Override
    public void close() {
        server.close();
    }
}
