package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.MalformedMessageException;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.topology.TopologyVersion;
import dev.rotor.driver.transport.EventLoop;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A monitor's connection: the same machinery without a pool and without authentication. Lives on its loop. */
public final class HelloConnection implements MonitorConnection, ReplyHandler, PooledConnection.OpenListener {

    private static final byte[] TOPOLOGY_VERSION = CommandWriter.name("topologyVersion");
    private static final byte[] PROCESS_ID = CommandWriter.name("processId");
    private static final byte[] COUNTER = CommandWriter.name("counter");
    private static final byte[] MAX_AWAIT_TIME = CommandWriter.name("maxAwaitTimeMS");

    private final ConnectionConfig config;
    private final Connection connection;
    private @Nullable Listener listener;
    private boolean closed;
    private long sentAt;
    private @Nullable BsonDocument handshakeReply;
    private long handshakeRoundTrip;

    /**
     * Makes a connection; opens none.
     *
     * @param config what the connections to the server have in common; authentication is left out
     * @param loop the loop to live on
     */
    public HelloConnection(ConnectionConfig config, EventLoop loop) {
        this.config = config;
        this.connection = new Connection(config.forMonitoring(), gone -> {}, 0, 0, loop);
    }

    /**
     * Makes monitor connections.
     *
     * @param configs gives what the connections to a server have in common
     */
    public static Factory factory(Function<ServerAddress, ConnectionConfig> configs) {
        return (address, loop) -> new HelloConnection(configs.apply(address), loop);
    }

    @Override
    public void open(long timeoutNanos, Listener hears) {
        listener = hears;
        connection.open(timeoutNanos, this, (reply, roundTripNanos) -> {
            handshakeReply = reply;
            handshakeRoundTrip = roundTripNanos;
        });
    }

    @Override
    public void hello(long timeoutNanos, Listener hears) {
        CommandWriter command = connection.beginCommand();
        Handshake.writeName(command, connection.helloOk());
        send(command, timeoutNanos, hears);
    }

    @Override
    public void awaitHello(
            TopologyVersion topologyVersion, long maxAwaitTimeMillis, long timeoutNanos, Listener hears) {
        CommandWriter command = connection.beginCommand();
        command.exhaustAllowed();
        Handshake.writeName(command, connection.helloOk());
        int version = command.startDocument(TOPOLOGY_VERSION);
        command.putObjectId(PROCESS_ID, topologyVersion.processId());
        command.putInt64(COUNTER, topologyVersion.counter());
        command.endDocument(version);
        command.putInt64(MAX_AWAIT_TIME, maxAwaitTimeMillis);
        send(command, timeoutNanos, hears);
    }

    @Override
    public void close() {
        closed = true;
        listener = null;
        connection.close(new MongoException("The monitor of " + config.address() + " closed its connection", null));
    }

    @Override
    public void onOpened() {
        Listener hears = listener;
        BsonDocument reply = handshakeReply;
        handshakeReply = null;
        if (hears != null && reply != null) {
            hears.onHello(reply, false, handshakeRoundTrip);
        }
    }

    @Override
    public void onOpenFailed(MongoException cause) {
        fail(cause);
    }

    @Override
    public void onReply(Connection connection, ReplyEnvelope reply) {
        if (closed) {
            return;
        }
        long now = config.clock().nanoTime();
        long roundTrip = now - sentAt;
        sentAt = now;
        BsonDocument document;
        try {
            if (!reply.ok()) {
                fail(Failures.refused(config.address(), "hello", reply));
                return;
            }
            document = reply.document();
        } catch (MalformedMessageException e) {
            MongoException failure = Failures.protocol(
                    config.address(), String.valueOf(e.getMessage()), e, "while waiting for the reply to hello");
            connection.terminate(failure, false);
            fail(failure);
            return;
        }
        Listener hears = listener;
        if (hears != null) {
            hears.onHello(document, reply.moreToCome(), roundTrip);
        }
    }

    @Override
    public void onSentUnacknowledged(Connection connection) {
        throw new IllegalStateException("hello expects a reply");
    }

    @Override
    public void onConnectionFailure(Connection connection, MongoException failure) {
        fail(failure);
    }

    private void send(CommandWriter command, long timeoutNanos, Listener hears) {
        listener = hears;
        Handshake.writeEnd(command, config.serverApi());
        sentAt = config.clock().nanoTime();
        connection.send(command, this, Deadline.NONE, timeoutNanos);
    }

    /** Once: what ends a connection tells several that it has ended. */
    private void fail(MongoException failure) {
        Listener hears = listener;
        listener = null;
        if (hears != null) {
            hears.onFailure(failure);
        }
    }
}
