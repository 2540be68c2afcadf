package dev.rotor.transport.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.tls.OcspResponder;
import dev.rotor.testserver.tls.OcspResponder.Behaviour;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.StaplingServers;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import dev.rotor.transport.netty.testing.LeakWatch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An answer of OCSP that the server brings along is heard through OpenSSL as through the platform's engine. The client
 * asks no responder itself, and the certificates demand an answer: without it there is no connection.
 */
@Timeout(120)
@ExtendWith(LeakWatch.class)
class OpenSslStaplingTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Stapled over OpenSSL");

    @TempDir
    Path folder;

    @BeforeEach
    void needsOpenSsl() {
        assumeTrue(
                OpenSslEngines.isAvailable(),
                () -> "netty-tcnative has no native library for this machine: " + OpenSslEngines.unavailabilityCause());
    }

    private static TestCertificate demanding(OcspResponder responder) {
        return AUTHORITY.serverWithOcsp(List.of(responder.uri()), true, "127.0.0.1");
    }

    /** What the first heartbeat says: {@code connects}, or why it does not. */
    private String outcome(String uri) throws Exception {
        String file = URLEncoder.encode(AUTHORITY.writePem(folder).toString(), StandardCharsets.UTF_8);
        CompletableFuture<String> first = new CompletableFuture<>();
        ServerMonitorListener listener = new ServerMonitorListener() {
            @Override
            public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
                first.complete("connects");
            }

            @Override
            public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
                first.complete(event.failure().getMessage());
            }
        };
        try (MongoClient client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(
                        uri + "&tlsCAFile=" + file + "&tlsDisableOCSPEndpointCheck=true&transport=netty"))
                .addServerMonitorListener(listener)
                .build())) {
            assertThat(client.transport().name()).isEqualTo("netty");
            return first.get(60, SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aGoodAnswerConnects(String protocol) throws Exception {
        try (OcspResponder responder = OcspResponder.start(AUTHORITY, Behaviour.GOOD);
                StaplingServers servers = StaplingServers.start(folder, Map.of(demanding(responder), protocol))) {
            assertThat(outcome(servers.connectionString(0))).isEqualTo("connects");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aRevokedCertificateIsRefused(String protocol) throws Exception {
        try (OcspResponder responder = OcspResponder.start(AUTHORITY, Behaviour.REVOKED);
                StaplingServers servers = StaplingServers.start(folder, Map.of(demanding(responder), protocol))) {
            assertThat(outcome(servers.connectionString(0)))
                    .contains("was revoked by its authority on 2026-01-02T03:04:05Z (KEY_COMPROMISE)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void noAnswerWhereOneIsDemandedIsRefused(String protocol) throws Exception {
        try (OcspResponder responder = OcspResponder.start(AUTHORITY, Behaviour.GOOD);
                TestServer server = TestServer.standalone()
                        .tls(ServerTls.of(demanding(responder)).protocols(protocol))
                        .start()) {
            assertThat(outcome(server.connectionString())).contains("and the server brings none; have it staple one");
        }
    }
}
