package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeScram;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Behind a load balancer a connection belongs to its service from the handshake on: what happens to the service while
 * the connection authenticates concerns it, and the other way round.
 */
class ServiceAuthenticationTest {

    private final ClusterRig rig = ClusterRig.loadBalanced("");
    private final FakeScram scram = new FakeScram("SCRAM-SHA-256", "pencil", "W22ZaJ0SNY7soEsUEjb6gQ==", 4096, "x");

    @BeforeEach
    void aServiceThatWantsToKnowWhoAsks() {
        rig.settings.credential(MongoCredential.createScramSha256Credential("user", "admin", "pencil".toCharArray()));
        FakeMember member = rig.member(0);
        Function<FakeMessage, @Nullable String> rest = member.script;
        member.script = message -> switch (message.commandName()) {
            case "saslStart" -> AuthenticationTest.sasl(scram.first(AuthenticationTest.payload(message)), false);
            case "saslContinue" -> AuthenticationTest.sasl(scram.last(AuthenticationTest.payload(message)), true);
            default -> rest.apply(message);
        };
    }

    private CompletionStage<?> insert(int id) {
        return rig.collection().insertOne(new Document("_id", id));
    }

    /** The service goes down while a second connection to it authenticates; gives the operation that waits for that. */
    private CompletionStage<?> clearedWhileAuthenticating() {
        rig.done(insert(1));
        rig.member(0).delay = Duration.ofMillis(100);
        rig.member(0).fail(1, "insert", Duration.ofMillis(50), "{ok: 0, code: 11600, errmsg: 'shutting down'}");
        CompletionStage<?> fails = insert(2);
        rig.run();
        CompletionStage<?> waits = insert(3);
        rig.failure(fails);

        assertThat(rig.clearedServices).hasSize(1);
        assertThat(rig.transport.attempts()).hasSize(2);
        assertThat(waits.toCompletableFuture()).isNotDone();
        return waits;
    }

    @Test
    void aConnectionWhoseServiceIsClearedWhileItAuthenticatesIsNotUsed() {
        CompletionStage<?> waits = clearedWhileAuthenticating();

        rig.done(waits);

        assertThat(rig.transport.attempts()).hasSize(3);
        assertThat(rig.clearedServices).hasSize(1);
        assertThat(rig.member(0).count("insert")).isEqualTo(3);
        assertThat(rig.checkedOut).isZero();
    }

    @Test
    void itsFailureToAuthenticateDoesNotClearTheServiceAgain() {
        CompletionStage<?> waits = clearedWhileAuthenticating();
        rig.member(0).fail(1, "saslContinue", FakeMember.BREAK);

        rig.done(waits);

        assertThat(rig.transport.attempts()).hasSize(3);
        assertThat(rig.clearedServices).hasSize(1);
    }

    @Test
    void aFailureToAuthenticateClearsTheServiceThatIsKnownByThen() {
        rig.member(0).fail(1, "saslContinue", FakeMember.BREAK);

        rig.done(insert(1));

        assertThat(rig.clearedServices).hasSize(1);
    }
}
