package dev.rotor.transport.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.transport.netty.testing.Heard;
import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An attempt to connect that an error ends, as memory outside of the heap does when it runs out. */
@Timeout(120)
class ConnectErrorsTest {

    @SuppressWarnings("NullAway.Init") // by open
    private ServerSocketChannel server;

    private @Nullable Transport transport;

    @BeforeEach
    void open() throws Exception {
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws Exception {
        if (transport != null) {
            transport.close(Duration.ZERO).toCompletableFuture().get(60, SECONDS);
        }
        server.close();
    }

    private Transport of(TransportProvider provider) {
        Transport opened = provider.open(new TransportSettings(1, "errors-", null, null));
        transport = opened;
        return opened;
    }

    private Heard connect(Transport to, Heard heard) throws Exception {
        return heard.connect(to, server.getLocalAddress());
    }

    /** Sockets of a test's. */
    private static class Flavour extends NettyTransportProvider {

        @Override
        public String name() {
            return "of a test";
        }

        @Override
        public int preference() {
            return 0;
        }

        @Override
        public Availability availability() {
            return Availability.yes();
        }

        @Override
        protected IoHandlerFactory ioHandlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        protected Class<? extends IoHandle> handleType() {
            return NioIoHandle.class;
        }

        @Override
        protected NettySocket newSocket(SocketAddress address) throws IOException {
            return new NettyNioProvider().newSocket(address);
        }
    }

    /** As Netty's own is when there is no memory outside of the heap. */
    private static Error noMemory() {
        return new OutOfMemoryError("failed to allocate 65536 byte(s) of direct memory");
    }

    private static void assertNoMemory(Heard heard) throws Exception {
        assertThat(heard.closed.get(60, SECONDS))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("failed to allocate 65536 byte(s) of direct memory")
                .hasStackTraceContaining("OutOfMemoryError");
        assertThat(heard.connected).isNotDone();
    }

    @Test
    void anErrorInPlaceOfASocketFailsTheAttempt() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        Transport failing = of(new Flavour() {
            @Override
            protected NettySocket newSocket(SocketAddress address) throws IOException {
                if (failed.compareAndSet(false, true)) {
                    throw noMemory();
                }
                return super.newSocket(address);
            }
        });

        assertNoMemory(connect(failing, new Heard()));

        connect(failing, new Heard()).connected.get(60, SECONDS);
    }

    /** Cannot be configured. */
    private static final class Odd extends NioSocketChannel {

        private final AtomicBoolean ready = new AtomicBoolean();

        Odd(SocketChannel socket) {
            super(socket);
            ready.set(true);
        }

        @Override
        public SocketChannelConfig config() {
            // Not yet there while the channel is being made.
            AtomicBoolean asked = ready;
            if (asked != null && asked.compareAndSet(true, false)) {
                throw noMemory();
            }
            return super.config();
        }
    }

    @Test
    void anErrorWhileASocketIsMadeReadyFailsTheAttemptAndClosesIt() throws Exception {
        CompletableFuture<Channel> made = new CompletableFuture<>();
        Transport failing = of(new Flavour() {
            @Override
            protected NettySocket newSocket(SocketAddress address) throws IOException {
                SocketChannel socket = SocketChannel.open();
                Odd odd = new Odd(socket);
                made.complete(odd);
                return new NettySocket(
                        odd, address, new JdkSocket(socket), false, NettySocket.Writers.ANY_THREAD, null);
            }
        });

        assertNoMemory(connect(failing, new Heard()));

        assertThat(made.get(60, SECONDS).isOpen()).isFalse();
    }
}
