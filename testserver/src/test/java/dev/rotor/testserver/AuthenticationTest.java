package dev.rotor.testserver;

import static dev.rotor.testserver.Documents.at;
import static dev.rotor.testserver.Documents.command;
import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication, seen by a client that computes SCRAM by itself. */
class AuthenticationTest {

    /** The SASLprep of this is "IX". */
    private static final String ROMAN_NINE = "\u2168";

    private final TestServer server = TestServer.replicaSet(1)
            .auth("user", "pencil")
            .parameter("scramIterationCount", 10)
            .parameter("scramSHA256IterationCount", 20)
            .start();
    private final RawClient client = new RawClient(server.addresses().get(0));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static BinData payload(String text) {
        return new BinData(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Document reply) {
        return new String(((BinData) at(reply, "payload")).getData(), StandardCharsets.UTF_8);
    }

    private static Document start(String mechanism, String user) {
        return command(
                "saslStart",
                1,
                "mechanism",
                mechanism,
                "payload",
                payload("n,,n=" + user + ",r=abcdefgh"),
                "options",
                new Document("skipEmptyExchange", true));
    }

    /** The client's last message, as RFC 5802 computes it. */
    private static String proof(String mechanism, String user, char[] password, String serverFirst) {
        ScramMechanism scram = ScramMechanism.byName(mechanism);
        String[] parts = serverFirst.split(",", -1);
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        int iterations = Integer.parseInt(parts[2].substring(2));
        StringPreparation preparation =
                mechanism.endsWith("256") ? StringPreparation.SASL_PREPARATION : StringPreparation.NO_PREPARATION;
        byte[] salted = ScramFunctions.saltedPassword(scram, preparation, password, salt, iterations);
        byte[] clientKey = ScramFunctions.clientKey(scram, salted);
        String withoutProof = "c=biws," + parts[0];
        String authMessage = "n=" + user + ",r=abcdefgh," + serverFirst + "," + withoutProof;
        byte[] signature =
                ScramFunctions.clientSignature(scram, ScramFunctions.storedKey(scram, clientKey), authMessage);
        return withoutProof + ",p="
                + Base64.getEncoder().encodeToString(ScramFunctions.clientProof(clientKey, signature));
    }

    private Document authenticate(RawClient by, String mechanism, String user, String password) {
        Document first = by.admin(start(mechanism, user));
        if (!first.containsKey("payload")) {
            return first;
        }
        return by.admin(command(
                "saslContinue",
                1,
                "conversationId",
                at(first, "conversationId"),
                "payload",
                payload(proof(mechanism, user, password.toCharArray(), text(first)))));
    }

    @Test
    void commandsAreRefusedBeforeAuthentication() {
        Document refused = client.run("app", command("find", "c"));
        assertThat(refused.get("code")).isEqualTo(13);
        assertThat(refused.get("codeName")).isEqualTo("Unauthorized");
        assertThat(refused.get("errmsg")).isEqualTo("Command find requires authentication");
        assertThat(client.admin(new Document("hello", 1)).get("ok")).isEqualTo(1.0);
        assertThat(client.admin(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
    }

    @Test
    void scramSha256Authenticates() {
        Document last = authenticate(client, "SCRAM-SHA-256", "user", "pencil");
        assertThat(last.get("done")).isEqualTo(true);
        assertThat(text(last)).startsWith("v=");
        assertThat(client.run("app", command("find", "c")).get("ok")).isEqualTo(1.0);
        Document status = client.admin(new Document("connectionStatus", 1));
        assertThat(at(status, "authInfo", "authenticatedUsers"))
                .isEqualTo(List.of(command("user", "user", "db", "admin")));
    }

    @Test
    void scramSha1WorksOnTheDigestOfThePassword() {
        // md5("user:mongo:pencil")
        Document last = authenticate(client, "SCRAM-SHA-1", "user", "1c33006ec1ffd90f9cadcbcc0e118200");
        assertThat(last.get("done")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256"})
    void wrongPasswordsAndUnknownUsersFailAlike(String mechanism) {
        Document wrong = authenticate(client, mechanism, "user", "eraser");
        Document unknown = authenticate(client, mechanism, "nobody", "pencil");
        assertThat(wrong.get("code")).isEqualTo(18);
        assertThat(wrong.get("errmsg")).isEqualTo("Authentication failed.");
        assertThat(unknown.get("code")).isEqualTo(18);
        assertThat(unknown.get("errmsg")).isEqualTo("Authentication failed.");
    }

    @Test
    void withoutSkippingThereIsAnEmptyExchangeMore() {
        Document begin = start("SCRAM-SHA-256", "user");
        begin.remove("options");
        Document first = client.admin(begin);
        Document second = client.admin(command(
                "saslContinue",
                1,
                "conversationId",
                at(first, "conversationId"),
                "payload",
                payload(proof("SCRAM-SHA-256", "user", "pencil".toCharArray(), text(first)))));
        assertThat(second.get("done")).isEqualTo(false);
        Document third = client.admin(
                command("saslContinue", 1, "conversationId", at(first, "conversationId"), "payload", payload("")));
        assertThat(third.get("done")).isEqualTo(true);
    }

    @Test
    void helloCarriesTheFirstMessageAndTheMechanisms() {
        Document hello = client.admin(command(
                "hello",
                1,
                "saslSupportedMechs",
                "admin.user",
                "speculativeAuthenticate",
                start("SCRAM-SHA-256", "user").append("db", "admin")));
        assertThat(hello.get("saslSupportedMechs")).isEqualTo(List.of("SCRAM-SHA-1", "SCRAM-SHA-256"));
        Document first = (Document) at(hello, "speculativeAuthenticate");
        Document last = client.admin(command(
                "saslContinue",
                1,
                "conversationId",
                at(first, "conversationId"),
                "payload",
                payload(proof("SCRAM-SHA-256", "user", "pencil".toCharArray(), text(first)))));
        assertThat(last.get("done")).isEqualTo(true);
    }

    @Test
    void aSpeculationThatFailsIsNotAnswered() {
        Document hello = client.admin(command(
                "hello",
                1,
                "speculativeAuthenticate",
                start("SCRAM-SHA-256", "nobody").append("db", "admin")));
        assertThat(hello.get("ok")).isEqualTo(1.0);
        assertThat(hello.containsKey("speculativeAuthenticate")).isFalse();
        assertThat(client.admin(command("hello", 1, "saslSupportedMechs", "admin.nobody"))
                        .containsKey("saslSupportedMechs"))
                .isFalse();
    }

    @Test
    void usersAreMadeChangedAndDropped() {
        authenticate(client, "SCRAM-SHA-256", "user", "pencil");
        assertThat(client.run(
                                "app",
                                command(
                                        "createUser",
                                        "nine",
                                        "pwd",
                                        ROMAN_NINE,
                                        "roles",
                                        List.of("readWrite"),
                                        "mechanisms",
                                        List.of("SCRAM-SHA-256")))
                        .get("ok"))
                .isEqualTo(1.0);
        Document info = client.run("app", command("usersInfo", "nine"));
        assertThat(((Document) ((List<?>) at(info, "users")).get(0)).get("mechanisms"))
                .isEqualTo(List.of("SCRAM-SHA-256"));
        assertThat(info.toString()).doesNotContain(ROMAN_NINE);
        assertThat(client.run("app", command("createUser", "nine", "pwd", "x", "roles", List.of()))
                        .get("code"))
                .isEqualTo(51003);
        assertThat(client.run("app", command("updateUser", "nobody", "pwd", "x"))
                        .get("codeName"))
                .isEqualTo("UserNotFound");
        assertThat(client.run("app", command("dropUser", "nine")).get("ok")).isEqualTo(1.0);
        assertThat(client.run("app", command("dropUser", "nine")).get("codeName"))
                .isEqualTo("UserNotFound");
    }

    @Test
    void otherMechanismsAreRefused() {
        assertThat(client.admin(command("saslStart", 1, "mechanism", "PLAIN", "payload", payload("x")))
                        .get("codeName"))
                .isEqualTo("MechanismUnavailable");
        assertThat(client.admin(command("authenticate", 1, "mechanism", "MONGODB-X509"))
                        .get("ok"))
                .isEqualTo(0.0);
        assertThat(client.admin(command("saslContinue", 1, "conversationId", 7, "payload", payload("x")))
                        .get("codeName"))
                .isEqualTo("ProtocolError");
        assertThat(client.admin(new Document("getnonce", 1)).get("codeName")).isEqualTo("CommandNotFound");
    }
}
