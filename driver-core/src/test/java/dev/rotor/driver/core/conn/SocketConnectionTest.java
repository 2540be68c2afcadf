package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandBuffers;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.transport.nio.NioTransportProvider;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection over real sockets: what a broken or hostile server can send. */
class SocketConnectionTest {

    private static Transport transport;

    @BeforeAll
    static void open() {
        transport = new NioTransportProvider().open(TransportSettings.DEFAULT);
    }

    @AfterAll
    static void close() throws Exception {
        transport.close(Duration.ofSeconds(5)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Connection connect(ServerAddress address) throws Exception {
        Connection connection = new Connection(
                new ConnectionConfig(
                        address,
                        transport,
                        new HostResolver(name -> {
                            throw new AssertionError("a literal needs no lookup");
                        }),
                        Clock.system(),
                        new CommandBuffers(),
                        SocketSettings.DEFAULT,
                        null,
                        null,
                        new ClientMetadata("test", null, ClientEnvironment.current("nio")),
                        null,
                        false,
                        List.of(),
                        Authenticator.NONE),
                gone -> {},
                1,
                0);
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        connection.open(new PooledConnection.OpenListener() {
            @Override
            public void onOpened() {
                opened.complete(connection);
            }

            @Override
            public void onOpenFailed(MongoException cause) {
                opened.completeExceptionally(cause);
            }
        });
        return opened.get(30, TimeUnit.SECONDS);
    }

    private static CompletableFuture<ReplyEnvelope> ping(Connection connection) {
        CommandWriter command = connection.beginCommand();
        command.putInt32(CommandWriter.name("ping"), 1);
        command.putString(CommandWriter.name("$db"), "admin");
        command.endBody();
        CompletableFuture<ReplyEnvelope> result = new CompletableFuture<>();
        connection.send(
                command,
                new ReplyHandler() {
                    @Override
                    public void onReply(Connection on, ReplyEnvelope reply) {
                        result.complete(reply);
                    }

                    @Override
                    public void onSentUnacknowledged(Connection on) {
                        result.completeExceptionally(new AssertionError("unexpected"));
                    }

                    @Override
                    public void onConnectionFailure(Connection on, MongoException failure) {
                        result.completeExceptionally(failure);
                    }
                },
                Deadline.NONE);
        return result;
    }

    /** How a ping fails on a server that answers it with these bytes and then ends the stream. */
    private static MongoException failure(ScriptedServer.Answer answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answer)) {
            Connection connection = connect(new ServerAddress("127.0.0.1", server.port()));
            Throwable failure =
                    ping(connection).handle((reply, thrown) -> thrown).get(30, TimeUnit.SECONDS);
            assertThat(failure).isInstanceOf(MongoException.class);
            assertThat(connection.isClosed()).isTrue();
            return (MongoException) failure;
        }
    }

    private static byte[] withLength(FakeMessage message, int length) {
        byte[] reply = FakeMessage.reply(message, "{ok: 1}");
        for (int i = 0; i < 4; i++) {
            reply[i] = (byte) (length >> (8 * i));
        }
        return reply;
    }

    @Test
    void anEmbeddedServerIsGreetedAndPinged() throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend());
        try {
            Connection connection =
                    connect(new ServerAddress("127.0.0.1", server.bind().getPort()));
            assertThat(connection.description().maxWireVersion()).isGreaterThanOrEqualTo(8);
            for (int i = 0; i < 10; i++) {
                assertThat(ping(connection).get(30, TimeUnit.SECONDS).ok()).isTrue();
            }
            connection.close(new MongoException("done", null));
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void lengthsOutOfRangeAreRefusedBeforeAnythingIsAllocated() throws Exception {
        for (int length : new int[] {-1, Integer.MIN_VALUE, 0, 15, Integer.MAX_VALUE, 48_000_001}) {
            assertThat(failure(message -> withLength(message, length)))
                    .as("length " + length)
                    .isInstanceOf(MongoProtocolException.class)
                    .hasMessageContaining("declared a message of " + length + " bytes")
                    .hasMessageContaining("ping");
        }
    }

    @Test
    void aMessageOfNothingButAHeaderIsRefused() throws Exception {
        assertThat(failure(message -> Arrays.copyOf(withLength(message, 16), 16)))
                .isInstanceOf(MongoProtocolException.class);
    }

    @Test
    void aReplyThatBreaksOffIsTheServersEnd() throws Exception {
        assertThat(failure(message -> Arrays.copyOf(FakeMessage.reply(message, "{ok: 1}"), 25)))
                .isExactlyInstanceOf(MongoConnectionException.class)
                .hasMessageContaining("closed the connection while waiting for the reply to ping");
    }

    @Test
    void aServerThatEndsTheStreamInsteadOfAReplyIsNamed() throws Exception {
        assertThat(failure(message -> new byte[0]))
                .isExactlyInstanceOf(MongoConnectionException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("ping");
    }

    @Test
    void aReplyToAnotherRequestIsRefused() throws Exception {
        assertThat(failure(message -> FakeMessage.opMsg(message.requestId() + 1, 0, BsonDocument.parse("{ok: 1}"))))
                .isInstanceOf(MongoProtocolException.class)
                .hasMessageContaining("instead of");
    }

    @Test
    void twoRepliesToOneRequestBreakTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                message -> {
                    byte[] reply = FakeMessage.reply(message, "{ok: 1}");
                    byte[] twice = Arrays.copyOf(reply, 2 * reply.length);
                    System.arraycopy(reply, 0, twice, reply.length, reply.length);
                    return twice;
                },
                message -> new byte[0])) {
            Connection connection = connect(new ServerAddress("127.0.0.1", server.port()));
            assertThat(ping(connection).get(30, TimeUnit.SECONDS).ok()).isTrue();
            Throwable second =
                    ping(connection).handle((reply, thrown) -> thrown).get(30, TimeUnit.SECONDS);
            assertThat(second).isInstanceOf(MongoProtocolException.class);
        }
    }

    @Test
    void nobodyListeningIsAConnectionFailureThatNamesTheAddress() throws Exception {
        int port;
        try (ScriptedServer server = new ScriptedServer()) {
            port = server.port();
        }
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        try {
            connect(new ServerAddress("127.0.0.1", port));
        } catch (java.util.concurrent.ExecutionException e) {
            failed.complete(e.getCause());
        }
        assertThat(failed.getNow(new AssertionError("connected")))
                .isInstanceOf(MongoConnectionException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }
}
