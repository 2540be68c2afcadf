package dev.rotor.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A new socket of a flavour, not yet registered.
 *
 * @param channel the channel
 * @param remote the address to connect to, of the type that the channel wants
 * @param raw reads and writes past the pipeline
 * @param completes whether the flavour hands memory to the kernel and hears later that it is done, instead of hearing
 *     that a socket is ready: then each channel needs memory of its own to read into
 * @param writers who may write past the pipeline
 * @param keepAlive the options for keep-alive times, or {@code null} where there are none
 */
public record NettySocket(
        Channel channel,
        SocketAddress remote,
        RawSocket raw,
        boolean completes,
        Writers writers,
        @Nullable KeepAlive keepAlive) {

    /** Who may write past the pipeline: a descriptor that is closed has its number given to the next socket. */
    public enum Writers {
        /** Any thread: the socket has locks of its own between writers and whoever closes. */
        ANY_THREAD,

        /**
         * Any thread, unless the loop is a foreign one: when that is shut down, it closes channels under their users.
         */
        ANY_THREAD_OF_OWN_LOOPS,

        /** The loop alone: the channel has no half-closed state, so it closes by itself when its peer does. */
        LOOP
    }

    /**
     * How a flavour calls the times of keep-alive.
     *
     * @param idle whole seconds before the first probe
     * @param interval whole seconds between probes
     * @param count unanswered probes before the connection is given up
     */
    public record KeepAlive(
            ChannelOption<Integer> idle, ChannelOption<Integer> interval, ChannelOption<Integer> count) {}
}
