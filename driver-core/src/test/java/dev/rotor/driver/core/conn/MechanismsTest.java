package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.OidcCallbackContext;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.Secret;
import dev.rotor.driver.core.auth.AuthResources;
import dev.rotor.driver.core.auth.Authenticators;
import dev.rotor.driver.core.auth.CloudEndpoints;
import dev.rotor.driver.core.auth.CloudHttp;
import dev.rotor.driver.core.auth.Kerberos;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.services.ServiceFolder;
import dev.rotor.driver.core.wire.MalformedMessageException;
import dev.rotor.driver.spi.AwsCredential;
import dev.rotor.driver.spi.AwsCredentialSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mechanisms besides SCRAM on a connection: what they send, and what servers may not answer. */
class MechanismsTest {

    private static final String REFUSED =
            "{ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.'}";

    private final Rig rig = new Rig();
    private @Nullable Duration timeout;
    /** What goes wrong when a mechanism looks at the clock next. */
    private @Nullable Error trouble;

    private long now() {
        Error now = trouble;
        if (now != null) {
            trouble = null;
            throw now;
        }
        return rig.transport.clock().nanoTime();
    }

    private void as(MongoCredential credential) {
        AuthResources resources = new AuthResources(
                Runnable::run,
                this::now,
                () -> Instant.parse("2019-11-07T00:26:07Z"),
                name -> null,
                CloudEndpoints.REAL,
                timeout,
                length -> {
                    byte[] bytes = new byte[length];
                    Arrays.fill(bytes, (byte) 7);
                    return bytes;
                },
                new CloudHttp(Runnable::run),
                Kerberos.JDK);
        rig.authenticator = Authenticators.of(credential, rig.serverApi, resources);
    }

    private BsonDocument connect() {
        rig.startOpening();
        return rig.connect().lastSent().body();
    }

    private BsonDocument sent(String command) {
        FakeMessage last = rig.wire().lastSent();
        assertThat(last.commandName()).isEqualTo(command);
        return last.body();
    }

    private void reply(String json) {
        rig.reply(json);
        rig.transport.loop().run();
    }

    private void reply(BsonDocument payload, boolean done) {
        reply(new BsonDocument("ok", new BsonInt32(1))
                .append("conversationId", new BsonInt32(7))
                .append("done", BsonBoolean.valueOf(done))
                .append("payload", new BsonBinary(bytes(payload)))
                .toJson());
    }

    private void done() {
        reply("{ok: 1, conversationId: 7, done: true, payload: {$binary: {base64: '', subType: '00'}}}");
    }

    private static byte[] bytes(BsonDocument document) {
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        return Arrays.copyOf(raw.getBackingArray(), raw.getByteLength());
    }

    private static BsonDocument payload(BsonDocument command) {
        return new RawBsonDocument(command.getBinary("payload").getData());
    }

    private MongoSecurityException refusal() {
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure()).isInstanceOf(MongoSecurityException.class);
        return (MongoSecurityException) rig.failure();
    }

    // ---- PLAIN

    private void plain() {
        as(MongoCredential.createPlainCredential("user", "$external", "pencil".toCharArray()));
        assertThat(connect()).doesNotContainKeys("speculativeAuthenticate", "saslSupportedMechs");
        reply(Rig.HELLO_REPLY);
    }

    @Test
    void plainIsTheConversationOfTheSpecification() {
        plain();
        BsonDocument start = sent("saslStart");
        assertThat(start.getString("mechanism").getValue()).isEqualTo("PLAIN");
        assertThat(start.getString("$db").getValue()).isEqualTo("$external");
        assertThat(start.getBinary("payload"))
                .isEqualTo(BsonDocument.parse("{p: {$binary: {base64: 'AHVzZXIAcGVuY2ls', subType: '00'}}}")
                        .getBinary("p"));
        assertThat(rig.log).isEmpty();
        done();
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void aRefusalOfPlainShowsNoPassword() {
        plain();
        reply(REFUSED);
        MongoSecurityException failure = refusal();
        assertThat(failure)
                .hasMessage("Authentication with PLAIN at db1:27017 against database $external failed:"
                        + " Authentication failed. (check the user name, the password, authSource, and that the"
                        + " user may use this mechanism)")
                .hasCauseInstanceOf(MongoCommandException.class);
        assertThat(failure.mechanism()).isEqualTo(AuthMechanism.PLAIN);
        assertThat(failure.code()).isEqualTo(18);
        assertThat(String.valueOf(failure.getCause())).doesNotContain("pencil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ok: 1}", "{ok: 1, done: false, conversationId: 1}", "{ok: 1, done: 'yes'}"})
    void aReplyThatDoesNotEndPlainIsRefused(String reply) {
        plain();
        reply(reply);
        assertThat(refusal().code()).isEqualTo(-1);
    }

    // ---- MONGODB-X509

    @Test
    void x509IsCarriedByHello() {
        as(MongoCredential.createMongoX509Credential("CN=client,OU=Drivers"));
        assertThat(connect().getDocument("speculativeAuthenticate"))
                .isEqualTo(BsonDocument.parse("{authenticate: 1, mechanism: 'MONGODB-X509',"
                        + " user: 'CN=client,OU=Drivers', db: '$external'}"));
        reply(Rig.HELLO_REPLY.replace(
                "{ok: 1,", "{ok: 1, speculativeAuthenticate: {dbname: '$external', user: 'CN=client,OU=Drivers'},"));
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void x509WithoutANameLeavesItToTheServer() {
        as(MongoCredential.createMongoX509Credential());
        assertThat(connect().getDocument("speculativeAuthenticate").keySet())
                .containsExactly("authenticate", "mechanism", "db");
        reply(Rig.HELLO_REPLY);
        BsonDocument command = sent("authenticate");
        assertThat(command.keySet()).containsExactly("authenticate", "mechanism", "$db");
        assertThat(command.getString("$db").getValue()).isEqualTo("$external");
        reply("{ok: 1, dbname: '$external', user: 'CN=client'}");
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void aCertificateThatIsNotTakenIsARefusal() {
        as(MongoCredential.createMongoX509Credential());
        connect();
        reply(Rig.HELLO_REPLY);
        reply(REFUSED);
        assertThat(refusal().mechanism()).isEqualTo(AuthMechanism.MONGODB_X509);
    }

    // ---- MONGODB-AWS

    private BsonDocument aws() {
        as(MongoCredential.createAwsCredential()
                .withAwsCredentialSource(() -> CompletableFuture.completedStage(
                        new AwsCredential("AKIDEXAMPLE", Secret.of("very-secret"), Secret.of("session")))));
        assertThat(connect()).doesNotContainKey("speculativeAuthenticate");
        reply(Rig.HELLO_REPLY);
        return payload(sent("saslStart"));
    }

    private static byte[] nonce(int own, int length) {
        byte[] nonce = new byte[length];
        Arrays.fill(nonce, 0, own, (byte) 7);
        return nonce;
    }

    @Test
    void awsSendsANonceAndThenASignedRequest() {
        BsonDocument first = aws();
        assertThat(first.keySet()).containsExactly("r", "p");
        assertThat(first.getBinary("r").getData()).isEqualTo(nonce(32, 32));
        assertThat(first.getInt32("p").getValue()).isEqualTo(110);
        reply(
                new BsonDocument("s", new BsonBinary(nonce(32, 64))).append("h", new BsonString("sts.amazonaws.com")),
                false);
        BsonDocument second = sent("saslContinue");
        assertThat(second.getInt32("conversationId").getValue()).isEqualTo(7);
        BsonDocument signed = payload(second);
        assertThat(signed.keySet()).containsExactly("a", "d", "t");
        assertThat(signed.getString("d").getValue()).isEqualTo("20191107T002607Z");
        assertThat(signed.getString("t").getValue()).isEqualTo("session");
        assertThat(signed.getString("a").getValue())
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20191107/us-east-1/sts/aws4_request,"
                        + " SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-security-token;"
                        + "x-mongodb-gs2-cb-flag;x-mongodb-server-nonce, Signature=");
        done();
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void aSourceThatIsThereInPartFailsTheAuthenticationInWords() {
        as(MongoCredential.createAwsCredential().withAwsCredentialSource(() -> {
            throw new NoClassDefFoundError("software/amazon/awssdk/Sdk");
        }));
        connect();
        reply(Rig.HELLO_REPLY);
        assertThat(rig.failure())
                .isInstanceOf(MongoSecurityException.class)
                .hasMessageContaining("software/amazon/awssdk/Sdk")
                .hasRootCauseInstanceOf(NoClassDefFoundError.class);
    }

    /** Listed as a service by a test. */
    public static final class FoundSource implements AwsCredentialSource {
        @Override
        public CompletionStage<AwsCredential> credentials() {
            return CompletableFuture.completedStage(new AwsCredential("AKIDFOUND", Secret.of("very-secret"), null));
        }
    }

    @Test
    void anAwsCredentialSourceThatIsThereAsAServiceIsUsed(@TempDir Path folder) throws Exception {
        ServiceFolder.at(folder)
                .with(AwsCredentialSource.class, FoundSource.class.getName())
                .asContext(() -> {
                    as(MongoCredential.createAwsCredential());
                    return null;
                });
        connect();
        reply(Rig.HELLO_REPLY);
        sent("saslStart");
        reply(
                new BsonDocument("s", new BsonBinary(nonce(32, 64))).append("h", new BsonString("sts.amazonaws.com")),
                false);
        assertThat(payload(sent("saslContinue")).getString("a").getValue()).contains("Credential=AKIDFOUND/");
    }

    @Test
    void anAwsCredentialSourceThatCannotBeLoadedIsNotPassedOverForTheEnvironment(@TempDir Path folder)
            throws Exception {
        ServiceFolder services = ServiceFolder.at(folder).with(AwsCredentialSource.class, "acme.aws.Source");
        assertThatThrownBy(() -> services.asContext(() -> {
                    as(MongoCredential.createAwsCredential());
                    return null;
                }))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("The AWS credential source cannot be loaded: Provider acme.aws.Source not found")
                .hasCauseInstanceOf(ServiceConfigurationError.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 63, 65})
    void aNonceThatIsNotRightIsRefused(int length) {
        aws();
        reply(
                new BsonDocument("s", new BsonBinary(nonce(Math.min(32, length), length)))
                        .append("h", new BsonString("sts.amazonaws.com")),
                false);
        assertThat(refusal()).hasMessageContaining("nonce has " + length + " bytes, not 64");
    }

    @Test
    void aNonceThatDoesNotBeginWithTheClientsIsRefused() {
        aws();
        reply(
                new BsonDocument("s", new BsonBinary(nonce(31, 64))).append("h", new BsonString("sts.amazonaws.com")),
                false);
        assertThat(refusal()).hasMessageContaining("does not begin with the client's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sts..com", ".sts.com", "sts."})
    void aHostThatIsNoneIsRefused(String host) {
        aws();
        reply(new BsonDocument("s", new BsonBinary(nonce(32, 64))).append("h", new BsonString(host)), false);
        assertThat(refusal()).hasMessageContaining("STS host");
    }

    @Test
    void aServerThatEndsAwsWithoutASignatureIsRefused() {
        aws();
        done();
        assertThat(refusal()).hasMessageContaining("without a signature");
    }

    @Test
    void aSourceThatFailsFailsTheConnectionAndNothingIsSent() {
        as(MongoCredential.createAwsCredential()
                .withAwsCredentialSource(
                        () -> CompletableFuture.failedStage(new IllegalStateException("no role is there"))));
        connect();
        reply(Rig.HELLO_REPLY);
        assertThat(refusal())
                .hasMessage(
                        "Authentication with MONGODB-AWS at db1:27017 against database $external failed: no role is there");
    }

    // ---- MONGODB-OIDC

    private final List<OidcCallbackContext> calls = new ArrayList<>();
    private final List<CompletableFuture<OidcCallbackResult>> answers = new ArrayList<>();

    private CompletableFuture<OidcCallbackResult> call(OidcCallbackContext context) {
        calls.add(context);
        answers.add(new CompletableFuture<>());
        return answers.get(answers.size() - 1);
    }

    private void oidc() {
        as(MongoCredential.createOidcCredential(null).withOidcCallback(this::call));
        assertThat(connect()).doesNotContainKey("speculativeAuthenticate");
        reply(Rig.HELLO_REPLY);
    }

    /** Another connection of the same client. */
    private MechanismsTest another() {
        MechanismsTest other = new MechanismsTest();
        other.rig.authenticator = rig.authenticator;
        return other;
    }

    @Test
    void aTokenIsUsedUntilTheServerRefusesItWhateverItsExpirySays() {
        oidc();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234").withExpiresIn(Duration.ofSeconds(1)));
        rig.transport.loop().run();
        done();
        assertThat(rig.log).containsExactly("opened");
        Authenticator shared = rig.authenticator;
        rig.transport.loop().advance(Duration.ofHours(1));
        Rig later = new Rig();
        later.authenticator = shared;
        later.startOpening();
        assertThat(later.connect().lastSent().body()).containsKey("speculativeAuthenticate");
        assertThat(calls).hasSize(1);
    }

    @Test
    void oidcIsTheConversationOfTheSpecification() {
        oidc();
        assertThat(calls).singleElement().satisfies(context -> assertThat(context.timeout())
                .isEqualTo(Duration.ofMinutes(1)));
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        BsonDocument start = sent("saslStart");
        assertThat(start.getBinary("payload"))
                .isEqualTo(BsonDocument.parse(
                                "{p: {$binary: {base64: 'FwAAAAJqd3QACQAAAGFiY2QxMjM0AAA='," + " subType: '00'}}}")
                        .getBinary("p"));
        done();
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void theNextConnectionsHelloCarriesTheToken() {
        oidc();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        done();

        MechanismsTest next = another();
        BsonDocument speculative = next.connect().getDocument("speculativeAuthenticate");
        assertThat(speculative.keySet()).containsExactly("saslStart", "mechanism", "payload", "db");
        assertThat(payload(speculative).getString("jwt").getValue()).isEqualTo("abcd1234");
        next.reply(Rig.HELLO_REPLY.replace(
                "{ok: 1,", "{ok: 1, speculativeAuthenticate: {conversationId: 1, done: true},"));
        assertThat(next.rig.log).containsExactly("opened");
        assertThat(calls).hasSize(1);
    }

    @Test
    void aConnectionWaitsForTheCallbackLongerThanForTheServer() {
        oidc();
        rig.transport.loop().advance(Duration.ofSeconds(59));
        assertThat(rig.log).isEmpty();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        done();
        assertThat(rig.log).containsExactly("opened");
    }

    @Test
    void aCallbackThatGivesNothingIsCancelledAfterAMinute() {
        oidc();
        rig.transport.loop().advance(Duration.ofSeconds(60));
        assertThat(refusal()).hasMessageContaining("the OIDC callback gave nothing within PT1M");
        assertThat(answers.get(0)).isCancelled();
    }

    @Test
    void withTimeoutMsItHasTheTimeThatIsLeft() {
        timeout = Duration.ofSeconds(3);
        oidc();
        assertThat(calls).singleElement().satisfies(context -> assertThat(context.timeout())
                .isEqualTo(Duration.ofSeconds(3)));
        rig.transport.loop().advance(Duration.ofSeconds(3));
        assertThat(refusal()).hasMessageContaining("within PT3S");
    }

    @Test
    void afterAFailureTheCallbackRestsForATenthOfASecond() {
        oidc();
        answers.get(0).completeExceptionally(new IllegalStateException("away"));
        rig.transport.loop().run();
        assertThat(refusal()).hasMessageContaining("the OIDC callback failed: away");

        MechanismsTest other = another();
        other.connect();
        other.reply(Rig.HELLO_REPLY);
        assertThat(calls).hasSize(1);
        other.rig.transport.loop().advance(Duration.ofMillis(99));
        assertThat(calls).hasSize(1);
        other.rig.transport.loop().advance(Duration.ofMillis(1));
        assertThat(calls).hasSize(2);
    }

    @Test
    void connectionsThatNeedATokenAtTheSameTimeShareOneCall() {
        oidc();
        MechanismsTest next = another();
        next.connect();
        next.reply(Rig.HELLO_REPLY);
        assertThat(calls).hasSize(1);
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        next.rig.transport.loop().run();
        sent("saslStart");
        next.sent("saslStart");
        assertThat(calls).hasSize(1);
    }

    @Test
    void aConnectionThatEndsWhileItWaitsForATokenIsLeftAlone() {
        oidc();
        rig.connection().close(new MongoException("closed by the test", null));
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure()).hasMessage("closed by the test");
        assertThat(rig.transport.loop().failures()).isEmpty();
    }

    /** The server has said that the token has expired, to an operation with that much time. */
    private List<String> reauthenticate(Duration left) {
        List<String> heard = new ArrayList<>();
        long until = rig.transport.clock().nanoTime() + left.toNanos();
        assertThat(rig.connection().reauthenticate(until, new Authenticator.Callback() {
                    @Override
                    public void onAuthenticated() {
                        heard.add("authenticated");
                    }

                    @Override
                    public void onAuthenticationFailed(MongoException cause) {
                        heard.add(cause.getMessage());
                        rig.connection().close(cause);
                    }

                    @Override
                    public long onWait(long nanos) {
                        return until;
                    }
                }))
                .isTrue();
        return heard;
    }

    @Test
    void anOperationThatMustAuthenticateAnewHasTheTimeThatIsLeftToItAlsoWithoutTimeoutMs() {
        oidc();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        done();
        List<String> heard = reauthenticate(Duration.ofMillis(200));
        rig.transport.loop().advance(Duration.ofMillis(199));
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).timeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(heard).isEmpty();
        rig.transport.loop().advance(Duration.ofMillis(1));
        assertThat(heard).singleElement().asString().endsWith("the OIDC callback gave nothing within PT0.2S");
    }

    @Test
    void anOperationWithLittleTimeDoesNotShortenThatOfHumans() {
        as(MongoCredential.createOidcCredential(null)
                .withOidcHumanCallback(this::call)
                .withAllowedHosts(List.of("db1")));
        connect();
        reply(Rig.HELLO_REPLY);
        reply(BsonDocument.parse("{issuer: 'https://issuer'}"), false);
        answers.get(0).complete(OidcCallbackResult.of("abcd1234").withRefreshToken("efgh5678"));
        rig.transport.loop().run();
        done();
        rig.transport.loop().advance(Duration.ofSeconds(1));
        List<String> heard = reauthenticate(Duration.ofMillis(200));
        assertThat(calls.get(1).timeout()).isEqualTo(Duration.ofMinutes(5));
        rig.transport.loop().advance(Duration.ofMillis(200));
        assertThat(heard).singleElement().asString().endsWith("the OIDC callback gave nothing within PT0.2S");
        assertThat(answers.get(1)).isNotDone();
        answers.get(1).complete(OidcCallbackResult.of("ijkl9012"));
        MechanismsTest next = another();
        assertThat(payload(next.connect().getDocument("speculativeAuthenticate"))
                        .getString("jwt")
                        .getValue())
                .isEqualTo("ijkl9012");
    }

    private void malformedInside() {
        rig.wire().deliver(FakeMessage.replyMalformedInside(rig.wire().lastSent()));
        rig.transport.loop().run();
    }

    @Test
    void aReplyThatIsMalformedInsideFailsTheConnectionAtOnce() {
        oidc();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        malformedInside();
        assertThat(refusal()).hasCauseInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aReplyThatIsMalformedInsideFailsAnOperationThatMustAuthenticateAnew() {
        oidc();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        done();
        rig.transport.loop().advance(Duration.ofSeconds(1));
        List<String> heard = reauthenticate(Duration.ofMinutes(1));
        answers.get(1).complete(OidcCallbackResult.of("efgh5678"));
        rig.transport.loop().run();
        malformedInside();
        assertThat(heard)
                .singleElement()
                .asString()
                .startsWith("Authentication with MONGODB-OIDC at db1:27017 against database $external failed: ");
    }

    @Test
    void anErrorWhileAReplyIsReadFailsAnOperationThatMustAuthenticateAnew() {
        as(MongoCredential.createOidcCredential(null)
                .withOidcHumanCallback(this::call)
                .withAllowedHosts(List.of("db1")));
        connect();
        reply(Rig.HELLO_REPLY);
        reply(BsonDocument.parse("{issuer: 'https://issuer'}"), false);
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        done();
        List<String> heard = reauthenticate(Duration.ofMinutes(1));
        trouble = new NoClassDefFoundError("acme/Clock");
        reply(BsonDocument.parse("{issuer: 'https://issuer'}"), false);
        assertThat(heard).singleElement().asString().endsWith(": java.lang.NoClassDefFoundError: acme/Clock");
        assertThat(rig.transport.loop().failures()).isEmpty();
    }

    @Test
    void anErrorBeforeAnythingIsSentFailsAnOperationThatMustAuthenticateAnew() {
        oidc();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        done();
        trouble = new NoClassDefFoundError("acme/Clock");
        assertThat(reauthenticate(Duration.ofMinutes(1)))
                .singleElement()
                .asString()
                .endsWith(": java.lang.NoClassDefFoundError: acme/Clock");
    }

    @Test
    void anErrorWhileACommandIsSentIsToldOnce() {
        oidc();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        done();
        rig.transport.loop().advance(Duration.ofSeconds(1));
        List<String> heard = reauthenticate(Duration.ofMinutes(1));
        rig.wire().respond(message -> {
            throw new NoClassDefFoundError("acme/Transport");
        });
        answers.get(1).complete(OidcCallbackResult.of("efgh5678"));
        rig.transport.loop().run();
        assertThat(heard).singleElement().asString().endsWith(": java.lang.NoClassDefFoundError: acme/Transport");
        assertThat(rig.connection().isClosed()).isTrue();
    }

    @Test
    void anErrorBeforeAnythingIsSentFailsTheConnectionAtOnce() {
        trouble = new NoClassDefFoundError("acme/Clock");
        oidc();
        assertThat(refusal()).hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void humansHaveFiveMinutesAndAreToldWhereToSignIn() {
        as(MongoCredential.createOidcCredential("myidp")
                .withOidcHumanCallback(this::call)
                .withAllowedHosts(List.of("db1")));
        connect();
        reply(Rig.HELLO_REPLY);
        assertThat(payload(sent("saslStart"))).isEqualTo(BsonDocument.parse("{n: 'myidp'}"));
        reply(BsonDocument.parse("{issuer: 'https://issuer', clientId: 'abcd', requestScopes: ['a', 'b']}"), false);
        rig.transport.loop().advance(Duration.ofMinutes(4));
        answers.get(0).complete(OidcCallbackResult.of("abcd1234"));
        rig.transport.loop().run();
        assertThat(payload(sent("saslContinue")).getString("jwt").getValue()).isEqualTo("abcd1234");
        done();
        assertThat(rig.log).containsExactly("opened");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{issuer: 1}", "{clientId: 'a'}"})
    void aServerThatDoesNotTellWhereToSignInIsRefused(String told) {
        as(MongoCredential.createOidcCredential(null)
                .withOidcHumanCallback(this::call)
                .withAllowedHosts(List.of("db1")));
        connect();
        reply(Rig.HELLO_REPLY);
        reply(BsonDocument.parse(told), false);
        assertThat(refusal()).hasMessageContaining("does not tell the issuer");
        assertThat(calls).isEmpty();
    }

    @Test
    void tokensAreInNoMessage() {
        oidc();
        answers.get(0).complete(OidcCallbackResult.of("abcd1234").withRefreshToken("efgh5678"));
        rig.transport.loop().run();
        reply(REFUSED);
        assertThat(refusal().toString() + refusal().getCause())
                .doesNotContain("abcd")
                .doesNotContain("efgh");
        assertThat(OidcCallbackResult.of("abcd1234")
                        .withRefreshToken("efgh5678")
                        .toString())
                .doesNotContain("abcd")
                .doesNotContain("efgh");
    }
}
