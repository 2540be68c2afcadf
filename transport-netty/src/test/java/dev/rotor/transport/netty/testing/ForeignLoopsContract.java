package dev.rotor.transport.netty.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.testserver.TestServer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Loops of Netty that the driver shares, or refuses with advice; what holds for any framework is in the kit. */
@ExtendWith(LeakWatch.class)
@Timeout(120)
public abstract class ForeignLoopsContract {

    private final List<EventExecutorGroup> groups = new ArrayList<>();

    /** For tests. */
    protected ForeignLoopsContract() {}

    /** The flavour under test. */
    protected abstract TransportProvider provider();

    /** What drives loops that it can share. */
    protected abstract IoHandlerFactory handlers();

    @BeforeEach
    void skipWhereItCannotRun() {
        Availability availability = provider().availability();
        assumeTrue(availability.available(), availability::reason);
    }

    @AfterEach
    void endGroups() throws InterruptedException {
        for (EventExecutorGroup group : groups) {
            group.shutdownGracefully(0, 0, SECONDS).await(60, SECONDS);
        }
    }

    private <G extends EventExecutorGroup> G ended(G group) {
        groups.add(group);
        return group;
    }

    private IoEventLoopGroup fitting() {
        return ended(new MultiThreadIoEventLoopGroup(2, handlers()));
    }

    private static TransportSettings sharing(Object loops) {
        return new TransportSettings(0, "unused-", null, loops);
    }

    @Test
    void aClientWorksOnThem() throws Exception {
        IoEventLoopGroup group = fitting();
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = MongoClient.create(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(server.connectionString()))
                        .transport(provider().name())
                        .foreignLoops(group)
                        .build())) {
            var people = client.getDatabase("app").getCollection("people");
            for (int i = 0; i < 100; i++) {
                people.insertOne(new Document("_id", i)).toCompletableFuture().get(60, SECONDS);
            }
            assertThat(people.countDocuments().toCompletableFuture().get(60, SECONDS))
                    .isEqualTo(100L);
        }
    }

    @Test
    void aClientClosesAlthoughItsLoopsHaveEndedBefore() throws Exception {
        IoEventLoopGroup group = fitting();
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = MongoClient.create(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(server.connectionString()))
                        .transport(provider().name())
                        .foreignLoops(group)
                        .build())) {
            var people = client.getDatabase("app").getCollection("people");
            people.insertOne(new Document("_id", 1)).toCompletableFuture().get(60, SECONDS);

            group.shutdownGracefully(0, 0, SECONDS).await(60, SECONDS);

            client.closeAsync().toCompletableFuture().get(60, SECONDS);
        }
    }

    @Test
    void theClientIsNotCreatedOnLoopsThatDoNotFit() {
        MongoClientSettings settings = MongoClientSettings.builder()
                .transport(provider().name())
                .foreignLoops(ended(new DefaultEventExecutorGroup(1)))
                .build();

        assertThatThrownBy(() -> MongoClient.create(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the transport " + provider().name())
                .hasMessageContaining("DefaultEventExecutorGroup");
    }

    @Test
    void loopsOfAnotherKindAreRefusedInWords() {
        IoEventLoopGroup local = ended(new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory()));

        assertThatThrownBy(() -> provider().open(sharing(local)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MultiThreadIoEventLoopGroup")
                .hasMessageContaining("foreignLoops");
    }

    @Test
    void loopsThatFitAnotherTransportAreSaidToFitIt() {
        assumeTrue(!provider().name().equals("netty"), "loops on NIO fit this one");
        IoEventLoopGroup nio = ended(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));

        assertThatThrownBy(() -> provider().open(sharing(nio)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("they fit the transport \"netty\"");
    }

    @Test
    void aGroupThatOneOfItsOwnTasksEndsAtOnceEndsWiresAndTheirSockets() throws Exception {
        IoEventLoopGroup group = ended(new MultiThreadIoEventLoopGroup(1, handlers()));
        Transport sharing = provider().open(sharing(group));
        Heard heard = new Heard();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            heard.connect(sharing, server.getLocalAddress());
            try (SocketChannel peer = server.accept()) {
                heard.connected.get(60, SECONDS);

                // Netty does not look for open channels then.
                group.next().execute(() -> group.shutdownGracefully(0, 0, SECONDS));

                assertThat(heard.closed.get(60, SECONDS)).hasMessageContaining("shut down");
                assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                sharing.close(Duration.ofSeconds(5)).toCompletableFuture().get(60, SECONDS);
            }
        }
    }
}
