package dev.rotor.driver.core.conn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.auth.Authenticators;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeScram;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM on a connection: the conversations of the Authentication specification, and what may go wrong in them. */
class ScramTest {

    private static final String SHA_1_NONCE = "fyko+d2lbbFgONRv9qkxdawL";
    private static final String SHA_256_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";

    private final Rig rig = new Rig();
    private Executor executor = Runnable::run;

    private Rig as(MongoCredential credential, String nonce) {
        rig.authenticator = Authenticators.of(credential, rig.serverApi, task -> executor.execute(task), () -> nonce);
        return rig;
    }

    private static MongoCredential user(String name, String password) {
        return MongoCredential.createCredential(name, "admin", password.toCharArray());
    }

    private static MongoCredential sha1(String name, String password) {
        return MongoCredential.createScramSha1Credential(name, "admin", password.toCharArray());
    }

    private static MongoCredential sha256(String name, String password) {
        return MongoCredential.createScramSha256Credential(name, "admin", password.toCharArray());
    }

    private BsonDocument connect() {
        rig.startOpening();
        return rig.connect().lastSent().body();
    }

    private FakeMessage sent() {
        return rig.wire().lastSent();
    }

    private String payload() {
        return payload(sent().body());
    }

    private static String payload(BsonDocument command) {
        return new String(command.getBinary("payload").getData(), UTF_8);
    }

    private void reply(String json) {
        rig.reply(json);
        rig.transport.loop().run();
    }

    private void reply(BsonDocument document) {
        reply(document.toJson(JsonWriterSettings.builder().build()));
    }

    /** Answers hello, with what it adds. */
    private void helloReply(BsonDocument more) {
        BsonDocument hello = BsonDocument.parse(Rig.HELLO_REPLY);
        hello.putAll(more);
        reply(hello);
    }

    private void answer(byte[] payload, boolean done) {
        reply(said(payload, done).append("ok", new BsonInt32(1)));
    }

    private static BsonDocument said(byte[] payload, boolean done) {
        return new BsonDocument("conversationId", new BsonInt32(7))
                .append("payload", new BsonBinary(payload))
                .append("done", BsonBoolean.valueOf(done));
    }

    private MongoSecurityException refusal() {
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure()).isInstanceOf(MongoSecurityException.class);
        return (MongoSecurityException) rig.failure();
    }

    // ---- conversations of the specification

    @Test
    void theConversationOfTheSpecificationWithSha256IsCarriedByHello() {
        as(sha256("user", "pencil"), SHA_256_NONCE);
        BsonDocument speculative = connect().getDocument("speculativeAuthenticate");
        assertThat(speculative.keySet()).containsExactly("saslStart", "mechanism", "payload", "options", "db");
        assertThat(speculative.getString("mechanism").getValue()).isEqualTo("SCRAM-SHA-256");
        assertThat(speculative.getString("db").getValue()).isEqualTo("admin");
        assertThat(speculative.getDocument("options")).isEqualTo(BsonDocument.parse("{skipEmptyExchange: true}"));
        assertThat(payload(speculative)).isEqualTo("n,,n=user,r=" + SHA_256_NONCE);

        helloReply(new BsonDocument(
                "speculativeAuthenticate",
                said(
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
                                .getBytes(UTF_8),
                        false)));
        assertThat(sent().commandName()).isEqualTo("saslContinue");
        assertThat(sent().body().getInt32("conversationId").getValue()).isEqualTo(7);
        assertThat(sent().body().getString("$db").getValue()).isEqualTo("admin");
        assertThat(payload())
                .isEqualTo("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(rig.log).isEmpty();
        answer("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=".getBytes(UTF_8), true);
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void theConversationOfTheSpecificationWithSha1IsHeldAfterHelloWhereHelloDidNotCarryIt() {
        as(sha1("user", "pencil"), SHA_1_NONCE);
        connect();
        helloReply(new BsonDocument());
        assertThat(sent().commandName()).isEqualTo("saslStart");
        assertThat(sent().body().getString("mechanism").getValue()).isEqualTo("SCRAM-SHA-1");
        assertThat(sent().body().getDocument("options")).isEqualTo(BsonDocument.parse("{skipEmptyExchange: true}"));
        assertThat(payload()).isEqualTo("n,,n=user,r=" + SHA_1_NONCE);
        answer(
                "r=fyko+d2lbbFgONRv9qkxdawLHo+Vgk7qvUOKUwuWLIWg4l/9SraGMHEE,s=rQ9ZY3MntBeuP3E1TDVC4w==,i=10000"
                        .getBytes(UTF_8),
                false);
        assertThat(payload())
                .isEqualTo("c=biws,r=fyko+d2lbbFgONRv9qkxdawLHo+Vgk7qvUOKUwuWLIWg4l/9SraGMHEE,"
                        + "p=MC2T8BvbmWRckDw8oWl5IVghwCY=");
        answer("v=UMWeI25JD1yNYZRMpZ4VHvhZ9e0=".getBytes(UTF_8), true);
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void aServerThatWantsAnEmptyMessageAtTheEndGetsIt() {
        as(sha1("user", "pencil"), SHA_1_NONCE);
        FakeScram server = new FakeScram("SCRAM-SHA-1", "1c33006ec1ffd90f9cadcbcc0e118200", SALT, 4096, "x");
        connect();
        helloReply(new BsonDocument());
        answer(server.first(sent().body().getBinary("payload").getData()), false);
        byte[] proof = sent().body().getBinary("payload").getData();
        assertThat(server.proves(proof)).isTrue();
        answer(server.last(proof), false);
        assertThat(sent().commandName()).isEqualTo("saslContinue");
        assertThat(payload()).isEmpty();
        assertThat(rig.log).isEmpty();
        answer(new byte[0], true);
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void aServerThatNeverEndsIsRefused() {
        FakeScram server = authenticating();
        byte[] proof = sent().body().getBinary("payload").getData();
        answer(server.last(proof), false);
        answer(new byte[0], false);
        assertThat(refusal()).hasMessageContaining("the server does not end the conversation");
    }

    // ---- which mechanism

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "['SCRAM-SHA-1', 'SCRAM-SHA-256'] | SCRAM-SHA-256",
                "['SCRAM-SHA-256']                | SCRAM-SHA-256",
                "['SCRAM-SHA-1']                  | SCRAM-SHA-1",
                "['PLAIN', 'unheard of']          | SCRAM-SHA-1",
                "[]                               | SCRAM-SHA-1",
                "none                             | SCRAM-SHA-1"
            })
    void withoutAMechanismTheBestThatBothKnowIsTaken(@Nullable String offered, String taken) {
        as(user("us.er", "pencil"), SHA_256_NONCE);
        BsonDocument hello = connect();
        assertThat(hello.getString("saslSupportedMechs").getValue()).isEqualTo("admin.us.er");
        assertThat(hello.getDocument("speculativeAuthenticate")
                        .getString("mechanism")
                        .getValue())
                .isEqualTo("SCRAM-SHA-256");
        helloReply(offered == null ? new BsonDocument() : BsonDocument.parse("{saslSupportedMechs: " + offered + "}"));
        assertThat(sent().commandName()).isEqualTo("saslStart");
        assertThat(sent().body().getString("mechanism").getValue()).isEqualTo(taken);
    }

    /** Test 2 of the Handshake specification's prose tests. */
    @Test
    void handshakeProse2AnArbitraryMechanismInTheReplyOfHelloIsNoError() {
        as(user("user", "pencil"), SHA_1_NONCE);
        FakeScram server = new FakeScram("SCRAM-SHA-1", "1c33006ec1ffd90f9cadcbcc0e118200", SALT, 4096, "x");
        connect();
        helloReply(BsonDocument.parse("{saslSupportedMechs: ['anything', 'SCRAM-SHA-1']}"));
        answer(server.first(sent().body().getBinary("payload").getData()), false);
        answer(server.last(sent().body().getBinary("payload").getData()), true);
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void whereAMechanismIsGivenNoneIsNegotiated() {
        as(sha1("user", "pencil"), SHA_1_NONCE);
        BsonDocument hello = connect();
        assertThat(hello).doesNotContainKey("saslSupportedMechs");
        assertThat(hello.getDocument("speculativeAuthenticate")
                        .getString("mechanism")
                        .getValue())
                .isEqualTo("SCRAM-SHA-1");
        helloReply(BsonDocument.parse("{saslSupportedMechs: ['SCRAM-SHA-256']}"));
        assertThat(sent().body().getString("mechanism").getValue()).isEqualTo("SCRAM-SHA-1");
    }

    @Test
    void monitorsDoNotAuthenticate() {
        as(user("user", "pencil"), SHA_256_NONCE);
        assertThat(rig.config().forMonitoring().authenticator()).isSameAs(Authenticator.NONE);
    }

    // ---- names and passwords

    @Test
    void namesAreSentAsTheyAreButForWhatScramNeedsEscaped() {
        as(sha256("\u2168,=", "x"), SHA_256_NONCE);
        assertThat(payload(connect().getDocument("speculativeAuthenticate")))
                .isEqualTo("n,,n=\u2168=2C=3D,r=" + SHA_256_NONCE);
    }

    @ParameterizedTest
    @CsvSource({"IX, IX", "IX, I\u00ADX", "IV, IV", "IV, I\u00ADV", "IV, \u2163", "IX, \u2168"})
    void passwordsOfSha256ArePreparedWithSaslPrep(String stored, String typed) {
        as(sha256("\u2168", typed), SHA_256_NONCE);
        FakeScram server = new FakeScram("SCRAM-SHA-256", stored, SALT, 4096, "x");
        connect();
        helloReply(new BsonDocument());
        answer(server.first(sent().body().getBinary("payload").getData()), false);
        assertThat(server.proves(sent().body().getBinary("payload").getData())).isTrue();
    }

    @Test
    void aPasswordThatSaslPrepForbidsIsAnErrorThatDoesNotQuoteIt() {
        as(sha256("user", "pen\u0007cil"), SHA_256_NONCE);
        connect();
        helloReply(new BsonDocument());
        answer(first(SHA_256_NONCE + "x", 4096), false);
        assertThat(refusal()).hasMessageContaining("SASLprep").hasNoSuppressedExceptions();
        assertThat(everything(rig.failure())).doesNotContain("cil");
    }

    // ---- what a server may not do

    private FakeScram authenticating() {
        as(sha256("user", "pencil"), SHA_256_NONCE);
        FakeScram server = new FakeScram("SCRAM-SHA-256", "pencil", SALT, 4096, "x");
        connect();
        helloReply(new BsonDocument());
        answer(server.first(sent().body().getBinary("payload").getData()), false);
        return server;
    }

    private static byte[] first(String nonce, int iterations) {
        return ("r=" + nonce + ",s=" + SALT + ",i=" + iterations).getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 4095, 10_000_001, Integer.MAX_VALUE})
    void anIterationCountThatIsTooLowOrMadIsRefused(int iterations) {
        for (MongoCredential credential : new MongoCredential[] {sha1("user", "pencil"), sha256("user", "pencil")}) {
            ScramTest test = new ScramTest();
            test.as(credential, SHA_256_NONCE);
            test.connect();
            test.helloReply(new BsonDocument());
            test.answer(first(SHA_256_NONCE + "x", iterations), false);
            assertThat(test.refusal()).hasMessageContaining("the server asks for " + iterations + " iterations");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=***,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=many",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==",
                "m=ext,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "e=unknown-user"
            })
    void aFirstMessageThatIsNotRightIsRefused(String message) {
        as(sha256("user", "pencil"), SHA_256_NONCE);
        connect();
        helloReply(new BsonDocument());
        answer(message.getBytes(UTF_8), false);
        assertThat(refusal()).hasMessageStartingWith("Authentication with SCRAM-SHA-256 at db1:27017");
    }

    @Test
    void aServerThatEndsWithoutAProofIsRefused() {
        as(sha256("user", "pencil"), SHA_256_NONCE);
        connect();
        helloReply(new BsonDocument());
        answer(first(SHA_256_NONCE + "x", 4096), true);
        assertThat(refusal()).hasMessageContaining("ended the conversation without a proof");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=", "v=***", "v=AAAA", "e=invalid-proof", "x=1"})
    void aServerThatDoesNotKnowThePasswordIsRefused(String message) {
        authenticating();
        answer(message.getBytes(UTF_8), true);
        assertThat(refusal().code()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ok: 1}",
                "{ok: 1, payload: 'text', done: false, conversationId: 1}",
                "{ok: 1, payload: {$binary: {base64: '', subType: '00'}}, conversationId: 1}"
            })
    void aReplyThatIsNotOneOfSaslIsRefused(String reply) {
        as(sha256("user", "pencil"), SHA_256_NONCE);
        connect();
        helloReply(new BsonDocument());
        reply(reply);
        assertThat(refusal().mechanism()).isEqualTo(AuthMechanism.SCRAM_SHA_256);
    }

    // ---- failures

    @Test
    void aRefusalNamesMechanismAndServerAndNoSecret() {
        authenticating();
        reply(
                "{ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.', errorLabels: ['L']}");
        MongoSecurityException failure = refusal();
        assertThat(failure)
                .hasMessage("Authentication with SCRAM-SHA-256 at db1:27017 against database admin failed:"
                        + " Authentication failed. (check the user name, the password, authSource, and that the"
                        + " user may use this mechanism)")
                .hasCauseInstanceOf(MongoCommandException.class);
        assertThat(failure.code()).isEqualTo(18);
        assertThat(failure.server()).isEqualTo(Rig.SERVER);
        assertThat(failure.labels()).containsExactly("L");
        assertThat(everything(failure)).doesNotContain("pencil").doesNotContain("n=user");
        assertThat(rig.authenticator.toString()).doesNotContain("pencil");
    }

    private static String everything(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            text.append(at).append('\n');
        }
        return text.toString();
    }

    @Test
    void aConnectionThatBreaksDuringAuthenticationIsANetworkErrorAndNotOverload() {
        authenticating();
        rig.wire().fail(new IOException("connection reset"));
        rig.transport.loop().run();
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure())
                .isInstanceOf(MongoConnectionException.class)
                .hasMessageContaining("while authenticating");
        assertThat(rig.failure().hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR))
                .isFalse();
    }

    // ---- the price of a password

    @Test
    void keysAreDerivedOnTheExecutorAndRememberedForTheNextConnection() {
        ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        executor = tasks::add;
        FakeScram server = authenticating();
        assertThat(sent().commandName()).isEqualTo("saslStart");
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        rig.transport.loop().run();
        assertThat(sent().commandName()).isEqualTo("saslContinue");
        answer(server.last(sent().body().getBinary("payload").getData()), true);
        assertThat(rig.log).containsExactly("opened");

        ScramTest next = new ScramTest();
        next.rig.authenticator = rig.authenticator;
        next.connect();
        next.helloReply(new BsonDocument());
        next.answer(server.first(next.sent().body().getBinary("payload").getData()), false);
        assertThat(tasks).isEmpty();
        assertThat(server.proves(next.sent().body().getBinary("payload").getData()))
                .isTrue();
    }

    @Test
    void aConnectionThatEndsWhileKeysAreDerivedIsLeftAlone() {
        ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        executor = tasks::add;
        authenticating();
        rig.wire().fail(new IOException("connection reset"));
        rig.transport.loop().run();
        tasks.remove().run();
        rig.transport.loop().run();
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.transport.loop().failures()).isEmpty();
    }

    @Test
    void theStableApiIsDeclaredThereToo() {
        rig.serverApi = ServerApi.V1.withStrict(true);
        authenticating();
        assertThat(sent().body().getString("apiVersion").getValue()).isEqualTo("1");
        assertThat(sent().body().getBoolean("apiStrict").getValue()).isTrue();
    }
}
