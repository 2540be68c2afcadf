package dev.rotor.driver.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.ServerTls.ClientCertificates;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read whose encryption does not work: whole sentences, as server selection gives them when it ends. */
@Timeout(120)
class TlsErrorsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Rotor test authority");

    @TempDir
    private Path directory;

    private static String encoded(Object text) {
        return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
    }

    private static TestServer server(TestCertificate certificate) {
        return TestServer.standalone().tls(ServerTls.of(certificate)).start();
    }

    private String trusting(TestServer server) throws IOException {
        return server.connectionString() + "&tlsCAFile=" + encoded(AUTHORITY.writePem(directory));
    }

    /** The cause that server selection names, once the reason is known and the time is over. */
    private static String reason(String uri, TestServer server) {
        CompletableFuture<ServerHeartbeatFailedEvent> known = new CompletableFuture<>();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToTopologySettings(topology -> topology.serverSelectionTimeout(Duration.ofMillis(300)))
                .addServerMonitorListener(new ServerMonitorListener() {
                    @Override
                    public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
                        known.complete(event);
                    }
                })
                .build();
        try (MongoClient client = MongoClient.create(settings)) {
            known.join();
            Throwable thrown = catchThrowable(() -> client.getDatabase("app")
                    .runCommand(new Document("ping", 1))
                    .toCompletableFuture()
                    .join());
            assertThat(thrown).isInstanceOf(CompletionException.class);
            Throwable failure = thrown.getCause();
            assertThat(failure).isInstanceOf(MongoTimeoutException.class);
            Throwable cause = failure.getCause();
            assertThat(cause).isNotNull();
            // The first line of what is shown is the likely cause; then comes what was waited for.
            assertThat(failure.getMessage().lines().findFirst().orElseThrow()).contains(cause.getMessage());
            return cause.getMessage().replace(server.addresses().get(0).toString(), "SERVER");
        }
    }

    @Test
    void aCertificateForOthers() throws Exception {
        try (TestServer server = server(AUTHORITY.server("db1.example", "*.db.example", "10.1.2.3"))) {
            assertThat(reason(trusting(server), server))
                    .isEqualTo("TLS with SERVER failed while connecting: the certificate is for db1.example,"
                            + " *.db.example, 10.1.2.3, not for 127.0.0.1; connect by a name that it has, or have a"
                            + " certificate issued for this one");
            assertThat(reason(trusting(server).replace("127.0.0.1", "localhost"), server))
                    .contains(", not for localhost; connect by a name that it has");
        }
    }

    @Test
    void aCertificateWithACommonNameOnly() throws Exception {
        try (TestServer server = server(AUTHORITY.serverOf("CN=127.0.0.1"))) {
            assertThat(reason(trusting(server), server))
                    .isEqualTo("TLS with SERVER failed while connecting: the certificate CN=127.0.0.1 has no subject"
                            + " alternative names, and its common name does not count; have one issued with"
                            + " IP:127.0.0.1");
        }
    }

    @Test
    void anExpiredCertificate() throws Exception {
        TestCertificate certificate = AUTHORITY.expiredServer("127.0.0.1");
        try (TestServer server = server(certificate)) {
            assertThat(reason(trusting(server), server))
                    .isEqualTo("TLS with SERVER failed while connecting: the certificate " + certificate.subject()
                            + " expired on 2021-01-01T00:00:00Z; the server needs a new one");
        }
    }

    @Test
    void anUnknownAuthority() throws Exception {
        TestAuthority stranger = TestAuthority.create("A stranger");
        TestCertificate certificate = stranger.server("127.0.0.1");
        try (TestServer server = server(certificate)) {
            String sentence = "TLS with SERVER failed while connecting: the certificate " + certificate.subject()
                    + " was issued by "
                    + stranger.certificate().getSubjectX500Principal().getName()
                    + ", which is none of the trusted authorities; its certificate belongs into tlsCAFile";
            assertThat(reason(trusting(server), server)).isEqualTo(sentence);
            assertThat(reason(server.connectionString(), server)).isEqualTo(sentence);
        }
    }

    @Test
    void aPortForPlainText() {
        try (TestServer server = TestServer.standalone().start()) {
            assertThat(reason(server.connectionString() + "?tls=true", server))
                    .isEqualTo("Could not connect to SERVER: the server closed the connection instead of"
                            + " answering the TLS handshake: does it speak plain text (tls=false)?");
        }
    }

    @Test
    void aPortForTlsAddressedWithoutIt() {
        try (TestServer server = server(AUTHORITY.server("127.0.0.1"))) {
            assertThat(reason(server.connectionString().replace("tls=true", "tls=false"), server))
                    .isEqualTo(
                            "The server at SERVER closed the connection while waiting for the reply to hello; does it"
                                    + " expect TLS (tls=true)?");
        }
    }

    /** Of TLS 1.2, newer JDKs as servers do not say what it is that they miss. */
    private static final String NO_CERTIFICATE = "TLS with SERVER failed while [a-z ]+: Received fatal alert: (?:"
            + "[a-z_]+; the server wants a client certificate that it trusts: does tlsCertificateKeyFile name one\\?|"
            + "handshake_failure; the server may want a client certificate \\(does tlsCertificateKeyFile name one\\?\\) or"
            + " ciphers that this platform does not have)";

    private TestServer asking(String protocol) {
        return TestServer.standalone()
                .tls(ServerTls.of(AUTHORITY.server("127.0.0.1"))
                        .clientCertificates(ClientCertificates.REQUIRED)
                        .protocols(protocol))
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatAsksForACertificate(String protocol) throws Exception {
        try (TestServer server = asking(protocol)) {
            assertThat(reason(trusting(server), server)).matches(NO_CERTIFICATE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientsCertificateThatHasExpired(String protocol) throws Exception {
        try (TestServer server = asking(protocol)) {
            String file = AUTHORITY.expiredClient("CN=late").writePem(directory).toString();
            assertThat(reason(trusting(server) + "&tlsCertificateKeyFile=" + encoded(file), server))
                    .matches("TLS with SERVER failed while .*: .*; the server refuses the client certificate in"
                            + " tlsCertificateKeyFile: has it expired, or is it of an authority that the server does not"
                            + " know\\?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientsCertificateOfAnAuthorityThatTheServerDoesNotKnow(String protocol) throws Exception {
        try (TestServer server = asking(protocol)) {
            String file = TestAuthority.create("A stranger")
                    .client("CN=mallory")
                    .writePem(directory)
                    .toString();
            // Clients are told whom the server trusts, and show nothing else.
            assertThat(reason(trusting(server) + "&tlsCertificateKeyFile=" + encoded(file), server))
                    .matches(NO_CERTIFICATE);
        }
    }

    @Test
    void aFileThatIsWrongIsSaidWhenTheClientIsMade() {
        String missing = directory.resolve("nothing.pem").toString();
        assertThatThrownBy(() -> MongoClient.create("mongodb://localhost/?tlsCAFile=" + encoded(missing)))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("tlsCAFile names " + missing + ", which does not exist; correct the path");
        assertThatThrownBy(() -> MongoClient.create("mongodb://localhost/?tlsCertificateKeyFilePassword=hunter2"
                        + "&tlsCertificateKeyFile=" + encoded(missing)))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("tlsCertificateKeyFile names " + missing + ", which does not exist; correct the path");
    }
}
