package dev.rotor.driver.core.conn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.core.auth.AuthResources;
import dev.rotor.driver.core.auth.Authenticators;
import dev.rotor.driver.core.auth.CloudEndpoints;
import dev.rotor.driver.core.auth.CloudHttp;
import dev.rotor.driver.core.fake.FakeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.security.auth.Subject;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GSSAPI on a connection: what is sent, what is done on which thread, and what servers may not answer. */
class GssapiTest {

    private static final MongoCredential ALICE = MongoCredential.createGSSAPICredential("alice@ROTOR.TEST");
    private static final String FAILED = "Authentication with GSSAPI at db1:27017 against database $external failed: ";

    private final FakeKerberos kerberos = new FakeKerberos();
    private final ArrayDeque<Runnable> helper = new ArrayDeque<>();
    private Rig rig = new Rig();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private Authenticator authenticator = Authenticator.NONE;

    private void as(MongoCredential credential) {
        authenticator = Authenticators.of(
                credential,
                null,
                new AuthResources(
                        helper::add,
                        rig.transport.clock(),
                        () -> now,
                        name -> null,
                        CloudEndpoints.REAL,
                        null,
                        byte[]::new,
                        new CloudHttp(helper::add),
                        kerberos));
    }

    /** Up to where Kerberos is asked. */
    private void connect() {
        rig.authenticator = authenticator;
        rig.startOpening();
        BsonDocument hello = rig.connect().lastSent().body();
        assertThat(hello).doesNotContainKeys("speculativeAuthenticate", "saslSupportedMechs");
        rig.reply(Rig.HELLO_REPLY);
        rig.transport.loop().run();
    }

    private void connectAnother() {
        rig = new Rig();
        kerberos.log.clear();
        connect();
        help();
    }

    /** The helper threads do what they were given, and the loop goes on with it. */
    private void help() {
        while (!helper.isEmpty()) {
            helper.remove().run();
            rig.transport.loop().run();
        }
    }

    private String sent(String command) {
        FakeMessage last = rig.wire().lastSent();
        assertThat(last.commandName()).isEqualTo(command);
        assertThat(last.body().getString("$db").getValue()).isEqualTo("$external");
        return new String(last.body().getBinary("payload").getData(), UTF_8);
    }

    private void reply(boolean done, String payload) {
        rig.reply("{ok: 1, conversationId: 7, done: " + done + ", payload: {$binary: {base64: '"
                + Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)) + "', subType: '00'}}}");
        rig.transport.loop().run();
    }

    private String refusal() {
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure())
                .isInstanceOfSatisfying(MongoSecurityException.class, failure -> assertThat(failure.mechanism())
                        .isEqualTo(AuthMechanism.GSSAPI));
        return Objects.requireNonNull(rig.failure().getMessage());
    }

    // ---- the conversation

    @Test
    void theConversationIsThatOfSaslAndNothingOfItHappensOnTheLoop() {
        as(ALICE);
        connect();
        assertThat(kerberos.log).isEmpty();
        help();
        assertThat(sent("saslStart")).isEqualTo("token 1");
        assertThat(rig.wire().lastSent().body().getString("mechanism").getValue())
                .isEqualTo("GSSAPI");
        reply(false, "challenge");
        assertThat(kerberos.log).doesNotContain("turn 2");
        help();
        assertThat(sent("saslContinue")).isEqualTo("token 2");
        assertThat(rig.log).isEmpty();
        reply(true, "");
        assertThat(rig.log).containsExactly("opened");
        assertThat(kerberos.log)
                .containsExactly(
                        "login of alice@ROTOR.TEST with ticket cache true",
                        "client of mongodb/db1 for alice@ROTOR.TEST",
                        "turn 1",
                        "turn 2",
                        "disposed");
    }

    @Test
    void propertiesNameTheServiceAndDnsIsAskedByTheHelper() {
        as(ALICE.withMechanismProperty("SERVICE_NAME", "db")
                .withMechanismProperty("SERVICE_REALM", "OTHER.TEST")
                .withMechanismProperty("CANONICALIZE_HOST_NAME", "forwardAndReverse"));
        connect();
        assertThat(kerberos.log).isEmpty();
        help();
        assertThat(kerberos.log)
                .contains("addresses of db1", "client of db/db1.rotor.test@OTHER.TEST for alice@ROTOR.TEST");
    }

    @Test
    void propertiesForTheSaslClientReachIt() {
        as(ALICE.withSaslClientProperties(Map.of("some.property", "some value")));
        connect();
        help();
        assertThat(kerberos.log).contains("client of mongodb/db1 for alice@ROTOR.TEST with {some.property=some value}");
    }

    @Test
    void aServerThatEndsTheConversationEarlyIsNotBelieved() {
        as(ALICE);
        connect();
        help();
        reply(true, "");
        assertThat(refusal()).isEqualTo(FAILED + "the server ended the conversation before it was complete");
        assertThat(kerberos.log).endsWith("disposed");
    }

    @Test
    void aClientThatCannotBeDisposedOfFailsTheConnectionAllTheSame() {
        kerberos.disposal = new IllegalStateException("not now");
        as(ALICE);
        connect();
        help();
        reply(true, "");
        assertThat(refusal()).isEqualTo(FAILED + "the server ended the conversation before it was complete");
    }

    @Test
    void aServerThatDoesNotEndTheConversationIsRefused() {
        as(ALICE);
        connect();
        help();
        reply(false, "challenge");
        help();
        reply(false, "challenge");
        assertThat(refusal()).isEqualTo(FAILED + "the server does not end the conversation");
    }

    @Test
    void aChallengeThatTheClientDoesNotUnderstandEndsIt() {
        as(ALICE);
        connect();
        help();
        reply(false, "something else");
        help();
        assertThat(refusal()).isEqualTo(FAILED + "Kerberos service mongodb/db1: not a challenge");
        assertThat(kerberos.log).endsWith("disposed");
    }

    @Test
    void aLayerOfSecurityIsRefused() {
        kerberos.protection = "auth-conf";
        as(ALICE);
        connect();
        help();
        reply(false, "challenge");
        help();
        reply(true, "");
        assertThat(refusal())
                .isEqualTo(FAILED + "the SASL client properties ask for the quality of protection auth-conf, and"
                        + " MongoDB has none but auth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ok: 1}", "{ok: 1, done: false}", "{ok: 1, done: false, payload: 1, conversationId: 1}"})
    void aReplyThatIsNoneOfSaslIsRefused(String reply) {
        as(ALICE);
        connect();
        help();
        rig.reply(reply);
        rig.transport.loop().run();
        help();
        assertThat(refusal()).startsWith(FAILED);
        assertThat(kerberos.log).endsWith("disposed");
    }

    // ---- logging in

    @Test
    void aPasswordIsGivenToTheLogin() {
        as(ALICE.withPassword("pencil".toCharArray()));
        connect();
        help();
        assertThat(kerberos.log).startsWith("login of alice@ROTOR.TEST with ticket cache false", "password pencil");
    }

    @Test
    void theUsualEntriesOfJaasCountInTheirOrderWhereThereIsNoPassword() {
        kerberos.entries.add("com.sun.security.jgss.initiate");
        as(ALICE);
        connect();
        help();
        assertThat(kerberos.log).startsWith("login by com.sun.security.jgss.initiate");
        kerberos.entries.add("com.sun.security.jgss.krb5.initiate");
        as(ALICE);
        connectAnother();
        assertThat(kerberos.log).startsWith("login by com.sun.security.jgss.krb5.initiate");
        as(ALICE.withPassword("pencil".toCharArray()));
        connectAnother();
        assertThat(kerberos.log).startsWith("login of alice@ROTOR.TEST with ticket cache false");
    }

    @Test
    void anEntryThatIsNamedGetsThePasswordIfItAsks() {
        as(ALICE.withKerberosLoginContext("mine").withPassword("pencil".toCharArray()));
        connect();
        help();
        assertThat(kerberos.log).startsWith("login by mine", "password pencil");
    }

    @Test
    void oneLoginServesAllConnectionsUntilFiveMinutesBeforeItsTicketExpires() {
        kerberos.end = now.plus(Duration.ofHours(10));
        as(ALICE);
        connect();
        help();
        assertThat(kerberos.log).startsWith("login of alice@ROTOR.TEST with ticket cache true");
        now = now.plus(Duration.ofHours(10)).minus(Duration.ofMinutes(5)).minusMillis(1);
        connectAnother();
        assertThat(kerberos.log).startsWith("client of mongodb/db1 for alice@ROTOR.TEST");
        now = now.plusMillis(1);
        connectAnother();
        assertThat(kerberos.log).startsWith("login of alice@ROTOR.TEST with ticket cache true");
    }

    @Test
    void afterAFailureTheNextConnectionLogsInAnew() {
        as(ALICE);
        connect();
        help();
        reply(true, "");
        connectAnother();
        assertThat(kerberos.log).startsWith("login of alice@ROTOR.TEST with ticket cache true");
    }

    @Test
    void aLoginThatFailsIsToldWithoutTheUser() {
        kerberos.refusal = "nothing for alice@ROTOR.TEST";
        as(ALICE);
        connect();
        help();
        assertThat(refusal()).isEqualTo(FAILED + "Kerberos login by ticket cache failed: nothing for ***");
    }

    @Test
    void theClientsEndLogsOut() {
        as(ALICE);
        connect();
        help();
        authenticator.close();
        assertThat(kerberos.log).endsWith("logout");
        kerberos.log.clear();
        authenticator.close();
        assertThat(kerberos.log).isEmpty();
        connectAnother();
        assertThat(refusal()).isEqualTo(FAILED + "the client is being closed");
        assertThat(kerberos.log).isEmpty();
    }

    // ---- subjects of the application

    @Test
    void aSubjectOfTheApplicationIsAskedForPerConnectionAndUsedAsItIs() {
        Subject given = new Subject();
        as(ALICE.withKerberosSubjectSource(() -> CompletableFuture.completedStage(given)));
        connect();
        help();
        assertThat(kerberos.as).isSameAs(given);
        assertThat(kerberos.log).startsWith("client of mongodb/db1 for alice@ROTOR.TEST");
        authenticator.close();
        assertThat(kerberos.log).doesNotContain("logout");
    }

    @Test
    void aSourceMayTakeItsTime() {
        CompletableFuture<Subject> later = new CompletableFuture<>();
        as(ALICE.withKerberosSubjectSource(() -> later));
        connect();
        help();
        assertThat(kerberos.log).isEmpty();
        later.complete(new Subject());
        rig.transport.loop().run();
        help();
        assertThat(sent("saslStart")).isEqualTo("token 1");
    }

    private String refusalOf(@Nullable CompletionStage<Subject> given) {
        as(ALICE.withKerberosSubjectSource(() -> nothing(given)));
        connect();
        help();
        return refusal();
    }

    /** For sources that do not keep to their contract. */
    @SuppressWarnings("NullAway")
    private static <T> T nothing(@Nullable T value) {
        return value;
    }

    @Test
    void aSourceThatReturnsNullIsNamed() {
        assertThat(refusalOf(null)).isEqualTo(FAILED + "the source of Kerberos subjects returned null");
    }

    @Test
    void aSourceThatGivesNullIsNamed() {
        assertThat(refusalOf(CompletableFuture.completedStage(nothing(null))))
                .isEqualTo(FAILED + "the source of Kerberos subjects gave null");
    }

    @Test
    void aSourceThatFailsIsTold() {
        assertThat(refusalOf(CompletableFuture.failedStage(new IllegalStateException("vault is closed"))))
                .isEqualTo(FAILED + "vault is closed");
    }

    // ---- time

    @Test
    void aKdcThatTakesTooLongIsNamedBeforeTheConnectionTimesOut() {
        rig.socket =
                SocketSettings.builder().connectTimeout(Duration.ofSeconds(10)).build();
        as(ALICE);
        connect();
        rig.transport.loop().advance(Duration.ofMillis(9_899));
        assertThat(rig.log).isEmpty();
        rig.transport.loop().advance(Duration.ofMillis(1));
        assertThat(refusal())
                .isEqualTo(FAILED + "Kerberos gave no ticket in time: check the kdc of the realm in krb5.conf and the"
                        + " network, or raise connectTimeoutMS");
    }

    @Test
    void aTicketThatComesTooLateIsNotUsedAndNothingIsLeftOfIt() {
        rig.socket =
                SocketSettings.builder().connectTimeout(Duration.ofSeconds(10)).build();
        as(ALICE);
        connect();
        kerberos.meanwhile = () -> rig.transport.loop().advance(Duration.ofSeconds(10));
        help();
        assertThat(rig.log).containsExactly("open failed");
        assertThat(kerberos.log).endsWith("disposed");
        assertThat(rig.wire().lastSent().commandName()).isNotEqualTo("saslStart");
    }

    @Test
    void aServerThatIsSlowAfterwardsIsNotBlamedOnKerberos() {
        rig.socket =
                SocketSettings.builder().connectTimeout(Duration.ofSeconds(10)).build();
        as(ALICE);
        connect();
        help();
        rig.transport.loop().advance(Duration.ofSeconds(11));
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure()).hasMessageContaining("while authenticating").hasMessageNotContaining("Kerberos");
    }

    @Test
    void anExecutorThatTakesNothingMoreFailsTheConnection() {
        asWithExecutor(task -> {
            throw new RejectedExecutionException();
        });
        connect();
        assertThat(refusal()).isEqualTo(FAILED + "the client is being closed");
        assertThat(List.copyOf(kerberos.log)).isEmpty();
    }

    @Test
    void aThreadThatCannotBeStartedFailsTheConnection() {
        asWithExecutor(task -> {
            throw new InternalError("unable to create native thread");
        });
        connect();
        assertThat(refusal()).isEqualTo(FAILED + "java.lang.InternalError: unable to create native thread");
        assertThat(rig.failure()).hasCauseInstanceOf(InternalError.class);
        assertThat(List.copyOf(kerberos.log)).isEmpty();
    }

    private void asWithExecutor(Executor executor) {
        authenticator = Authenticators.of(
                ALICE,
                null,
                new AuthResources(
                        executor,
                        rig.transport.clock(),
                        () -> now,
                        name -> null,
                        CloudEndpoints.REAL,
                        null,
                        byte[]::new,
                        new CloudHttp(helper::add),
                        kerberos));
    }

    // ---- connections that are gone meanwhile

    /** A connection that was closed while Kerberos was asked; others have logged in since. */
    private Rig closedWhileItWaits() {
        // Less than the others have, so that theirs is not over with it.
        rig.socket =
                SocketSettings.builder().connectTimeout(Duration.ofSeconds(1)).build();
        as(ALICE);
        connect();
        Rig closed = rig;
        closed.connection().close(new MongoException("closed by the test", null));
        connectAnother();
        assertThat(kerberos.log).contains("login of alice@ROTOR.TEST with ticket cache true");
        return closed;
    }

    private void assertLoginIsKept() {
        connectAnother();
        assertThat(kerberos.log).contains("turn 1").noneMatch(each -> each.startsWith("login"));
    }

    @Test
    void aConnectionThatIsGoneDoesNotDropTheLoginOfOthersWhenItsTimeIsOver() {
        Rig closed = closedWhileItWaits();
        helper.clear();
        closed.transport.loop().advance(Duration.ofSeconds(1));
        assertThat(closed.failure()).hasMessage("closed by the test");
        assertLoginIsKept();
    }

    @Test
    void aConnectionThatIsGoneDoesNotDropTheLoginOfOthersWhenItsTokenComes() {
        Rig closed = closedWhileItWaits();
        kerberos.log.clear();
        closed.transport.loop().run();
        while (!helper.isEmpty()) {
            helper.remove().run();
            closed.transport.loop().run();
        }
        assertThat(kerberos.log).endsWith("turn 1", "disposed");
        assertThat(closed.transport.loop().armedTimers()).isZero();
        assertLoginIsKept();
    }
}
