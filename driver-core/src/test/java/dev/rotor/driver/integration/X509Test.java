package dev.rotor.driver.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.TestServerBuilder;
import dev.rotor.testserver.auth.ExternalUsers;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.ServerTls.ClientCertificates;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MONGODB-X509 and SCRAM over TLS, against servers that look at the certificates. */
@Timeout(120)
class X509Test {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Rotor test authority");

    /** Written by RFC 2253, most specific part first, whatever the order and the letters are in the certificate. */
    private static final String ALICE = "CN=Alice M\u00fcller\\, Dr.,OU=clients,O=Rotor tests,C=IS";

    @TempDir
    private Path directory;

    private static String encoded(Object text) {
        return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static TestServer start(TestServerBuilder kind, ClientCertificates asked, String... subjects) {
        ExternalUsers users = new ExternalUsers();
        for (String each : subjects) {
            users.addCertificate(each);
        }
        return kind.tls(ServerTls.of(AUTHORITY.server("127.0.0.1", "localhost")).clientCertificates(asked))
                .auth("root", "sesame")
                .external(users)
                .start();
    }

    private static TestServerBuilder kind(String name) {
        return name.equals("standalone") ? TestServer.standalone() : TestServer.replicaSet(3);
    }

    /** A connection string for these hosts without a user. */
    private String uri(TestServer server, String user, String options, @Nullable TestCertificate certificate)
            throws IOException {
        ConnectionString all = new ConnectionString(server.connectionString());
        StringBuilder uri = new StringBuilder("mongodb://").append(user.isEmpty() ? "" : user + "@");
        for (int i = 0; i < all.hosts().size(); i++) {
            uri.append(i == 0 ? "" : ",").append(all.hosts().get(i));
        }
        uri.append("/?tls=true&tlsCAFile=").append(encoded(AUTHORITY.writePem(directory)));
        if (all.replicaSet() != null) {
            uri.append("&replicaSet=").append(all.replicaSet());
        }
        if (certificate != null) {
            uri.append("&tlsCertificateKeyFile=").append(encoded(certificate.writePem(directory)));
        }
        return uri.append(options).toString();
    }

    private static final String X509 = "&authMechanism=MONGODB-X509";

    private static MongoClient client(String uri) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToTopologySettings(topology -> topology.serverSelectionTimeout(Duration.ofSeconds(30)))
                .build());
    }

    /** Writes and reads, and gives who the server says that was. */
    private static List<String> users(String uri) {
        try (MongoClient client = client(uri)) {
            var people = client.getDatabase("app").getCollection("people");
            people.insertOne(new Document("_id", 1)).toCompletableFuture().join();
            assertThat(people.find().toList(5).toCompletableFuture().join()).hasSize(1);
            Document status = client.getDatabase("admin")
                    .runCommand(new Document("connectionStatus", 1))
                    .toCompletableFuture()
                    .join();
            return status.get("authInfo", Document.class).getList("authenticatedUsers", Document.class).stream()
                    .map(each -> each.getString("db") + ": " + each.getString("user"))
                    .toList();
        }
    }

    private static String failure(String uri) {
        try (MongoClient client = client(uri)) {
            Throwable thrown = catchThrowable(() -> client.getDatabase("app")
                    .getCollection("people")
                    .insertOne(new Document())
                    .toCompletableFuture()
                    .join());
            assertThat(thrown).isNotNull();
            return thrown.getCause().getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone", "replica set"})
    void whoShowsACertificateIsItsSubject(String kind) throws Exception {
        TestCertificate alice = AUTHORITY.client(ALICE);
        try (TestServer server = start(kind(kind), ClientCertificates.WANTED, alice.subject())) {
            assertThat(users(uri(server, "", X509, alice))).containsExactly("$external: " + alice.subject());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone", "replica set"})
    void whoSaysTheSubjectTooIsTheSame(String kind) throws Exception {
        TestCertificate alice = AUTHORITY.client(ALICE);
        try (TestServer server = start(kind(kind), ClientCertificates.REQUIRED, alice.subject())) {
            assertThat(users(uri(server, encoded(alice.subject()), X509 + "&authSource=%24external", alice)))
                    .containsExactly("$external: " + alice.subject());
        }
    }

    @Test
    void helloCarriesItAlong() throws Exception {
        TestCertificate alice = AUTHORITY.client(ALICE);
        try (TestServer server = start(TestServer.standalone(), ClientCertificates.WANTED, alice.subject())) {
            try (MongoClient root = client(uri(server, "root:sesame", "", null))) {
                Document refuses = new Document("configureFailPoint", "failCommand")
                        .append("mode", "alwaysOn")
                        .append("data", new Document("failCommands", List.of("authenticate")).append("errorCode", 18));
                root.getDatabase("admin")
                        .runCommand(refuses)
                        .toCompletableFuture()
                        .join();
            }
            // A command of its own would have been refused.
            assertThat(users(uri(server, "", X509, alice))).containsExactly("$external: " + alice.subject());
            assertThat(failure(uri(server, encoded("CN=bob"), X509, alice))).contains("Failing command");
        }
    }

    private static String sentence(TestServer server, String why) {
        return "Authentication with MONGODB-X509 at " + server.addresses().get(0)
                + " against database $external failed: "
                + why + "; the user is who the client's certificate is for: does tlsCertificateKeyFile name the right"
                + " one?";
    }

    @Test
    void aSubjectThatIsNotTheCertificatesIsRefused() throws Exception {
        TestCertificate alice = AUTHORITY.client(ALICE);
        TestCertificate bob = AUTHORITY.client("CN=bob,O=Rotor tests");
        try (TestServer server =
                start(TestServer.standalone(), ClientCertificates.WANTED, alice.subject(), bob.subject())) {
            assertThat(failure(uri(server, encoded(alice.subject()), X509, bob)))
                    .isEqualTo(sentence(server, "There is no x.509 client certificate matching the user."));
        }
    }

    @Test
    void aSubjectThatIsNoUserIsRefused() throws Exception {
        TestCertificate alice = AUTHORITY.client(ALICE);
        TestCertificate bob = AUTHORITY.client("CN=bob,O=Rotor tests");
        try (TestServer server = start(TestServer.standalone(), ClientCertificates.WANTED, alice.subject())) {
            assertThat(failure(uri(server, "", X509, bob)))
                    .isEqualTo(sentence(server, "Could not find user \"" + bob.subject() + "\" for db \"$external\""));
        }
    }

    @Test
    void whoShowsNoCertificateIsRefused() throws Exception {
        TestCertificate alice = AUTHORITY.client(ALICE);
        try (TestServer server = start(TestServer.standalone(), ClientCertificates.WANTED, alice.subject())) {
            assertThat(failure(uri(server, "", X509, null)))
                    .isEqualTo(sentence(server, "No verified subject name available from client"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone", "replica set"})
    void passwordsGoOverTlsToo(String kind) throws Exception {
        try (TestServer server = start(kind(kind), ClientCertificates.NONE, "CN=nobody")) {
            for (String mechanism : List.of("SCRAM-SHA-1", "SCRAM-SHA-256")) {
                try (MongoClient client = client(uri(server, "root:sesame", "&authMechanism=" + mechanism, null))) {
                    assertThat(client.getDatabase("app")
                                    .runCommand(new Document("ping", 1))
                                    .toCompletableFuture()
                                    .join())
                            .containsEntry("ok", 1.0);
                }
            }
        }
    }
}
