package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeTransport;
import dev.rotor.driver.core.fake.FakeWire;
import dev.rotor.driver.core.net.Socks5Proxy;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandBuffers;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.spi.Compressor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection over the in-memory transport, and everything that was heard of it. */
final class Rig implements PooledConnection.OpenListener, ReplyHandler {

    static final String HELLO_REPLY =
            "{ok: 1, helloOk: true, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 21,"
                    + " maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 100000,"
                    + " logicalSessionTimeoutMinutes: 30, connectionId: 17}";

    static final ServerAddress SERVER = new ServerAddress("db1", 27017);

    static final List<SocketAddress> ADDRESSES =
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 27017));

    final FakeTransport transport = new FakeTransport();
    final List<String> log = new ArrayList<>();
    final List<MongoException> failures = new ArrayList<>();
    final List<ReplyEnvelope> replies = new ArrayList<>();
    final CommandBuffers buffers = new CommandBuffers();

    SocketSettings socket = SocketSettings.DEFAULT;

    @Nullable
    ServerApi serverApi;

    @Nullable
    Socks5Proxy proxy;

    boolean loadBalanced;
    List<Compressor> compressors = List.of();
    Authenticator authenticator = Authenticator.NONE;
    AddressResolver resolver = (address, callback) -> callback.onResolved(ADDRESSES);
    ClientMetadata metadata = new ClientMetadata(null, null, environment());
    private @Nullable Connection connection;

    static ClientEnvironment environment() {
        return new ClientEnvironment("1.2.3", "Linux", "Linux", "amd64", "6.1", "Java/test", name -> null, false);
    }

    Rig socketTimeout(Duration timeout) {
        socket = SocketSettings.builder().socketTimeout(timeout).build();
        return this;
    }

    ConnectionConfig config() {
        return new ConnectionConfig(
                SERVER,
                transport,
                resolver,
                transport.clock(),
                buffers,
                socket,
                proxy,
                null,
                metadata,
                serverApi,
                loadBalanced,
                compressors,
                authenticator);
    }

    Connection connection() {
        Connection made = connection;
        if (made == null) {
            made = new Connection(config(), gone -> log.add("perished " + gone.id()), 5, 3);
            connection = made;
        }
        return made;
    }

    Rig startOpening() {
        connection().open(this);
        return this;
    }

    /** Lets the attempt to connect succeed; hello has been sent then. */
    FakeWire connect() {
        FakeWire wire = transport.lastAttempt().succeed();
        transport.loop().run();
        return wire;
    }

    FakeWire wire() {
        return transport.lastAttempt().wire();
    }

    /** An established connection; the log starts empty. */
    Rig open() {
        startOpening();
        FakeWire wire = connect();
        wire.deliver(FakeMessage.reply(wire.lastSent(), HELLO_REPLY));
        transport.loop().run();
        if (!log.equals(List.of("opened"))) {
            throw new IllegalStateException("not opened: " + log + failures);
        }
        log.clear();
        return this;
    }

    CommandWriter command(String name) {
        CommandWriter out = connection().beginCommand();
        out.putInt32(CommandWriter.name(name), 1);
        out.putString(CommandWriter.name("$db"), "admin");
        out.endBody();
        return out;
    }

    Rig send(String name) {
        return send(name, Deadline.NONE);
    }

    Rig send(String name, long deadline) {
        connection().send(command(name), this, deadline);
        return this;
    }

    Rig sendUnacknowledged(String name) {
        CommandWriter out = command(name);
        out.unacknowledged();
        connection().send(out, this, Deadline.NONE);
        return this;
    }

    Rig sendExhaust(String name) {
        CommandWriter out = command(name);
        out.exhaustAllowed();
        connection().send(out, this, Deadline.NONE);
        return this;
    }

    void reply(String json) {
        wire().deliver(FakeMessage.reply(wire().lastSent(), json));
    }

    MongoException failure() {
        if (failures.size() != 1) {
            throw new IllegalStateException("not one failure: " + failures);
        }
        return failures.get(0);
    }

    @Override
    public void onOpened() {
        log.add("opened");
    }

    @Override
    public void onOpenFailed(MongoException cause) {
        log.add("open failed");
        failures.add(cause);
    }

    @Override
    public void onReply(Connection connection, ReplyEnvelope reply) {
        log.add("reply");
        replies.add(reply);
    }

    @Override
    public void onSentUnacknowledged(Connection connection) {
        log.add("sent");
    }

    @Override
    public void onConnectionFailure(Connection connection, MongoException failure) {
        log.add("failure");
        failures.add(failure);
    }
}
