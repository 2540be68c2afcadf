package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TcpOptions;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;

/**
 * Puts TCP options on a socket before it connects. The keep-alive times are found by name: the JDK lists them only
 * where module {@code jdk.net} and the operating system have them, and nothing has to be linked.
 */
final class TcpTuning {

    /** What Linux accepts at most; other systems accept at least as much. */
    private static final int MAX_SECONDS = 32_767;

    private static final int MAX_COUNT = 127;

    private TcpTuning() {}

    static void apply(SocketChannel channel, TcpOptions options) throws IOException {
        Set<SocketOption<?>> supported = channel.supportedOptions();
        set(channel, supported, StandardSocketOptions.TCP_NODELAY, options.noDelay());
        if (options.sendBufferBytes() > 0) {
            set(channel, supported, StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        }
        if (options.receiveBufferBytes() > 0) {
            set(channel, supported, StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
        }
        set(channel, supported, StandardSocketOptions.SO_KEEPALIVE, options.keepAlive());
        if (options.keepAlive()) {
            setNamed(channel, supported, "TCP_KEEPIDLE", seconds(options.keepAliveIdle()));
            setNamed(channel, supported, "TCP_KEEPINTERVAL", seconds(options.keepAliveInterval()));
            setNamed(channel, supported, "TCP_KEEPCOUNT", Math.min(options.keepAliveCount(), MAX_COUNT));
        }
    }

    private static int seconds(Duration time) {
        if (time.isZero()) {
            return 0;
        }
        return (int) Math.max(1, Math.min(time.toSeconds(), MAX_SECONDS));
    }

    private static <T> void set(SocketChannel channel, Set<SocketOption<?>> supported, SocketOption<T> option, T value)
            throws IOException {
        if (supported.contains(option)) {
            channel.setOption(option, value);
        }
    }

    private static void setNamed(SocketChannel channel, Set<SocketOption<?>> supported, String name, int value)
            throws IOException {
        if (value == 0) {
            return;
        }
        for (SocketOption<?> option : supported) {
            if (option.name().equals(name) && option.type() == Integer.class) {
                @SuppressWarnings("unchecked") // the type was just compared
                SocketOption<Integer> number = (SocketOption<Integer>) option;
                channel.setOption(number, value);
            }
        }
    }
}
