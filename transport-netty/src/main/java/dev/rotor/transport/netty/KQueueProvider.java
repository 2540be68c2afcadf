package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Availability;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandle;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** The provider named {@code kqueue}: Netty on the native event queue of macOS. */
public final class KQueueProvider extends NettyTransportProvider {

    private static final String NAME = "kqueue";

    /** For the service loader. */
    public KQueueProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int preference() {
        return 90;
    }

    @Override
    public Availability availability() {
        return NettyPresence.check(
                NAME, () -> availability(System.getProperty("os.name", ""), System.getProperty("os.arch", "")));
    }

    static Availability availability(String osName, String osArch) {
        Availability wrong = NettyPresence.wrongSystem(NAME, "mac", osName, "epoll on Linux, nio anywhere");
        if (wrong != null) {
            return wrong;
        }
        Throwable cause = unavailable();
        return cause == null
                ? Availability.yes()
                : nativeMissing(osArch, KQueueProvider.class.getModule().isNamed(), cause);
    }

    /** No module requires those of the libraries for macOS, which applications elsewhere may leave out. */
    static Availability nativeMissing(String osArch, boolean onModulePath, Throwable cause) {
        Availability missing =
                NettyPresence.nativeMissing(NAME, "io.netty:netty-transport-native-kqueue", "osx", osArch, cause);
        String arch = NettyPresence.arch(osArch);
        return onModulePath && arch != null
                ? Availability.no(
                        missing.reason() + "; if it is on the module path, add its module too: --add-modules"
                                + " io.netty.transport.kqueue.osx." + arch,
                        missing.cause())
                : missing;
    }

    private static @Nullable Throwable unavailable() {
        return KQueue.isAvailable() ? null : KQueue.unavailabilityCause();
    }

    @Override
    protected IoHandlerFactory ioHandlers() {
        return KQueueIoHandler.newFactory();
    }

    @Override
    protected Class<? extends IoHandle> handleType() {
        return KQueueIoHandle.class;
    }

    @Override
    protected NettySocket newSocket(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress unix) {
            KQueueDomainSocketChannel channel = new KQueueDomainSocketChannel();
            return new NettySocket(
                    channel,
                    new DomainSocketAddress(unix.getPath().toString()),
                    new UnixSocket(channel),
                    false,
                    NettySocket.Writers.ANY_THREAD_OF_OWN_LOOPS,
                    null);
        }
        KQueueSocketChannel channel = new KQueueSocketChannel();
        return new NettySocket(
                channel, address, new UnixSocket(channel), false, NettySocket.Writers.ANY_THREAD_OF_OWN_LOOPS, null);
    }
}
