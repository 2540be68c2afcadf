package dev.rotor.examples.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends a body, one piece at a time: the next one is asked for when the network has taken the last. */
final class BodySender implements Flow.Subscriber<ByteBuffer> {

    private final ChannelHandlerContext context;
    private final Runnable end;
    private final Consumer<Throwable> failed;

    /** Goes out with the first piece, when it is known that there is something to send. */
    private @Nullable HttpResponse head;

    private Flow.@Nullable Subscription subscription;

    /**
     * Sends nothing yet.
     *
     * @param end what follows the last piece
     * @param failed sends another response, if the body failed before its first piece
     */
    BodySender(ChannelHandlerContext context, HttpResponse head, Runnable end, Consumer<Throwable> failed) {
        this.context = context;
        this.head = head;
        this.end = end;
        this.failed = failed;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        Flow.Subscription source = Objects.requireNonNull(subscription);
        sendHead();
        context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)))
                .addListener(written -> {
                    if (written.isSuccess()) {
                        source.request(1);
                    } else {
                        // The client is gone; this closes the cursor.
                        source.cancel();
                        context.close();
                    }
                });
    }

    private void sendHead() {
        HttpResponse first = head;
        if (first != null) {
            head = null;
            context.write(first);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (head != null) {
            failed.accept(failure);
        } else {
            // Part of the body is sent: only the end of the connection tells the client that the rest is missing.
            context.close();
        }
    }

    @Override
    public void onComplete() {
        sendHead();
        end.run();
    }
}
