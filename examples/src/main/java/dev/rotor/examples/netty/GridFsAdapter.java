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
        files.handle(new GridFsHttpRequest(request.method().name(), request.uri(), headers))
                .thenAccept(response -> send(context, response, keepAlive));
    }

    /** May be called on an event loop of the driver: Netty takes what is written to its own. */
    private static void send(ChannelHandlerContext context, GridFsHttpResponse response, boolean keepAlive) {
        HttpResponse head =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
        response.headers().forEach(head.headers()::add);
        HttpUtil.setKeepAlive(head, keepAlive);
        context.write(head);
        Runnable end = () -> context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(keepAlive ? done -> readNext(context) : ChannelFutureListener.CLOSE);
        Flow.Publisher<ByteBuffer> body = response.body();
        if (body == null) {
            end.run();
        } else {
            body.subscribe(new BodySender(context, end));
        }
    }

    private static void readNext(ChannelHandlerContext context) {
        // Not from within the reading of this request, where FlowControlHandler would lose it.
        context.executor().execute(context::read);
    }
}
