package dev.rotor.transport.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.transport.netty.testing.FirstFailure;
import dev.rotor.transport.netty.testing.LeakWatch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole driver, encrypted, with OpenSSL where that is there. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
class TlsDriverTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Driver over Netty");

    @TempDir
    Path folder;

    private final FirstFailure failure = new FirstFailure();

    private MongoClient client(TestServer server, TestAuthority trusted, String options) throws Exception {
        String file = URLEncoder.encode(trusted.writePem(folder).toString(), StandardCharsets.UTF_8);
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(
                        server.connectionString() + "&tlsCAFile=" + file + "&transport=netty" + options))
                .addServerMonitorListener(failure)
                .build());
    }

    @Test
    void documentsGoBothWays() throws Exception {
        try (TestServer server = TestServer.standalone()
                        .tls(ServerTls.of(AUTHORITY.server("localhost", "127.0.0.1")))
                        .start();
                MongoClient client = client(server, AUTHORITY, "")) {
            var documents = client.getDatabase("app").getCollection("documents");
            Document large = new Document("_id", 1).append("bytes", "y".repeat(5_000_000));

            documents.insertOne(large).toCompletableFuture().get(60, SECONDS);

            assertThat(documents
                            .find(new Document())
                            .first()
                            .toCompletableFuture()
                            .get(60, SECONDS))
                    .isEqualTo(large);
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsNamed() throws Exception {
        try (TestServer server = TestServer.standalone()
                        .tls(ServerTls.of(AUTHORITY.server("localhost", "127.0.0.1")))
                        .start();
                MongoClient client = client(server, TestAuthority.create("Somebody else"), "&" + FirstFailure.SHORT)) {
            failure.says(client, "none of the trusted authorities");
        }
    }
}
