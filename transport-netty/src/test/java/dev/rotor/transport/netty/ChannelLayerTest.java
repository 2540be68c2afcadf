package dev.rotor.transport.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.transport.netty.testing.LeakWatch;
import io.netty.channel.ChannelOption;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may still write to a descriptor when its channel has closed by itself. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
class ChannelLayerTest {

    private final SingleThreadIoEventLoop netty =
            new SingleThreadIoEventLoop(null, Executors.defaultThreadFactory(), NioIoHandler.newFactory());
    private final NettyLoop loop = new NettyLoop(netty, false);
    private final AtomicInteger written = new AtomicInteger();

    /** A socket that is always full, as long as it is written to past the channel. */
    private final RawSocket full = new RawSocket() {
        @Override
        public long write(ByteBuffer[] buffers, int offset, int count) {
            written.incrementAndGet();
            return 0;
        }

        @Override
        public int read(ByteBuffer into) {
            return 0;
        }
    };

    @SuppressWarnings("NullAway.Init") // by open
    private ServerSocketChannel server;

    @BeforeEach
    void open() throws Exception {
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        netty.shutdownGracefully(0, 0, SECONDS).get(60, SECONDS);
    }

    private NioSocketChannel connected() throws Exception {
        NioSocketChannel channel = new NioSocketChannel();
        channel.config().setAutoRead(false).setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        netty.register(channel).get(60, SECONDS);
        channel.connect(server.getLocalAddress()).get(60, SECONDS);
        return channel;
    }

    private ChannelLayer layer(NioSocketChannel channel) {
        SocketAddress remote = channel.remoteAddress();
        return new ChannelLayer(
                new NettySocket(channel, remote, full, false, NettySocket.Writers.ANY_THREAD_OF_OWN_LOOPS, null), loop);
    }

    private static ByteBuffer[] message(int bytes) {
        return new ByteBuffer[] {ByteBuffer.allocate(bytes)};
    }

    /** What comes of a sender's write on a thread of its own. */
    private static CompletableFuture<@Nullable Throwable> sent(ChannelLayer layer) {
        CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
        new Thread(() -> outcome.complete(catchThrowable(() -> layer.write(message(10), 0, 1)))).start();
        return outcome;
    }

    @Test
    void noSenderWritesPastAChannelThatFailedToWrite() throws Exception {
        NioSocketChannel channel = connected();
        Socket peer = server.accept().socket();
        ChannelLayer layer = layer(channel);
        CompletableFuture<@Nullable Throwable> sender = new CompletableFuture<>();
        CompletableFuture<Integer> before = new CompletableFuture<>();
        netty.execute(() -> {
            layer.onDrained(() -> {
                // As early as anybody can know: the channel has closed, and the wire is not told yet.
                if (layer.failure() != null && before.complete(written.get())) {
                    sender.complete(sent(layer).join());
                }
            });
            // More than fits between two sockets, so that the channel holds it when the peer resets.
            var unused = catchThrowable(() -> layer.write(message(30_000_000), 0, 1));
        });
        peer.setSoLinger(true, 0);
        peer.close();

        assertThat(sender.get(60, SECONDS)).isInstanceOf(ClosedChannelException.class);
        assertThat(written).hasValue(before.get(60, SECONDS));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aSenderWritesUntilThen() throws Exception {
        NioSocketChannel channel = connected();
        ChannelLayer layer = layer(channel);

        assertThat(sent(layer).get(60, SECONDS)).isNull();

        assertThat(written).hasValue(1);
        netty.submit(layer::close).get(60, SECONDS);
        assertThat(sent(layer).get(60, SECONDS)).isInstanceOf(ClosedChannelException.class);
        assertThat(written).hasValue(1);
        channel.closeFuture().get(60, SECONDS);
    }
}
