package dev.rotor.transport.netty;

import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.support.ByteLayer;
import dev.rotor.driver.transport.support.TlsHandshake;
import dev.rotor.driver.transport.support.TlsResources;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;

/** The TLS handshake on a connected channel; out of its pipeline when it is done. On the loop. */
final class Encrypting extends ChannelInboundHandlerAdapter implements TlsHandshake.Owner {

    /** Hears how it ends, once. */
    interface Listener {

        /** Done: the layer is to be closed by whoever hears this. */
        void encrypted(ChannelLayer below, ByteLayer layer) throws IOException;

        void failed(Throwable cause);
    }

    private final NettyLoop loop;
    private final Channel channel;
    private final ChannelLayer below;
    private final Listener listener;
    private final TlsHandshake handshake;
    private boolean over;

    Encrypting(TlsResources resources, NettyLoop loop, NettySocket connected, Listener listener) {
        this.loop = loop;
        this.listener = listener;
        channel = connected.channel();
        below = new ChannelLayer(connected, loop);
        handshake = new TlsHandshake(resources, below, this);
    }

    void start(TlsSpec spec, ConnectRequest request) {
        below.onDrained(this::drained);
        channel.pipeline().addLast(this);
        handshake.start(spec, request.host(), request.port());
    }

    /** Words for a handshake that took too long. */
    String late(long millis) {
        return handshake.late(millis);
    }

    /** The listener hears nothing more. Harmless once it has. */
    void abandon() {
        over = true;
        handshake.abandon();
    }

    private void drained() {
        if (over) {
            return;
        }
        Throwable failure = below.failure();
        if (failure == null) {
            handshake.ready();
        } else {
            fail(failure);
        }
    }

    private void fail(Throwable cause) {
        if (!over) {
            abandon();
            listener.failed(cause);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        try {
            if (!over) {
                below.arrive(loop.receiveBuffer().readable(read));
                handshake.ready();
                below.keep();
            }
        } finally {
            read.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnds();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (loop.netty().isShuttingDown()) {
            // Another thread may be at work on the handshake, which will not find the loop when it is done.
            fail(new IOException("the event loop was shut down during the TLS handshake"));
            return;
        }
        inputEnds();
    }

    private void inputEnds() {
        if (!over) {
            below.inputEnded();
            handshake.ready();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    // ---- what the handshake asks for

    @Override
    public void onLoop(Runnable task) {
        loop.executeOrForget(task);
    }

    /** That the channel takes more is told in any case. */
    @Override
    public void await(boolean reading, boolean writing) {
        if (channel.config().isAutoRead() != reading) {
            channel.config().setAutoRead(reading);
        }
    }

    @Override
    public void encrypted(ByteLayer layer) throws IOException {
        over = true;
        channel.pipeline().remove(this);
        listener.encrypted(below, layer);
        // The wire has taken over, perhaps in the middle of a read of this one.
    }

    @Override
    public void failed(Throwable cause) {
        over = true;
        listener.failed(cause);
    }
}
