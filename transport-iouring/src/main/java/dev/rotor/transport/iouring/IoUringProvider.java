package dev.rotor.transport.iouring;

import dev.rotor.driver.transport.Availability;
import dev.rotor.transport.netty.NettyPresence;
import dev.rotor.transport.netty.NettySocket;
import dev.rotor.transport.netty.NettyTransportProvider;
import dev.rotor.transport.netty.UnixSocket;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The provider named {@code io_uring}: Netty on the rings that Linux shares with a process, where one system call asks
 * for what all connections of a loop have received, and waits for what comes next. Used only when named.
 */
public final class IoUringProvider extends NettyTransportProvider {

    private static final String NAME = "io_uring";

    /** Netty's switch for polls that tell of a socket again and again, but only when something new comes. */
    private static final String POLLS_ON_CHANGE = "io.netty.iouring.pollAddMultishotEnabled";

    /** For the service loader. */
    public IoUringProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public Availability availability() {
        return NettyPresence.check(NAME, () -> {
            Availability wrong = NettyPresence.wrongSystem(
                    NAME, "linux", System.getProperty("os.name", ""), "kqueue on macOS, nio anywhere");
            return wrong != null ? wrong : answer(unavailable());
        });
    }

    private static Availability answer(@Nullable Throwable cause) {
        return cause == null
                ? Availability.yes()
                : IoUringReasons.of(
                        cause,
                        System.getProperty("os.arch", ""),
                        IoUringProvider.class.getModule().isNamed(),
                        IoUringReasons.Kernel.read());
    }

    private static @Nullable Throwable unavailable() {
        // Netty 4.2.17 forgets such news while it takes back a read, as it does whenever reading is turned off; the
        // wire, or the handshake, then waits for bytes that are there. Polls that look at the socket first lose none.
        if (System.getProperty(POLLS_ON_CHANGE) == null) {
            System.setProperty(POLLS_ON_CHANGE, "false");
        }
        return IoUring.isAvailable() ? null : IoUring.unavailabilityCause();
    }

    @Override
    protected String loopsFailed(Throwable failure) {
        return answer(failure).reason();
    }

    @Override
    protected IoHandlerFactory ioHandlers() {
        return IoUringIoHandler.newFactory();
    }

    @Override
    protected Class<? extends IoHandle> handleType() {
        return IoUringIoHandle.class;
    }

    @Override
    protected NettySocket newSocket(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress unix) {
            IoUringDomainSocketChannel channel = new IoUringDomainSocketChannel();
            return new NettySocket(
                    channel,
                    new DomainSocketAddress(unix.getPath().toString()),
                    new UnixSocket(channel),
                    true,
                    NettySocket.Writers.LOOP,
                    null);
        }
        IoUringSocketChannel channel = new IoUringSocketChannel();
        return new NettySocket(
                channel,
                address,
                new UnixSocket(channel),
                true,
                NettySocket.Writers.ANY_THREAD_OF_OWN_LOOPS,
                new NettySocket.KeepAlive(
                        IoUringChannelOption.TCP_KEEPIDLE,
                        IoUringChannelOption.TCP_KEEPINTVL,
                        IoUringChannelOption.TCP_KEEPCNT));
    }
}
