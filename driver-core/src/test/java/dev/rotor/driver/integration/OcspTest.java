package dev.rotor.driver.integration;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The prose tests of the OCSP Support specification, a method per column of its table, with keys of either kind and
 * responders that sign themselves or by a delegate; and what this driver adds to them.
 */
@Timeout(180)
class OcspTest {

    /** What the table's tests are repeated with; and the protocol, so that either is met. */
    record Variant(String name, TestAuthority authority, boolean delegate, String protocol) {

        static final Variant RSA = new Variant("RSA", TestAuthority.createRsa("OCSP 1"), false, "TLSv1.2");
        static final Variant ECDSA = new Variant("ECDSA", TestAuthority.create("OCSP 2"), false, "TLSv1.3");
        static final List<Variant> ALL = List.of(
                RSA,
                ECDSA,
                new Variant("RSA, delegate", TestAuthority.createRsa("OCSP 3"), true, "TLSv1.3"),
                new Variant("ECDSA, delegate", TestAuthority.create("OCSP 4"), true, "TLSv1.2"));

        @Override
        public String toString() {
            return name;
        }

        private OcspResponder responder(Behaviour behaviour) {
            OcspResponder responder = OcspResponder.start(authority, behaviour);
            return delegate ? responder.signedBy(authority.ocspDelegate()) : responder;
        }

        private TestCertificate certificate(URI responder, boolean mustStaple) {
            return authority.serverWithOcsp(List.of(responder), mustStaple, "127.0.0.1");
        }

        private TestServer server(TestCertificate certificate) {
            return TestServer.standalone()
                    .tls(ServerTls.of(certificate).protocols(protocol))
                    .start();
        }
    }

    static List<Variant> variants() {
        return Variant.ALL;
    }

    /** For columns without a responder, which nobody signs for. */
    static List<Variant> kinds() {
        return List.of(Variant.RSA, Variant.ECDSA);
    }

    private static final String OK = "OK";

    /** Rows of the table that must connect whatever the certificate is like; the last one is this driver's. */
    private static final List<String> RELAXED = List.of(
            "&tlsInsecure=true", "&tlsAllowInvalidCertificates=true", "&tlsDisableCertificateRevocationCheck=true");

    private static final String ENDPOINTS_OFF = "&tlsDisableOCSPEndpointCheck=true";

    @TempDir
    private static Path directory;

    private static final List<OcspResponder> RESPONDERS = new ArrayList<>();
    private static StaplingServers stapling;

    @BeforeAll
    static void startStaplingServers() throws IOException, GeneralSecurityException {
        Map<TestCertificate, String> certificates = new LinkedHashMap<>();
        for (Variant each : Variant.ALL) {
            for (Behaviour behaviour : List.of(Behaviour.GOOD, Behaviour.REVOKED)) {
                OcspResponder responder = each.responder(behaviour);
                RESPONDERS.add(responder);
                certificates.put(each.certificate(responder.uri(), true), each.protocol);
            }
        }
        stapling = StaplingServers.start(directory, certificates);
    }

    @AfterAll
    static void stop() {
        RESPONDERS.forEach(OcspResponder::close);
        if (stapling != null) {
            stapling.close();
        }
    }

    private static String trusting(String uri, Variant variant) throws IOException {
        return uri + "&tlsCAFile="
                + URLEncoder.encode(variant.authority.writePem(directory).toString(), StandardCharsets.UTF_8);
    }

    /** What comes of a ping: {@code OK}, or why there is no connection. */
    private static String ping(String uri) {
        CompletableFuture<String> first = new CompletableFuture<>();
        ServerMonitorListener listener = new ServerMonitorListener() {
            @Override
            public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
                first.complete(OK);
            }

            @Override
            public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
                first.complete(event.failure().getMessage());
            }
        };
        try (MongoClient client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .addServerMonitorListener(listener)
                .build())) {
            String outcome = first.join();
            if (outcome.equals(OK)) {
                assertThat(client.getDatabase("app")
                                .runCommand(new Document("ping", 1))
                                .toCompletableFuture()
                                .join())
                        .containsEntry("ok", 1.0);
            }
            return outcome;
        }
    }

    private static String stapled(Variant variant, boolean revoked) throws IOException {
        return trusting(stapling.connectionString(Variant.ALL.indexOf(variant) * 2 + (revoked ? 1 : 0)), variant);
    }

    private static void connectsWhenRelaxed(String uri) {
        for (String options : RELAXED) {
            assertThat(ping(uri + options)).as(options).isEqualTo(OK);
        }
    }

    private static final String REVOKED =
            " was revoked by its authority on 2026-01-02T03:04:05Z (KEY_COMPROMISE); the server needs a new one";
    private static final String NOT_STAPLED = " demands that the server brings an answer of OCSP with it (must-staple),"
            + " and the server brings none; have it staple one, or set tlsDisableCertificateRevocationCheck=true";

    @ParameterizedTest
    @MethodSource("variants")
    void test1ValidAndStapled(Variant variant) throws Exception {
        String uri = stapled(variant, false);
        assertThat(ping(uri)).isEqualTo(OK);
        assertThat(ping(uri + ENDPOINTS_OFF)).isEqualTo(OK);
        connectsWhenRelaxed(uri);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void test2RevokedAndStapled(Variant variant) throws Exception {
        String uri = stapled(variant, true);
        assertThat(ping(uri)).endsWith(REVOKED);
        assertThat(ping(uri + ENDPOINTS_OFF)).endsWith(REVOKED);
        connectsWhenRelaxed(uri);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void test3ValidAndNotStapled(Variant variant) throws Exception {
        try (OcspResponder responder = variant.responder(Behaviour.GOOD);
                TestServer server = variant.server(variant.certificate(responder.uri(), false))) {
            String uri = trusting(server.connectionString(), variant);
            assertThat(ping(uri)).isEqualTo(OK);
            // One question for all connections of the client.
            assertThat(responder.questions()).isEqualTo(1);
            assertThat(ping(uri + ENDPOINTS_OFF)).isEqualTo(OK);
            connectsWhenRelaxed(uri);
            assertThat(responder.questions()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void test4RevokedAndNotStapled(Variant variant) throws Exception {
        TestCertificate certificate;
        try (OcspResponder responder = variant.responder(Behaviour.REVOKED)) {
            certificate = variant.certificate(responder.uri(), false);
            try (TestServer server = variant.server(certificate)) {
                String uri = trusting(server.connectionString(), variant);
                assertThat(ping(uri))
                        .isEqualTo("TLS with " + server.addresses().get(0)
                                + " failed while connecting: the certificate " + certificate.subject() + REVOKED);
                assertThat(responder.questions()).isEqualTo(1);
                assertThat(ping(uri + ENDPOINTS_OFF)).isEqualTo(OK);
                connectsWhenRelaxed(uri);
                assertThat(responder.questions()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aServerThatMayIssueCertificatesIsRefusedOnceItsOwnWasRevoked(Variant variant) throws Exception {
        try (OcspResponder responder = variant.responder(Behaviour.REVOKED);
                TestServer server = variant.server(
                        variant.authority.issuingServerWithOcsp(List.of(responder.uri()), false, "127.0.0.1"))) {
            String uri = trusting(server.connectionString(), variant);
            assertThat(ping(uri)).endsWith(REVOKED);
            assertThat(responder.questions()).isEqualTo(1);
            connectsWhenRelaxed(uri);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void softFail(Variant variant) throws Exception {
        OcspResponder gone = variant.responder(Behaviour.REVOKED);
        gone.close();
        try (TestServer server = variant.server(variant.certificate(gone.uri(), false))) {
            String uri = trusting(server.connectionString(), variant);
            assertThat(ping(uri)).isEqualTo(OK);
            assertThat(ping(uri + ENDPOINTS_OFF)).isEqualTo(OK);
            connectsWhenRelaxed(uri);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void maliciousServer1(Variant variant) throws Exception {
        try (OcspResponder responder = variant.responder(Behaviour.REVOKED);
                TestServer server = variant.server(variant.certificate(responder.uri(), true))) {
            String uri = trusting(server.connectionString(), variant);
            assertThat(ping(uri)).endsWith(NOT_STAPLED);
            assertThat(ping(uri + ENDPOINTS_OFF)).endsWith(NOT_STAPLED);
            connectsWhenRelaxed(uri);
            assertThat(responder.questions()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void maliciousServer2(Variant variant) throws Exception {
        OcspResponder gone = variant.responder(Behaviour.GOOD);
        gone.close();
        try (TestServer server = variant.server(variant.certificate(gone.uri(), true))) {
            String uri = trusting(server.connectionString(), variant);
            assertThat(ping(uri)).endsWith(NOT_STAPLED);
            connectsWhenRelaxed(uri);
        }
    }

    @Test
    void aResponderThatKeepsSilentDoesNotKeepClientsFromConnecting() throws Exception {
        Variant variant = Variant.ECDSA;
        try (OcspResponder responder = variant.responder(Behaviour.SILENCE);
                TestServer server = variant.server(variant.certificate(responder.uri(), false))) {
            // Half of the time to connect is the responder's; the default would give it five seconds of ten.
            assertThat(ping(trusting(server.connectionString(), variant) + "&connectTimeoutMS=8000"))
                    .isEqualTo(OK);
            assertThat(responder.questions()).isEqualTo(1);
        }
    }

    @Test
    void noLoopWaitsForAResponder() throws Exception {
        Variant variant = Variant.ECDSA;
        try (OcspResponder responder = variant.responder(Behaviour.SILENCE);
                TestServer server = variant.server(variant.certificate(responder.uri(), false));
                MongoClient client =
                        MongoClient.create(trusting(server.connectionString(), variant) + "&connectTimeoutMS=60000")) {
            responder.asked().join();
            List<String> waiting = Thread.getAllStackTraces().entrySet().stream()
                    .filter(each -> Arrays.stream(each.getValue())
                            .anyMatch(frame -> frame.getClassName().endsWith(".tls.Revocation")))
                    .map(each -> each.getKey().getName())
                    .toList();
            assertThat(waiting).isNotEmpty().allMatch(name -> name.matches("rotor-loop-tls-\\d+"), "is no loop");
            // And whoever closes the client does not wait for the responder either.
            assertThat(client.topologyDescription().servers()).hasSize(1);
        }
    }

    @Test
    void listsOfRevokedCertificatesAreNotLoaded() throws Exception {
        Variant variant = Variant.ECDSA;
        try (OcspResponder responder = variant.responder(Behaviour.FAILURE);
                TestServer server = variant.server(variant.authority.serverWithCrl(responder.uri(), "127.0.0.1"))) {
            assertThat(ping(trusting(server.connectionString(), variant))).isEqualTo(OK);
            assertThat(responder.questions()).isZero();
        }
    }
}
