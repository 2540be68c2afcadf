package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCluster;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.conn.Authenticator;
import dev.rotor.driver.core.conn.ClientEnvironment;
import dev.rotor.driver.core.conn.ClientMetadata;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionConfig;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeTransport;
import dev.rotor.driver.core.fake.FakeWire;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogCapture;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.ListenerEvents;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.core.op.StableApi;
import dev.rotor.driver.core.pool.ConnectionPool;
import dev.rotor.driver.core.session.ServerSessionPool;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.wire.CommandBuffers;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.ConnectionPoolListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * The driver from the views down to the wire, over one scripted server in memory, on one thread. Fields that configure
 * it are set before the first use.
 */
final class ClientRig {

    static final String REPLICA_SET =
            "setName: 'rs', hosts: ['db1:27017'], isWritablePrimary: true, logicalSessionTimeoutMinutes: 30";
    static final String STANDALONE = "isWritablePrimary: true, logicalSessionTimeoutMinutes: 30";
    static final String MONGOS = "isWritablePrimary: true, msg: 'isdbgrid', logicalSessionTimeoutMinutes: 30";
    /** What a service behind a load balancer says; goes with {@link #loadBalanced}. */
    static final String SERVICE = MONGOS + ", serviceId: {$oid: '000000000000000000000001'}";
    /** An answer of the script: the server breaks the connection. */
    static final String BREAK = "break";

    /** There is none around these views; sessions only give it back. */
    static final MongoClient NO_CLIENT = (MongoClient) Proxy.newProxyInstance(
            ClientRig.class.getClassLoader(), new Class<?>[] {MongoClient.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    final FakeTransport transport = new FakeTransport();
    final FakeServer server = new FakeServer();
    final List<FakeMessage> sent = new ArrayList<>();
    final ArrayDeque<String> answers = new ArrayDeque<>();

    String kind = REPLICA_SET;
    int wireVersion = 21;
    String limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 100000";
    boolean insideSend;
    boolean loadBalanced;
    int poolSize = 4;
    boolean retryReads = true;
    boolean retryWrites = true;
    ReadPreference readPreference = ReadPreference.PRIMARY;
    ReadConcern readConcern = ReadConcern.DEFAULT;
    WriteConcern writeConcern = WriteConcern.ACKNOWLEDGED;

    @Nullable
    Duration timeout;

    @Nullable
    StableApi stableApi;

    @Nullable
    Executor completions;

    @Nullable
    ContextCarrier context;

    List<CommandListener> listeners = List.of();

    @Nullable
    ConnectionPoolListener poolListener;

    int maxAdaptiveRetries = 2;
    boolean retarget;
    double jitter;
    Duration serverSelectionTimeout = Duration.ofSeconds(30);
    SocketSettings sockets = SocketSettings.DEFAULT;
    Duration maxWait = Duration.ofMinutes(2);
    /** The connections'. */
    Clock clock = transport.clock();

    /** Answers what {@link #answers} does not; {@code null} for no answer yet. */
    Function<FakeMessage, @Nullable String> script = message -> null;

    /** Hears what is logged. */
    final LogCapture logged = new LogCapture();

    private final ClientLog log;

    private final ServerSessionPool sessions = new ServerSessionPool(transport.clock(), UUID::randomUUID);
    private @Nullable DatabaseView database;
    private @Nullable Engine engine;
    private @Nullable Scope clientScope;

    ClientRig() {
        this(ClientLog.DEFAULT_MAX_DOCUMENT_LENGTH);
    }

    /** With another limit to the documents that are logged. */
    ClientRig(int maxDocumentLength) {
        logged.maxDocumentLength = maxDocumentLength;
        log = logged.log();
    }

    private DatabaseView build() {
        transport.onConnect(attempt -> attempt.succeed(wire -> {
            FakeWire.Responder responder = message -> respond(wire, message);
            if (insideSend) {
                wire.respondInsideSend(responder);
            } else {
                wire.respond(responder);
            }
        }));
        ConnectionConfig config = new ConnectionConfig(
                FakeServer.ADDRESS,
                transport,
                (address, callback) ->
                        callback.onResolved(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 27017))),
                () -> clock.nanoTime(),
                new CommandBuffers(),
                sockets,
                null,
                null,
                new ClientMetadata(
                        null,
                        null,
                        new ClientEnvironment("1", "Linux", "Linux", "amd64", "6", "Java/test", name -> null, false)),
                null,
                loadBalanced,
                List.of(),
                Authenticator.NONE);
        ConnectionPool<Connection> pool = new ConnectionPool<>(
                FakeServer.ADDRESS,
                ConnectionPoolSettings.builder()
                        .maxSize(poolSize)
                        .maxWaitTime(maxWait)
                        .build(),
                loadBalanced,
                (owner, id, generation) -> new Connection(config, owner::perished, id, generation),
                poolListener,
                transport.clock(),
                transport.loop(),
                null,
                log);
        pool.ready();
        server.pool = pool;
        Engine made = new Engine(
                server,
                transport,
                sessions,
                transport.clock(),
                new Engine.Policy(
                        retryReads,
                        retryWrites,
                        stableApi,
                        new ListenerEvents(listeners, log),
                        completions,
                        context,
                        new Engine.Overload(maxAdaptiveRetries, retarget, () -> jitter),
                        serverSelectionTimeout));
        ClientCodecs codecs = new ClientCodecs(UuidRepresentation.STANDARD);
        Scope scope = new Scope(
                "app",
                readPreference,
                readConcern,
                writeConcern,
                codecs.configure(MongoClientSettings.DEFAULT_CODEC_REGISTRY),
                timeout);
        engine = made;
        clientScope = scope;
        return new DatabaseView(NO_CLIENT, made, scope, codecs);
    }

    private List<byte[]> respond(FakeWire wire, FakeMessage message) {
        String name = message.commandName();
        if ((name.equals("hello") && message.body().containsKey("client")) || name.equals("isMaster")) {
            return List.of(FakeMessage.reply(
                    message,
                    "{ok: 1, helloOk: true, minWireVersion: 0, maxWireVersion: " + wireVersion + ", " + limits + ", "
                            + kind + "}"));
        }
        sent.add(message);
        String answer = answers.isEmpty() ? script.apply(message) : answers.poll();
        if (answer == null) {
            return List.of();
        }
        if (answer.equals(BREAK)) {
            transport.loop().execute(() -> wire.fail(new IOException("connection reset")));
            return List.of();
        }
        return List.of(FakeMessage.reply(message, answer));
    }

    MongoDatabase database() {
        DatabaseView made = database;
        if (made == null) {
            made = build();
            database = made;
        }
        return made;
    }

    ClientSession session() {
        return session(ClientSessionOptions.DEFAULT);
    }

    ClientSession session(ClientSessionOptions options) {
        database();
        return new RotorSession(
                NO_CLIENT, Objects.requireNonNull(engine), Objects.requireNonNull(clientScope), options);
    }

    MongoCollection<Document> collection(ClientSession session) {
        return collection().withSession(session);
    }

    /** The deployment as a whole. */
    MongoCluster cluster() {
        database();
        return new ClusterView.Changed(
                NO_CLIENT,
                Objects.requireNonNull(engine),
                Objects.requireNonNull(clientScope).withDatabase("admin"),
                new ClientCodecs(UuidRepresentation.STANDARD));
    }

    MongoCollection<Document> collection() {
        return database().getCollection("things");
    }

    /** What a client does first when it is closed. */
    void closeEngine() {
        Engine made = engine;
        if (made == null) {
            throw new IllegalStateException("nothing has been made yet");
        }
        made.close();
    }

    /** Breaks the wire that was opened last. */
    void breakWire() {
        transport.lastAttempt().wire().fail(new IOException("connection reset"));
        run();
    }

    /** Answers the newest message late. */
    void reply(String json) {
        transport.lastAttempt().wire().deliver(FakeMessage.reply(last(), json));
        run();
    }

    ClientRig answer(String... more) {
        answers.addAll(List.of(more));
        return this;
    }

    void run() {
        transport.loop().run();
    }

    FakeMessage last() {
        return sent.get(sent.size() - 1);
    }

    BsonDocument body(int index) {
        return sent.get(index).body();
    }

    List<String> sentNames() {
        return sent.stream().map(FakeMessage::commandName).toList();
    }

    /** Runs the loop, then gives the result, which has to be there. */
    <T> T done(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        run();
        assertThat(future).as("the operation has ended").isDone();
        return future.join();
    }

    /** Runs the loop, then gives the failure, which has to be there. */
    Throwable failure(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        run();
        assertThat(future).as("the operation has ended").isDone();
        assertThat(future).isCompletedExceptionally();
        try {
            future.get();
            throw new AssertionError("no failure");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return cause == null ? e : cause;
        } catch (java.util.concurrent.CancellationException e) {
            return e;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Every connection is back, nobody waits, every operation that was counted is over. */
    void assertBalanced() {
        run();
        assertThat(server.pool().statistics().inUse()).as("connections in use").isZero();
        assertThat(server.pool().statistics().waiting())
                .as("waiters of the pool")
                .isZero();
        assertThat(server.waiting).as("waiters of the selection").isEmpty();
        assertThat(server.operations).as("operations counted on the server").isZero();
        assertThat(transport.loop().failures()).isEmpty();
    }

    /** Moves the clock, and runs what is due. */
    void pass(Duration time) {
        transport.loop().advance(time);
        run();
    }

    /** How many sessions lie in the pool; ends the use of the rig. */
    int idleSessions() {
        return sessions.drain().size();
    }

    static String batch(String kind, long id, int from, int count) {
        StringBuilder json = new StringBuilder("{ok: 1, cursor: {id: {$numberLong: '" + id + "'}, ns: 'app.things', ")
                .append(kind)
                .append(": [");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ", ").append("{_id: ").append(from + i).append("}");
        }
        return json.append("]}}").toString();
    }
}
