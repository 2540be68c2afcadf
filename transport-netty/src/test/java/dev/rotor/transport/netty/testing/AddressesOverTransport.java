package dev.rotor.transport.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.spi.InetAddressResolver;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.proxy.UnixBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How a whole driver finds its way to a server: names, their addresses, and paths; over a transport that is named. */
@ExtendWith(LeakWatch.class)
@Timeout(120)
public abstract class AddressesOverTransport {

    private final List<AutoCloseable> toClose = new ArrayList<>();

    /** For tests. */
    protected AddressesOverTransport() {}

    /** The transport under test. */
    protected abstract TransportProvider provider();

    @BeforeEach
    void skipWhereItCannotRun() {
        Availability availability = provider().availability();
        assumeTrue(availability.available(), availability::reason);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    private final FirstFailure failure = new FirstFailure();

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private MongoClient client(String uri, InetAddressResolver resolver) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .transport(provider().name())
                .inetAddressResolver(resolver)
                .addServerMonitorListener(failure)
                .build());
    }

    private static InetAddressResolver answering(InetAddress... addresses) {
        return host -> CompletableFuture.completedFuture(List.of(addresses));
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    /** The loopback address of IPv6. */
    private static InetAddress ipv6Loopback() throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return InetAddress.getByAddress(bytes);
    }

    private static int port(TestServer server) {
        String address = server.addresses().get(0);
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Has another address of this machine never answer at that port. */
    private InetAddress silent(int port) throws IOException {
        InetAddress address = loopback(9);
        ServerSocketChannel full = ServerSocketChannel.open();
        toClose.add(full);
        try {
            full.bind(new InetSocketAddress(address, port), 1);
        } catch (IOException e) {
            assumeTrue(
                    false,
                    "needs the address " + address + ", which this system does not give to the loopback"
                            + " interface by itself: " + e.getMessage());
        }
        // The system adds to the backlog as it likes, so fill it until one is left waiting.
        for (int i = 0; i < 64; i++) {
            SocketChannel filler = SocketChannel.open();
            toClose.add(filler);
            filler.configureBlocking(false);
            if (!filler.connect(full.getLocalAddress())) {
                try (Selector selector = Selector.open()) {
                    filler.register(selector, SelectionKey.OP_CONNECT);
                    if (selector.select(300) == 0) {
                        return address;
                    }
                }
                filler.finishConnect();
            }
        }
        throw new IllegalStateException("the backlog would not fill");
    }

    private static void works(MongoClient client) throws Exception {
        MongoCollection<Document> things = client.getDatabase("app").getCollection("things");
        get(things.insertOne(new Document("_id", 1)));
        assertThat(get(things.find(new Document()).first())).isEqualTo(new Document("_id", 1));
    }

    @Test
    void anAddressThatIsSilentDoesNotKeepTheNextWaiting() throws Exception {
        try (TestServer server = TestServer.standalone().start()) {
            InetAddress silent = silent(port(server));
            // Without a timeout, so that nothing but the race gets past it.
            String uri = "mongodb://db.rotor.invalid:" + port(server) + "/?connectTimeoutMS=0";
            try (MongoClient client = client(uri, answering(silent, loopback(1)))) {
                works(client);
            }
        }
    }

    @Test
    void anAddressThatRefusesIsPassedOver() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = client(
                        "mongodb://db.rotor.invalid:" + port(server),
                        answering(loopback(8), ipv6Loopback(), loopback(1)))) {
            works(client);
        }
    }

    @Test
    void aServerThatNoAddressLeadsToIsNamedWithAllOfThem() throws Exception {
        int port;
        try (ServerSocketChannel gone = ServerSocketChannel.open()) {
            gone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = ((InetSocketAddress) gone.getLocalAddress()).getPort();
        }
        String uri = "mongodb://db.rotor.invalid:" + port + "/?" + FirstFailure.SHORT;
        try (MongoClient client = client(uri, answering(loopback(1), loopback(1)))) {
            String one = "/127.0.0.1:" + port + ": Connection refused";
            failure.says(client, "Could not connect to db.rotor.invalid:" + port + ": " + one + "; " + one);
        }
    }

    @Test
    void aNameIsLookedUpForEachConnection() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = client("mongodb://db.rotor.invalid:" + port(server), host -> {
                    assertThat(host).isEqualTo("db.rotor.invalid");
                    return asked.incrementAndGet() == 1
                            ? CompletableFuture.failedFuture(new UnknownHostException(host))
                            : CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
                })) {
            works(client);
            assertThat(asked).hasValueGreaterThan(2);
        }
    }

    @Test
    void aNameThatIsUnknownIsSaid() throws Exception {
        String uri = "mongodb://db.rotor.invalid/?" + FirstFailure.SHORT;
        try (MongoClient client =
                client(uri, host -> CompletableFuture.failedFuture(new UnknownHostException("db.rotor.invalid")))) {
            failure.says(client, "The host name of db.rotor.invalid:27017 could not be resolved: unknown host");
        }
    }

    @Test
    void aResolverThatNeverAnswersIsATimeout() throws Exception {
        String uri = "mongodb://db.rotor.invalid/?connectTimeoutMS=200&" + FirstFailure.SHORT;
        try (MongoClient client = client(uri, host -> new CompletableFuture<>())) {
            failure.says(client, "Timed out after 200 ms with db.rotor.invalid:27017 while resolving its host name");
        }
    }

    @Test
    void aPathInTheConnectionStringIsAUnixDomainSocket(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("x.sock");
        try (TestServer server = TestServer.standalone().start();
                UnixBridge bridge = UnixBridge.open(path, server.addresses().get(0));
                MongoClient client = client("mongodb://" + encoded(path), host -> {
                    throw new AssertionError(host + " was looked up");
                })) {
            assertThat(bridge).isNotNull();
            MongoCollection<Document> things = client.getDatabase("app").getCollection("things");
            Document large = new Document("_id", 1).append("bytes", "y".repeat(15_000_000));
            get(things.insertOne(large));
            assertThat(get(things.find(new Document()).first())).isEqualTo(large);
            assertThat(client.topologyDescription().servers().keySet())
                    .singleElement()
                    .satisfies(address -> assertThat(address.isUnixSocket()).isTrue());
        }
    }

    @Test
    void aPathWithoutASocketIsNamed(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("none.sock");
        String uri = "mongodb://" + encoded(path) + "/?" + FirstFailure.SHORT;
        try (MongoClient client = client(uri, answering())) {
            failure.says(client, "Could not connect to " + path + ": No such file or directory");
        }
    }

    @Test
    void aUnixDomainSocketIsNotReachedThroughAProxy(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("x.sock");
        try (TestServer server = TestServer.standalone().start();
                UnixBridge bridge = UnixBridge.open(path, server.addresses().get(0));
                MongoClient client =
                        client("mongodb://" + encoded(path) + "/?proxyHost=proxy.rotor.invalid", answering())) {
            assertThat(bridge).isNotNull();
            works(client);
        }
    }

    private static String encoded(Path path) {
        return URLEncoder.encode(path.toString(), StandardCharsets.UTF_8);
    }
}
