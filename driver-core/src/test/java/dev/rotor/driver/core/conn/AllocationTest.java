package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rotor.driver.MongoCompressor;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.core.compression.Compressors;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeTransport;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandBuffers;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request costs in garbage: nothing for the command, one object for the reply besides its bytes. */
class AllocationTest implements ReplyHandler {

    private static final byte[] FIND = CommandWriter.name("find");
    private static final byte[] FILTER = CommandWriter.name("filter");
    private static final byte[] TEXT = CommandWriter.name("text");
    private static final byte[] ID = CommandWriter.name("_id");
    private static final byte[] DB = CommandWriter.name("$db");
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 10_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int replies;

    private long allocated() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static void write(CommandWriter out) {
        out.putString(FIND, "people");
        int filter = out.startDocument(FILTER);
        out.putInt32(ID, 42);
        out.endDocument(filter);
        out.putString(DB, "app");
        out.endBody();
    }

    @Test
    void encodingASmallCommandAllocatesNothing() {
        CommandBuffers buffers = new CommandBuffers();
        long before = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            if (i == 0) {
                before = allocated();
            }
            CommandWriter out = buffers.begin();
            write(out);
            assertThatOneBuffer(out.finish());
            out.discard();
        }
        assertThat((allocated() - before) / ROUNDS).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zlib", "zstd"})
    void compressingASmallCommandAllocatesNothing(String name) {
        List<Compressor> compressors = Compressors.open(List.of(new MongoCompressor(name, -1)));
        Compressor compressor = compressors.get(0);
        CommandBuffers buffers = new CommandBuffers();
        long before = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            if (i == 0) {
                before = allocated();
            }
            CommandWriter out = buffers.begin();
            write(out);
            assertThatOneBuffer(out.finish(compressor, 48_000_000));
            out.discard();
        }
        assertThat((allocated() - before) / ROUNDS).isZero();
        Compressors.close(compressors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zlib", "zstd"})
    void compressingALongerCommandAllocatesABufferAndNoMemoryForTheBytes(String name) {
        List<Compressor> compressors = Compressors.open(List.of(new MongoCompressor(name, -1)));
        CommandBuffers buffers = new CommandBuffers();
        String text = "x".repeat(100_000);
        long before = 0;
        for (int i = -200; i < 200; i++) {
            if (i == 0) {
                before = allocated();
            }
            CommandWriter out = buffers.begin();
            out.putString(TEXT, text);
            out.endBody();
            assertThatOneBuffer(out.finish(compressors.get(0), 48_000_000));
            out.discard();
        }
        assertThat((allocated() - before) / 200).isLessThan(1_000);
        Compressors.close(compressors);
    }

    @Test
    void aRequestWithATimeoutAllocatesTheReplyAndLittleElse() {
        EchoTransport transport = new EchoTransport();
        Connection connection = new Connection(
                new ConnectionConfig(
                        Rig.SERVER,
                        transport,
                        (address, callback) -> callback.onResolved(Rig.ADDRESSES),
                        Clock.system(),
                        new CommandBuffers(),
                        SocketSettings.builder()
                                .socketTimeout(Duration.ofSeconds(30))
                                .build(),
                        null,
                        null,
                        new ClientMetadata(null, null, Rig.environment()),
                        null,
                        false,
                        List.of(),
                        Authenticator.NONE),
                gone -> {},
                1,
                0);
        Rig opened = new Rig();
        connection.open((PooledConnection.OpenListener) opened);
        assertThat(opened.log).containsExactly("opened");
        long before = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            if (i == 0) {
                before = allocated();
            }
            CommandWriter out = connection.beginCommand();
            write(out);
            connection.send(out, this, Deadline.NONE);
        }
        long each = (allocated() - before) / ROUNDS;
        assertThat(replies).isEqualTo(WARM_UP + ROUNDS);
        // The frame's array and the envelope.
        assertThat(each).isLessThan(transport.reply.length + 16 + 200L);
    }

    private static void assertThatOneBuffer(ByteBuffer[] buffers) {
        if (buffers.length != 1) {
            throw new AssertionError("a small command in " + buffers.length + " buffers");
        }
    }

    @Override
    public void onReply(Connection connection, ReplyEnvelope reply) {
        replies++;
    }

    @Override
    public void onSentUnacknowledged(Connection connection) {
        throw new AssertionError("unexpected");
    }

    @Override
    public void onConnectionFailure(Connection connection, MongoException failure) {
        throw new AssertionError("unexpected", failure);
    }

    /** Answers everything with the same bytes inside send, allocating only the frame. */
    private static final class EchoTransport implements Transport, Wire, Cancellable {
        private final FakeTransport loops = new FakeTransport();
        private final byte[] reply = FakeMessage.reply(
                new FakeMessage(0, 0, FakeMessage.OP_MSG, 0, new org.bson.BsonDocument(), java.util.Map.of()),
                Rig.HELLO_REPLY);
        private @Nullable WireListener listener;

        @Override
        public void send(ByteBuffer... buffers) {
            WireListener hears = listener;
            if (hears == null) {
                return;
            }
            int requestId = buffers[0].order(ByteOrder.LITTLE_ENDIAN).getInt(4);
            hears.onSent(buffers);
            byte[] frame = hears.allocate(reply.length);
            System.arraycopy(reply, 0, frame, 0, frame.length);
            for (int i = 0; i < 4; i++) {
                frame[8 + i] = (byte) (requestId >> (8 * i));
            }
            hears.onFrame(frame);
        }

        @Override
        public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
            this.listener = listener;
            listener.onConnected(this);
            return this;
        }

        @Override
        public void cancel() {}

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public EventLoop nextLoop() {
            return loops.nextLoop();
        }

        @Override
        public @Nullable EventLoop currentLoop() {
            return null;
        }

        @Override
        public CompletionStage<@Nullable Void> close(Duration limit) {
            return loops.close(limit);
        }

        @Override
        public EventLoop loop() {
            return loops.loop();
        }

        @Override
        public void maxFrameBytes(int bytes) {}

        @Override
        public void readInterest(boolean on) {}

        @Override
        public @Nullable SocketAddress localAddress() {
            return null;
        }

        @Override
        public SocketAddress remoteAddress() {
            return Rig.ADDRESSES.get(0);
        }

        @Override
        public @Nullable SSLSession tlsSession() {
            return null;
        }

        @Override
        public void close() {}

        @Override
        public void abort() {}
    }
}
