package dev.rotor.transport.epoll;

import dev.rotor.driver.transport.Availability;
import dev.rotor.transport.netty.NettyPresence;
import dev.rotor.transport.netty.NettySocket;
import dev.rotor.transport.netty.NettyTransportProvider;
import dev.rotor.transport.netty.UnixSocket;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** The provider named {@code epoll}: Netty on Linux epoll, without the JDK's selectors. */
public final class EpollProvider extends NettyTransportProvider {

    private static final String NAME = "epoll";

    /** For the service loader. */
    public EpollProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int preference() {
        return 100;
    }

    @Override
    public Availability availability() {
        return NettyPresence.check(
                NAME, () -> availability(System.getProperty("os.name", ""), System.getProperty("os.arch", "")));
    }

    static Availability availability(String osName, String osArch) {
        Availability wrong = NettyPresence.wrongSystem(NAME, "linux", osName, "kqueue on macOS, nio anywhere");
        if (wrong != null) {
            return wrong;
        }
        Throwable cause = unavailable();
        return cause == null
                ? Availability.yes()
                : NettyPresence.nativeMissing(NAME, "io.netty:netty-transport-native-epoll", "linux", osArch, cause);
    }

    private static @Nullable Throwable unavailable() {
        return Epoll.isAvailable() ? null : Epoll.unavailabilityCause();
    }

    @Override
    protected IoHandlerFactory ioHandlers() {
        return EpollIoHandler.newFactory();
    }

    @Override
    protected Class<? extends IoHandle> handleType() {
        return EpollIoHandle.class;
    }

    @Override
    protected NettySocket newSocket(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress unix) {
            EpollDomainSocketChannel channel = new EpollDomainSocketChannel();
            return new NettySocket(
                    channel,
                    new DomainSocketAddress(unix.getPath().toString()),
                    new UnixSocket(channel),
                    false,
                    NettySocket.Writers.ANY_THREAD_OF_OWN_LOOPS,
                    null);
        }
        EpollSocketChannel channel = new EpollSocketChannel();
        return new NettySocket(
                channel,
                address,
                new UnixSocket(channel),
                false,
                NettySocket.Writers.ANY_THREAD_OF_OWN_LOOPS,
                new NettySocket.KeepAlive(
                        EpollChannelOption.TCP_KEEPIDLE,
                        EpollChannelOption.TCP_KEEPINTVL,
                        EpollChannelOption.TCP_KEEPCNT));
    }
}
