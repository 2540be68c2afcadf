package dev.rotor.conformance.prose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.TestServerBuilder;
import dev.rotor.testserver.proxy.SocksProxy;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.TestAuthority;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of the SOCKS5 Support specification: a replica set, a proxy that wants a login (1080 in the table) and one
 * that does not (1081), which both take {@code localhost:12345} for a member of the set. With TLS and without, by
 * connection string and by settings.
 */
@Timeout(180)
class SocksProseTest {

    private static final String MAPPED = "localhost:12345";

    private static Deployment plain;
    private static Deployment encrypted;

    /** A replica set, its proxies, and what has to be said of its certificates. */
    private record Deployment(TestServer server, SocksProxy withLogin, SocksProxy open, String tls)
            implements AutoCloseable {

        static Deployment start(TestServerBuilder builder, String tls) {
            TestServer server = builder.start();
            String member = server.addresses().get(0);
            return new Deployment(
                    server,
                    SocksProxy.withLogin("username", "p4ssw0rd")
                            .map(MAPPED, member)
                            .start(),
                    SocksProxy.open().map(MAPPED, member).start(),
                    tls);
        }

        SocksProxy proxy(int port) {
            return port == 1080 ? withLogin : open;
        }

        /** A connection string that says nothing of a proxy. */
        String uri(String hosts, boolean fails) {
            return (hosts.equals("mapped")
                            ? "mongodb://" + MAPPED + "/?directConnection=true"
                            : "mongodb://" + String.join(",", server.addresses()) + "/?replicaSet=" + server.setName())
                    + tls
                    // Where nothing can succeed, there is no use in waiting for it.
                    + (fails ? "&serverSelectionTimeoutMS=1000" : "");
        }

        @Override
        public void close() {
            withLogin.close();
            open.close();
            server.close();
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        TestAuthority authority = TestAuthority.create("SOCKS");
        String file = URLEncoder.encode(authority.writePem(folder).toString(), StandardCharsets.UTF_8);
        plain = Deployment.start(TestServer.replicaSet(3), "");
        encrypted = Deployment.start(
                TestServer.replicaSet(3).tls(ServerTls.of(authority.server("localhost", "127.0.0.1"))),
                "&tls=true&tlsCAFile=" + file);
    }

    @AfterAll
    static void stop() {
        plain.close();
        encrypted.close();
    }

    @ParameterizedTest(name = "row {0}: {1} through {2}, login {3}: {4}")
    @CsvSource({
        "1, mapped, 1080, none, fails",
        "2, mapped, 1081, none, succeeds",
        "3, set, 1080, none, fails",
        "4, set, 1081, none, succeeds",
        "5, mapped, 1080, wrong, fails",
        "6, mapped, 1081, wrong, succeeds",
        "7, set, 1081, wrong, succeeds",
        "8, mapped, 1080, right, succeeds",
        "9, mapped, 1081, none, succeeds",
        "10, set, 1080, right, succeeds",
        "11, set, 1081, none, succeeds"
    })
    void theTable(int row, String hosts, int port, String login, String outcome) throws Exception {
        boolean fails = outcome.equals("fails");
        for (Deployment deployment : List.of(plain, encrypted)) {
            String uri = deployment.uri(hosts, fails);
            ConnectionString proxied = new ConnectionString(uri + "&proxyHost=localhost&proxyPort="
                    + deployment.proxy(port).port()
                    + switch (login) {
                        case "right" -> "&proxyUsername=username&proxyPassword=p4ssw0rd";
                        case "wrong" -> "&proxyUsername=nonexistentuser&proxyPassword=badauth";
                        default -> "";
                    });
            check(MongoClientSettings.builder().applyConnectionString(proxied), fails, deployment.proxy(port));
            check(
                    MongoClientSettings.builder()
                            .applyConnectionString(new ConnectionString(uri))
                            .proxySettings(proxied.proxySettings()),
                    fails,
                    deployment.proxy(port));
        }
    }

    private static void check(MongoClientSettings.Builder settings, boolean fails, SocksProxy proxy) throws Exception {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        settings.addCommandListener(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                events.add(event.toString());
            }

            @Override
            public void commandSucceeded(CommandSucceededEvent event) {
                events.add(event.toString());
            }
        });
        try (MongoClient client = MongoClient.create(settings.build())) {
            var hello = client.getDatabase("admin")
                    .runCommand(new Document("hello", 1))
                    .toCompletableFuture();
            if (fails) {
                assertThatThrownBy(() -> hello.get(60, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(MongoTimeoutException.class);
                return;
            }
            assertThat(hello.get(60, TimeUnit.SECONDS)).containsEntry("isWritablePrimary", true);
            assertThat(events).hasSize(2).noneMatch(event -> event.contains("localhost:" + proxy.port()));
        }
    }
}
