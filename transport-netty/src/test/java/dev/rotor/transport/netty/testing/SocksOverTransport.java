package dev.rotor.transport.netty.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.ProxySettings;
import dev.rotor.driver.Secret;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.proxy.SocksProxy;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole driver behind a SOCKS5 proxy, over a transport that is named in the settings. */
@ExtendWith(LeakWatch.class)
@Timeout(120)
public abstract class SocksOverTransport {

    /** No name server knows it, so whoever connects has had the proxy resolve it. */
    private static final String SERVER = "db.rotor.invalid:27017";

    /** For tests. */
    protected SocksOverTransport() {}

    /** The transport under test. */
    protected abstract TransportProvider provider();

    @BeforeEach
    void skipWhereItCannotRun() {
        Availability availability = provider().availability();
        assumeTrue(availability.available(), availability::reason);
    }

    private final FirstFailure failure = new FirstFailure();

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private MongoClient client(String uri, ProxySettings proxy) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .transport(provider().name())
                .proxySettings(proxy)
                .addServerMonitorListener(failure)
                .build());
    }

    private MongoClient impatient(SocksProxy proxy) {
        return impatient(new ProxySettings("localhost", proxy.port()), "");
    }

    /** A client that tells soon what keeps it from its server. */
    private MongoClient impatient(ProxySettings proxy, String options) {
        return client("mongodb://" + SERVER + "/?directConnection=true&" + FirstFailure.SHORT + options, proxy);
    }

    /** A port on which nobody listens. */
    private static int freePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }

    private static void worksAt(MongoClient client, int id) throws Exception {
        MongoCollection<Document> things = client.getDatabase("app").getCollection("things");
        Document document = new Document("_id", id).append("text", "x".repeat(500_000));
        get(things.insertOne(document));
        assertThat(get(things.find(new Document("_id", id)).first())).isEqualTo(document);
    }

    @Test
    void theProxyResolvesTheNameAndEveryConnectionGoesThroughIt() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                SocksProxy proxy =
                        SocksProxy.open().map(SERVER, server.addresses().get(0)).start();
                MongoClient client = client("mongodb://" + SERVER, new ProxySettings("localhost", proxy.port()))) {
            worksAt(client, 1);

            // A monitor's and a pool's at the least.
            assertThat(proxy.requests()).hasSizeGreaterThan(1).containsOnly("name " + SERVER);
            assertThat(client.topologyDescription().servers().keySet())
                    .extracting(Object::toString)
                    .containsExactly(SERVER);
        }
    }

    @Test
    void aReplicaSetIsReachedThroughAProxyThatWantsALogin() throws Exception {
        try (TestServer server = TestServer.replicaSet(3).start();
                SocksProxy proxy = SocksProxy.withLogin("alice", "s3cret").start();
                MongoClient client = client(
                        server.connectionString(),
                        new ProxySettings("localhost", proxy.port(), "alice", Secret.of("s3cret")))) {
            worksAt(client, 1);

            List<String> all = server.addresses().stream()
                    .map(address -> "ipv4 " + address)
                    .toList();
            // The primary is enough to work with; the others' monitors may be slower.
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!proxy.requests().containsAll(all) && System.nanoTime() - until < 0) {
                get(client.getDatabase("admin").runCommand(new Document("ping", 1)));
            }
            assertThat(proxy.requests()).containsAll(all);
        }
    }

    @Test
    void theServersCertificateIsCheckedBehindTheProxy(@TempDir Path folder) throws Exception {
        TestAuthority authority = TestAuthority.create("SOCKS");
        String uri = "mongodb://" + SERVER + "/?serverSelectionTimeoutMS=20000&tls=true&tlsCAFile="
                + URLEncoder.encode(authority.writePem(folder).toString(), UTF_8);
        try (TestServer right = TestServer.standalone()
                        .tls(ServerTls.of(authority.server("db.rotor.invalid")))
                        .start();
                SocksProxy proxy =
                        SocksProxy.open().map(SERVER, right.addresses().get(0)).start();
                MongoClient client = client(uri, new ProxySettings("localhost", proxy.port()))) {
            worksAt(client, 1);
        }
        try (TestServer wrong = TestServer.standalone()
                        .tls(ServerTls.of(authority.server("localhost")))
                        .start();
                SocksProxy proxy =
                        SocksProxy.open().map(SERVER, wrong.addresses().get(0)).start();
                MongoClient client =
                        client(uri.replace("=20000", "=200"), new ProxySettings("localhost", proxy.port()))) {
            failure.says(client, "TLS with " + SERVER + " failed");
        }
    }

    @Test
    void addressesArePassedOnAsAddresses() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                SocksProxy proxy = SocksProxy.open().start()) {
            String port = server.addresses()
                    .get(0)
                    .substring(server.addresses().get(0).lastIndexOf(':'));
            try (MongoClient client =
                    client("mongodb://127.0.0.1" + port, new ProxySettings("localhost", proxy.port()))) {
                worksAt(client, 1);
            }
            assertThat(proxy.requests()).containsOnly("ipv4 127.0.0.1" + port);
        }
    }

    @Test
    void aClosedClientLeavesNoConnectionToTheProxy() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                SocksProxy proxy = SocksProxy.open().start()) {
            try (MongoClient client = client(server.connectionString(), new ProxySettings("localhost", proxy.port()))) {
                worksAt(client, 1);
            }
            proxy.awaitIdle();
        }
    }

    @Test
    void aRefusalOfTheProxyIsSaidInWords() throws Exception {
        try (SocksProxy proxy = SocksProxy.open().refusing(2).start();
                MongoClient client = impatient(proxy)) {
            failure.says(
                    client,
                    "Could not connect to " + SERVER + " through the proxy localhost:" + proxy.port()
                            + ": its rules do not allow this connection (SOCKS5 reply 2)");
        }
    }

    @Test
    void aProxyThatCannotReachTheServerSaysSo() throws Exception {
        try (SocksProxy proxy =
                        SocksProxy.open().map(SERVER, "localhost:" + freePort()).start();
                MongoClient client = impatient(proxy)) {
            failure.says(
                    client,
                    "through the proxy localhost:" + proxy.port()
                            + ": the server refused the connection (SOCKS5 reply 5)");
        }
    }

    @Test
    void aProxyThatWantsALoginThatThereIsNotSaysWhatToSet() throws Exception {
        try (SocksProxy proxy = SocksProxy.withLogin("alice", "s3cret").start();
                MongoClient client = impatient(proxy)) {
            failure.says(
                    client,
                    "Could not connect to " + SERVER + " through the proxy localhost:" + proxy.port()
                            + ": it wants to be logged in to; set proxyUsername and proxyPassword");
        }
    }

    @Test
    void aWrongLoginIsSaidAndNeverShown() throws Exception {
        try (SocksProxy proxy = SocksProxy.withLogin("alice", "s3cret").start();
                MongoClient client =
                        impatient(new ProxySettings("localhost", proxy.port(), "m4llory", Secret.of("gu3ss")), "")) {
            failure.says(
                            client,
                            "Could not connect to " + SERVER + " through the proxy localhost:" + proxy.port()
                                    + ": it refused the user name and password (proxyUsername, proxyPassword)")
                    .doesNotContain("m4llory")
                    .doesNotContain("gu3ss");
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamedAndNotTheServersAddress() throws Exception {
        int port = freePort();
        try (MongoClient client = impatient(new ProxySettings("127.0.0.1", port), "")) {
            failure.says(
                    client,
                    "Could not connect to the proxy 127.0.0.1:" + port + ", which is to connect to " + SERVER
                            + ": /127.0.0.1:" + port + ": Connection refused");
        }
    }

    @Test
    void aProxyWhoseNameIsUnknownIsNamed() throws Exception {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://" + SERVER
                        + "/?directConnection=true&proxyHost=proxy.rotor.invalid&" + FirstFailure.SHORT))
                .transport(provider().name())
                .addServerMonitorListener(failure)
                .inetAddressResolver(host -> CompletableFuture.failedFuture(new UnknownHostException(host)))
                .build();
        try (MongoClient client = MongoClient.create(settings)) {
            failure.says(
                    client, "The host name of the proxy proxy.rotor.invalid:1080 could not be resolved: unknown host");
        }
    }

    @Test
    void aSilentProxyIsATimeoutThatSaysWhatWasWaitedFor() throws Exception {
        try (SocksProxy proxy = SocksProxy.open()
                        .misbehaving((in, out) -> in.readAllBytes())
                        .start();
                MongoClient client = impatient(new ProxySettings("127.0.0.1", proxy.port()), "&connectTimeoutMS=400")) {
            failure.says(
                    client,
                    "Could not connect to the proxy 127.0.0.1:" + proxy.port()
                            + ", which is to connect to " + SERVER + ": /127.0.0.1:" + proxy.port()
                            + ": the proxy did not send the choice of an authentication, with which a SOCKS5 proxy"
                            + " begins within ");
        }
    }

    @Test
    void whatIsNoSocksProxyIsToldApart() throws Exception {
        try (SocksProxy proxy = SocksProxy.open()
                        .misbehaving((in, out) -> out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)))
                        .start();
                MongoClient client = impatient(proxy)) {
            failure.says(
                    client,
                    "through the proxy localhost:" + proxy.port() + ": it is no SOCKS5 proxy: its answer"
                            + " begins with the byte 72; it looks like an HTTP proxy, which is not supported");
        }
    }

    @Test
    void aProxyThatHangsUpIsSaidToHaveDoneSo() throws Exception {
        try (SocksProxy proxy = SocksProxy.open()
                        .misbehaving((in, out) -> in.read(new byte[3]))
                        .start();
                MongoClient client = impatient(new ProxySettings("127.0.0.1", proxy.port()), "")) {
            failure.says(
                    client,
                    "/127.0.0.1:" + proxy.port() + ": the proxy closed the connection instead of sending the"
                            + " choice of an authentication");
        }
    }

    @Test
    void aClientThatProxiesHaveTreatedBadlyWorksOnceTheyDoNot() throws Exception {
        List<byte[]> answers = List.of(
                new byte[] {5},
                new byte[] {5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0},
                new byte[] {5, (byte) 0xFF},
                new byte[] {4, 90},
                new byte[0]);
        AtomicInteger next = new AtomicInteger();
        try (TestServer server = TestServer.standalone().start();
                SocksProxy proxy = SocksProxy.open()
                        .map(SERVER, server.addresses().get(0))
                        .misbehavingAtFirst(answers.size(), (in, out) -> {
                            byte[] answer = answers.get(next.getAndIncrement() % answers.size());
                            out.write(answer);
                            out.flush();
                            in.read(new byte[3]);
                        })
                        .start();
                MongoClient client = client(
                        "mongodb://" + SERVER + "/?heartbeatFrequencyMS=500",
                        new ProxySettings("localhost", proxy.port()))) {
            worksAt(client, 1);
            assertThat(proxy.accepted()).isGreaterThan(answers.size());
        }
    }
}
