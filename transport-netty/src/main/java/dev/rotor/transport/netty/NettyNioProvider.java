package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Availability;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The provider named {@code netty}: Netty on the JDK's selectors, available wherever Java runs. */
public final class NettyNioProvider extends NettyTransportProvider {

    /** For the service loader. */
    public NettyNioProvider() {}

    @Override
    public String name() {
        return "netty";
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Availability availability() {
        return NettyPresence.check("netty", () -> Availability.yes());
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
        SocketChannel socket = SocketChannel.open(family(address));
        boolean unix = address instanceof UnixDomainSocketAddress;
        return new NettySocket(
                unix ? new NioDomainSocketChannel(socket) : new NioSocketChannel(socket),
                address,
                new JdkSocket(socket),
                false,
                NettySocket.Writers.ANY_THREAD,
                unix ? null : keepAlive(socket));
    }

    private static ProtocolFamily family(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return inet.getAddress() instanceof Inet4Address
                    ? StandardProtocolFamily.INET
                    : StandardProtocolFamily.INET6;
        }
        return StandardProtocolFamily.UNIX;
    }

    /** Found by name: the JDK lists them only where module {@code jdk.net} and the operating system have them. */
    private static NettySocket.@Nullable KeepAlive keepAlive(SocketChannel socket) {
        ChannelOption<Integer> idle = null;
        ChannelOption<Integer> interval = null;
        ChannelOption<Integer> count = null;
        for (SocketOption<?> option : socket.supportedOptions()) {
            switch (option.name()) {
                case "TCP_KEEPIDLE" -> idle = number(option);
                case "TCP_KEEPINTERVAL" -> interval = number(option);
                case "TCP_KEEPCOUNT" -> count = number(option);
                default -> {
                    // None of ours.
                }
            }
        }
        return idle == null || interval == null || count == null
                ? null
                : new NettySocket.KeepAlive(idle, interval, count);
    }

    private static @Nullable ChannelOption<Integer> number(SocketOption<?> option) {
        if (option.type() != Integer.class) {
            return null;
        }
        @SuppressWarnings("unchecked") // the type was just compared
        SocketOption<Integer> typed = (SocketOption<Integer>) option;
        return NioChannelOption.of(typed);
    }
}
