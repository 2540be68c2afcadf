package dev.rotor.driver.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.TestServerBuilder;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.ServerTls.ClientCertificates;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections through the public interfaces, and what goes wrong with them, by its words. */
@Timeout(120)
class TlsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Rotor test authority");

    @TempDir
    private Path directory;

    private static TestServer server(TestCertificate certificate) {
        return server(certificate, tls -> tls);
    }

    private static TestServer server(TestCertificate certificate, java.util.function.UnaryOperator<ServerTls> change) {
        TestServerBuilder builder = TestServer.standalone();
        return builder.tls(change.apply(ServerTls.of(certificate))).start();
    }

    private String withAuthority(TestServer server) throws IOException {
        return server.connectionString() + "&tlsCAFile=" + encoded(AUTHORITY.writePem(directory));
    }

    private static String encoded(Object text) {
        return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
    }

    private static Document roundTrip(String uri) {
        return withClient(uri, client -> {});
    }

    private static Document withClient(String uri, Consumer<MongoClientSettings.Builder> change) {
        MongoClientSettings.Builder settings =
                MongoClientSettings.builder().applyConnectionString(new ConnectionString(uri));
        settings.applyToTopologySettings(topology -> topology.serverSelectionTimeout(Duration.ofSeconds(20)));
        change.accept(settings);
        try (MongoClient client = MongoClient.create(settings.build())) {
            return client.getDatabase("app")
                    .runCommand(new Document("ping", 1))
                    .toCompletableFuture()
                    .join();
        }
    }

    private static String failure(String uri) {
        Throwable thrown = catchThrowable(() -> withClient(
                uri,
                settings -> settings.applyToTopologySettings(
                        topology -> topology.serverSelectionTimeout(Duration.ofSeconds(6)))));
        assertThat(thrown).isNotNull();
        StringBuilder text = new StringBuilder();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            text.append(at.getMessage()).append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void largeDocumentsGoBothWays(String protocol) throws Exception {
        byte[] large = new byte[3_000_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) ((i * 31) >> 3);
        }
        try (TestServer server = server(AUTHORITY.server("127.0.0.1"), tls -> tls.protocols(protocol));
                MongoClient client = MongoClient.create(withAuthority(server))) {
            var collection = client.getDatabase("app").getCollection("large");
            for (int i = 0; i < 4; i++) {
                collection
                        .insertOne(new Document("_id", i).append("bytes", large))
                        .toCompletableFuture()
                        .join();
            }
            for (Document found :
                    collection.find().toList(10).toCompletableFuture().join()) {
                assertThat(Arrays.equals(
                                found.get("bytes", org.bson.types.Binary.class).getData(), large))
                        .isTrue();
            }
        }
    }

    @Test
    void replicaSetsAreReachedWithRsaKeysAndThroughAuthoritiesInBetween() throws Exception {
        TestCertificate certificate = AUTHORITY.serverByIntermediate("127.0.0.1");
        try (TestServer server =
                TestServer.replicaSet(3).tls(ServerTls.of(certificate)).start()) {
            assertThat(roundTrip(withAuthority(server))).containsEntry("ok", 1.0);
        }
        try (TestServer server = server(AUTHORITY.rsaServer("localhost", "127.0.0.1"))) {
            assertThat(roundTrip(withAuthority(server))).containsEntry("ok", 1.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, localhost", "127.0.0.1, 127.0.0.1"})
    void hostNamesAndAddressesAreFoundInCertificates(String host, String name) throws Exception {
        try (TestServer server = server(AUTHORITY.server(name))) {
            assertThat(roundTrip(withAuthority(server).replace("127.0.0.1", host)))
                    .containsEntry("ok", 1.0);
        }
    }

    @Test
    void aCertificateForOthersIsTakenWhereHostNamesMayBeInvalid() throws Exception {
        try (TestServer server = server(AUTHORITY.server("db1.example", "db2.example", "10.1.2.3"))) {
            assertThat(roundTrip(withAuthority(server) + "&tlsAllowInvalidHostnames=true"))
                    .containsEntry("ok", 1.0);
        }
    }

    @Test
    void insecureSettingsTakeWhatTheyName() throws Exception {
        TestAuthority stranger = TestAuthority.create("A stranger");
        try (TestServer server = server(stranger.server("127.0.0.1"))) {
            assertThat(roundTrip(server.connectionString() + "&tlsAllowInvalidCertificates=true"))
                    .containsEntry("ok", 1.0);
        }
        try (TestServer server = server(stranger.expiredServer("db1.example"))) {
            assertThat(failure(server.connectionString() + "&tlsAllowInvalidCertificates=true"))
                    .contains("TLS with")
                    .contains("127.0.0.1");
            assertThat(roundTrip(server.connectionString() + "&tlsInsecure=true"))
                    .containsEntry("ok", 1.0);
        }
    }

    @Test
    void clientsShowTheirCertificatesFromPemAndPkcs12() throws Exception {
        TestCertificate client = AUTHORITY.client("CN=alice,OU=clients,O=Rotor tests");
        try (TestServer server =
                server(AUTHORITY.server("127.0.0.1"), tls -> tls.clientCertificates(ClientCertificates.REQUIRED))) {
            String uri = withAuthority(server);
            assertThat(roundTrip(uri + "&tlsCertificateKeyFile=" + encoded(client.writePem(directory))))
                    .containsEntry("ok", 1.0);
            Path store = client.writePkcs12(directory, "geheim".toCharArray());
            assertThat(roundTrip(
                            uri + "&tlsCertificateKeyFile=" + encoded(store) + "&tlsCertificateKeyFilePassword=geheim"))
                    .containsEntry("ok", 1.0);
        }
    }

    @Test
    void aContextOfTheApplicationIsUsedAsItIs() {
        TestCertificate client = AUTHORITY.client("CN=alice,O=Rotor tests");
        try (TestServer server =
                server(AUTHORITY.server("127.0.0.1"), tls -> tls.clientCertificates(ClientCertificates.REQUIRED))) {
            assertThat(withClient(
                            server.connectionString(),
                            settings -> settings.applyToTlsSettings(tls -> tls.context(client.context()))))
                    .containsEntry("ok", 1.0);
        }
    }
}
