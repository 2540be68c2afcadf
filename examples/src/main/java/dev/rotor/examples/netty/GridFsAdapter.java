package dev.rotor.examples.netty;

import dev.rotor.gridfs.http.GridFsHttp;
import dev.rotor.gridfs.http.GridFsHttpRequest;
import dev.rotor.gridfs.http.GridFsHttpResponse;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** All that it takes: the request is copied in, the response out. Reads the next request when that is done. */
final class GridFsAdapter extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final GridFsHttp files;

    GridFsAdapter(GridFsHttp files) {
        this.files = files;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers().forEach(field -> headers.computeIfAbsent(field.getKey(), none -> new ArrayList<>())
                .add(field.getValue()));
        GridFsHttpRequest asked = new GridFsHttpRequest(request.method().name(), request.uri(), headers);
        files.handle(asked)
                .thenAccept(response -> send(context, asked, response, keepAlive))
                .whenComplete((none, failure) -> giveUp(context, failure));
    }

    /** May be called on an event loop of the driver: Netty takes what is written to its own. */
    private void send(
            ChannelHandlerContext context, GridFsHttpRequest asked, GridFsHttpResponse response, boolean keepAlive) {
        HttpResponse head =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
        response.headers().forEach(head.headers()::add);
        HttpUtil.setKeepAlive(head, keepAlive);
        Runnable end =
                () -> context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(written -> {
                    if (keepAlive && written.isSuccess()) {
                        readNext(context);
                    } else {
                        context.close();
                    }
                });
        Flow.Publisher<ByteBuffer> body = response.body();
        if (body == null) {
            context.write(head);
            end.run();
        } else {
            // The other response's body is a sentence, which does not fail.
            body.subscribe(new BodySender(
                    context, head, end, failure -> send(context, asked, files.failed(asked, failure), keepAlive)));
        }
    }

    /** A response that cannot be sent leaves a client that waits: the end of the connection tells it. */
    private static void giveUp(ChannelHandlerContext context, @Nullable Throwable failure) {
        if (failure != null) {
            context.fireExceptionCaught(failure);
            context.close();
        }
    }

    private static void readNext(ChannelHandlerContext context) {
        // Not from within the reading of this request, where FlowControlHandler would lose it.
        context.executor().execute(context::read);
    }
}
