package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoDriverInformation;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeScram;
import dev.rotor.driver.core.wire.MalformedMessageException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of operations when their connections must be authenticated, from the view down to the wire. */
class AuthenticationTest {

    private static final String SHUTDOWN = "{ok: 0, code: 91, codeName: 'ShutdownInProgress', errmsg: 'going down'}";
    private static final String REFUSED =
            "{ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.'}";

    private static final String EXPIRED =
            "{ok: 0, code: 391, codeName: 'ReauthenticationRequired', errmsg: 'the token has expired'}";

    private final ClusterRig rig = ClusterRig.replicaSet(1, "");
    private final FakeScram scram = new FakeScram("SCRAM-SHA-256", "pencil", "W22ZaJ0SNY7soEsUEjb6gQ==", 4096, "x");

    private FakeMember server() {
        FakeMember member = rig.member(0);
        rig.settings.credential(MongoCredential.createScramSha256Credential("user", "admin", "pencil".toCharArray()));
        Function<FakeMessage, @Nullable String> rest = member.script;
        member.script = message -> switch (message.commandName()) {
            case "saslStart" -> sasl(scram.first(payload(message)), false);
            case "saslContinue" -> sasl(scram.last(payload(message)), true);
            default -> rest.apply(message);
        };
        return member;
    }

    static byte[] payload(FakeMessage message) {
        return message.body().getBinary("payload").getData();
    }

    static String sasl(byte[] payload, boolean done) {
        return "{ok: 1, conversationId: 1, done: " + done + ", payload: {$binary: {base64: '"
                + Base64.getEncoder().encodeToString(payload) + "', subType: '00'}}}";
    }

    @Test
    void eachConnectionOfThePoolIsAuthenticatedBeforeItIsUsedAndMonitorsAreNot() {
        FakeMember server = server();
        rig.done(rig.collection().insertOne(new Document("x", 1)));
        assertThat(server.received)
                .extracting(FakeMessage::commandName)
                .containsExactly("saslStart", "saslContinue", "insert");
        assertThat(server.hellos)
                .filteredOn(hello -> hello.body().containsKey("speculativeAuthenticate"))
                .hasSize(1);
        rig.pass(Duration.ofSeconds(60));
        assertThat(server.count("saslStart")).isEqualTo(1);
    }

    @Test
    void aWriteIsRetriedWhenTheConnectionBreaksDuringAuthentication() {
        FakeMember server = server().fail(1, "saslContinue", FakeMember.BREAK);
        rig.done(rig.collection().insertOne(new Document("x", 1)));
        assertThat(server.count("saslContinue")).isEqualTo(2);
        assertThat(server.count("insert")).isEqualTo(1);
        assertThat(rig.events).contains("pool cleared", "check out failed: CONNECTION_ERROR");
    }

    @Test
    void aWriteThatCannotBeRetriedAnyMoreTellsThatItWouldHaveBeen() {
        server().fail(2, "saslContinue", FakeMember.BREAK);
        Throwable failure = rig.failure(rig.collection().insertOne(new Document("x", 1)));
        assertThat(failure).isInstanceOfSatisfying(MongoConnectionException.class, broken -> assertThat(broken.labels())
                .contains(MongoException.RETRYABLE_WRITE_ERROR)
                .doesNotContain(MongoException.SYSTEM_OVERLOADED_ERROR));
    }

    @Test
    void aReadIsRetriedWhenTheServerGoesDownDuringAuthentication() {
        FakeMember server = server().fail(1, "saslContinue", SHUTDOWN);
        rig.done(rig.collection().find().toList(10));
        assertThat(server.count("saslContinue")).isEqualTo(2);
        assertThat(server.count("find")).isEqualTo(1);
    }

    @Test
    void aRefusedCredentialFailsTheOperationAtOnceAndTheNextOneTriesAgain() {
        FakeMember server = server().fail(1, "saslStart", REFUSED);
        Throwable failure = rig.failure(rig.collection().insertOne(new Document("x", 1)));
        assertThat(failure)
                .isInstanceOf(MongoSecurityException.class)
                .hasMessageStartingWith("Authentication with SCRAM-SHA-256 at db0:27017 against database admin failed:"
                        + " Authentication failed. (check the user name, the password, authSource, and that the"
                        + " user may use this mechanism)");
        assertThat(((MongoSecurityException) failure).code()).isEqualTo(18);
        assertThat(rig.events).contains("pool cleared");
        assertThat(server.count("insert")).isZero();

        rig.done(rig.collection().insertOne(new Document("x", 2)));
        assertThat(server.count("insert")).isEqualTo(1);
    }

    // ---- credentials that expire

    @Test
    void aReplyThatIsMalformedInsideEndsTheOperationThatWaitsForAnotherToken() {
        FakeMember server = rig.member(0);
        rig.settings.credential(MongoCredential.createOidcCredential(null)
                .withOidcCallback(context -> CompletableFuture.completedStage(OidcCallbackResult.of("abcd1234"))));
        Function<FakeMessage, @Nullable String> rest = server.script;
        server.script =
                message -> message.commandName().equals("saslStart") ? sasl(new byte[0], true) : rest.apply(message);
        rig.done(rig.collection().insertOne(new Document("x", 1)));
        server.fail(1, "insert", EXPIRED).fail(1, "saslStart", FakeMember.MALFORMED_INSIDE);
        int connections = rig.transport.attempts().size();

        Throwable failure = rig.failure(rig.collection().insertOne(new Document("x", 2)));
        assertThat(failure)
                .isInstanceOf(MongoSecurityException.class)
                .hasMessageStartingWith(
                        "Authentication with MONGODB-OIDC at db0:27017 against database $external" + " failed: ")
                .hasCauseInstanceOf(MalformedMessageException.class);
        assertThat(rig.checkedOut).isZero();
        rig.done(rig.collection().insertOne(new Document("x", 3)));
        // What is left of the conversation is not used any more.
        assertThat(rig.transport.attempts()).hasSizeGreaterThan(connections);
        assertThat(rig.checkedOut).isZero();
    }

    // ---- client metadata

    private static BsonDocument told(FakeMember server) {
        List<BsonDocument> clients = server.hellos.stream()
                .map(FakeMessage::body)
                .filter(hello -> hello.containsKey("client"))
                .map(hello -> hello.getDocument("client"))
                .toList();
        return clients.get(clients.size() - 1);
    }

    @Test
    void aLibraryThatIsAddedLaterIsToldOnNewConnections() {
        FakeMember server = rig.member(0);
        rig.settings.driverInformation(new MongoDriverInformation("library", "1.2", "Library Platform"));
        rig.done(rig.collection().insertOne(new Document("x", 1)));
        BsonDocument before = told(server);
        assertThat(before.getDocument("driver").getString("name").getValue()).isEqualTo("rotor|library");

        rig.client().appendMetadata(new MongoDriverInformation("framework", "2.0", ""));
        server.fail(1, "insert", FakeMember.BREAK);
        rig.done(rig.collection().insertOne(new Document("x", 2)));
        BsonDocument after = told(server);
        assertThat(after.getDocument("driver").getString("name").getValue()).isEqualTo("rotor|library|framework");
        assertThat(after.getDocument("driver").getString("version").getValue()).endsWith("|1.2|2.0");
        assertThat(after.getString("platform")).isEqualTo(before.getString("platform"));
        assertThat(after.getDocument("os")).isEqualTo(before.getDocument("os"));
    }

    @Test
    void handshakeProse9EveryHandshakeAsksForBackpressure() {
        FakeMember server = rig.member(0);
        rig.done(rig.collection().insertOne(new Document("x", 1)));
        assertThat(server.hellos)
                .filteredOn(hello -> hello.body().containsKey("client"))
                .isNotEmpty()
                .allSatisfy(hello -> assertThat(
                                hello.body().getString("backpressure").getValue())
                        .isEqualTo("2"));
    }
}
