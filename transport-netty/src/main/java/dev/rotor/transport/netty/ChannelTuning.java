package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.support.Outbox;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;

/** Puts options on a channel before it connects. */
final class ChannelTuning {

    /** What Linux accepts at most; other systems accept at least as much. */
    private static final int MAX_SECONDS = 32_767;

    private static final int MAX_COUNT = 127;

    /** The channel takes one slice of a large message after the other, the next while the last is going out. */
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(Outbox.SLICE_BYTES / 4, Outbox.SLICE_BYTES / 2);

    private ChannelTuning() {}

    static void apply(NettySocket socket, NettyLoop loop, TcpOptions options, boolean unix) {
        ChannelConfig config = socket.channel().config();
        config.setAutoRead(false);
        config.setConnectTimeoutMillis(0);
        config.setWriteBufferWaterMark(WATER_MARK);
        // A peer that has nothing more to say may still be listening.
        set(config, ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (!socket.completes()) {
            config.setRecvByteBufAllocator(loop.receiveBuffer());
        }
        if (!unix) {
            applyTcp(socket, config, options);
        }
    }

    private static void applyTcp(NettySocket socket, ChannelConfig config, TcpOptions options) {
        set(config, ChannelOption.TCP_NODELAY, options.noDelay());
        if (options.sendBufferBytes() > 0) {
            set(config, ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        }
        if (options.receiveBufferBytes() > 0) {
            set(config, ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
        }
        set(config, ChannelOption.SO_KEEPALIVE, options.keepAlive());
        NettySocket.KeepAlive times = socket.keepAlive();
        if (options.keepAlive() && times != null) {
            setPositive(config, times.idle(), seconds(options.keepAliveIdle()));
            setPositive(config, times.interval(), seconds(options.keepAliveInterval()));
            setPositive(config, times.count(), Math.min(options.keepAliveCount(), MAX_COUNT));
        }
    }

    private static int seconds(Duration time) {
        if (time.isZero()) {
            return 0;
        }
        return (int) Math.max(1, Math.min(time.toSeconds(), MAX_SECONDS));
    }

    private static void setPositive(ChannelConfig config, ChannelOption<Integer> option, int value) {
        if (value > 0) {
            set(config, option, value);
        }
    }

    /** Options that the channel does not know are skipped. */
    private static <T> void set(ChannelConfig config, ChannelOption<T> option, T value) {
        var unused = config.setOption(option, value);
    }
}
