package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeScram;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.event.ConnectionReadyEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Prose test 4 of Client Side Operations Timeout, "Background Connection Pooling". */
class BackgroundPoolProseTest {

    private static final Duration BLOCKED = Duration.ofMillis(15);

    private final List<String> heard = new ArrayList<>();

    /** A client that keeps one connection in its pool, and must authenticate it. */
    private ClusterRig rig(String options) {
        ClusterRig rig = ClusterRig.standalone("minPoolSize=1&heartbeatFrequencyMS=600000&" + options);
        rig.settings.credential(MongoCredential.createScramSha256Credential("user", "admin", "pencil".toCharArray()));
        rig.settings.addConnectionPoolListener(new ConnectionPoolListener() {
            @Override
            public void connectionCreated(ConnectionCreatedEvent event) {
                heard.add("created");
            }

            @Override
            public void connectionReady(ConnectionReadyEvent event) {
                heard.add("ready");
            }

            @Override
            public void connectionClosed(ConnectionClosedEvent event) {
                heard.add("closed");
            }
        });
        FakeMember member = rig.member(0);
        FakeScram scram = new FakeScram("SCRAM-SHA-256", "pencil", "W22ZaJ0SNY7soEsUEjb6gQ==", 4096, "x");
        Function<FakeMessage, @Nullable String> rest = member.script;
        member.script = message -> switch (message.commandName()) {
            case "saslStart" -> {
                // What comes after this command is blocked.
                member.delay = BLOCKED;
                yield sasl(scram.first(payload(message)), false);
            }
            case "saslContinue" -> sasl(scram.last(payload(message)), true);
            default -> rest.apply(message);
        };
        return rig;
    }

    private static byte[] payload(FakeMessage message) {
        return message.body().getBinary("payload").getData();
    }

    private static String sasl(byte[] payload, boolean done) {
        return "{ok: 1, conversationId: 1, done: " + done + ", payload: {$binary: {base64: '"
                + Base64.getEncoder().encodeToString(payload) + "', subType: '00'}}}";
    }

    @Test
    @DisplayName("CSOT, prose test 4: timeoutMS is used for handshake commands")
    void theTimeoutIsThatOfACommandOfTheHandshake() {
        ClusterRig rig = rig("timeoutMS=10");
        rig.client();
        rig.pass(Duration.ofMillis(12));

        assertThat(heard).startsWith("created", "closed").doesNotContain("ready");
    }

    @Test
    @DisplayName("CSOT, prose test 4: timeoutMS is refreshed for each handshake command")
    void theTimeoutIsRefreshedForEachCommandOfTheHandshake() {
        ClusterRig rig = rig("timeoutMS=20");
        rig.member(0).helloDelay = BLOCKED;
        rig.client();
        rig.pass(Duration.ofMillis(100));

        assertThat(heard).containsExactly("created", "ready");
    }
}
