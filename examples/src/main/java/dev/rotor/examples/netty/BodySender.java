package dev.rotor.examples.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Sends a body, one piece at a time: the next one is asked for when the network has taken the last. */
final class BodySender implements Flow.Subscriber<ByteBuffer> {

    private final ChannelHandlerContext context;
    private final Runnable end;
    private Flow.@Nullable Subscription subscription;

    BodySender(ChannelHandlerContext context, Runnable end) {
        this.context = context;
        this.end = end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        Flow.Subscription source = Objects.requireNonNull(subscription);
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        source.request(1);
                    } else {
                        // The client is gone; this closes the cursor.
                        source.cancel();
                    }
                });
    }

    @Override
    public void onError(Throwable failure) {
        // Part of the body is sent: only the end of the connection tells the client that the rest is missing.
        context.close();
    }

    @Override
    public void onComplete() {
        end.run();
    }
}
