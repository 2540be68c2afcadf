package dev.rotor.transport.netty;

import dev.rotor.driver.transport.support.ProxyDialog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The handshake with a proxy on a connected channel; out of its pipeline when it is done. Reads no more than it is
 * asked for, so that nothing that comes behind the handshake is lost. On the loop.
 */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {

    /** Hears how it ends, once. */
    interface Listener {
        void open();

        void failed(Throwable cause);
    }

    private final ProxyDialog dialog;
    private final Listener listener;
    private boolean over;

    ProxyTunnel(ProxyDialog dialog, Listener listener) {
        this.dialog = dialog;
        this.listener = listener;
    }

    /** Words for a proxy that took too long. */
    String late(long millis) {
        return dialog.late(millis);
    }

    /** The listener hears nothing more. */
    void abandon() {
        over = true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        advance(context, ByteBuffer.allocate(0));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        try {
            if (!over) {
                // The loop's memory, which is gone when this returns: the dialog takes all of it.
                advance(context, read.nioBuffer());
            }
        } finally {
            read.release();
        }
    }

    private void advance(ChannelHandlerContext context, ByteBuffer received) {
        ByteBuffer answer;
        try {
            answer = dialog.advance(received);
        } catch (Throwable t) {
            fail(t);
            return;
        }
        if (answer.hasRemaining()) {
            ChannelFuture written = context.writeAndFlush(Unpooled.wrappedBuffer(answer));
            var unused = written.addListener((ChannelFutureListener) done -> {
                if (!done.isSuccess()) {
                    fail(done.cause());
                }
            });
        }
        if (over) {
            return;
        }
        if (dialog.isDone()) {
            over = true;
            context.pipeline().remove(this);
            listener.open();
        } else {
            var unused = context.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            fail(dialog.ended());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(dialog.ended());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    private void fail(@Nullable Throwable cause) {
        if (!over) {
            over = true;
            listener.failed(cause == null ? new IOException("the proxy could not be written to") : cause);
        }
    }
}
