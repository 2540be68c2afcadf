package dev.rotor.gridfs.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Serves GridFS files from the JDK's HTTP server.
 *
 * <pre>{@code
 * HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
 * server.setExecutor(Executors.newFixedThreadPool(32));
 * server.createContext("/files/", new GridFsHttpHandler(
 *         GridFsHttp.create(bucket, GridFsHttpOptions.DEFAULT.prefix("/files/"))));
 * server.start();
 * }</pre>
 *
 * <p>That server gives each exchange a thread, which waits here for the database and for the client; so give it an
 * executor with as many as there are to be clients at a time. What an exchange holds in memory is what a download does:
 * {@code bufferBytes} of the bucket. When the client goes away, the download is cancelled, and the server's cursor
 * closed. A file that fails midway ends the connection, so that the client sees that it has not got all.
 *
 * <p>The context's path is not taken off the path of a request: it is the {@code prefix} of the options that is.
 */
public final class GridFsHttpHandler implements HttpHandler {

    private final GridFsHttp files;

    /**
     * Serves files.
     *
     * @param files what answers the requests
     */
    public GridFsHttpHandler(GridFsHttp files) {
        this.files = Objects.requireNonNull(files, "files");
    }

    /**
     * Answers one request; blocks until that is done.
     *
     * @param exchange the request, and where the response goes
     * @throws IOException if the client is gone, or the file fails midway; the connection is closed then
     */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Not its parts: two slashes at the start would be taken for a host.
        GridFsHttpRequest request = new GridFsHttpRequest(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders());
        try (exchange) {
            // So that the connection can be used for the next request.
            exchange.getRequestBody().close();
            send(exchange, request, await(files.handle(request)));
        }
    }

    private void send(HttpExchange exchange, GridFsHttpRequest request, GridFsHttpResponse response)
            throws IOException {
        Flow.Publisher<ByteBuffer> body = response.body();
        if (body == null) {
            sendHead(exchange, response, -1);
            return;
        }
        try (BodyReader reader = new BodyReader(body)) {
            // The status goes out when it is known that there is something to send.
            ByteBuffer first = reader.next();
            sendHead(exchange, response, response.contentLength());
            sendBody(exchange, first, reader);
        } catch (BodyReader.FailedException e) {
            if (exchange.getResponseCode() != -1) {
                throw new IOException("a file could not be read to its end", e.getCause());
            }
            // Its body is a sentence, which does not fail.
            send(exchange, request, files.failed(request, e.failure()));
        }
    }

    /** A length of -1 is none for the JDK's server, 0 an unknown one. */
    private static void sendHead(HttpExchange exchange, GridFsHttpResponse response, long length) throws IOException {
        response.headers()
                .forEach((name, lines) ->
                        lines.forEach(line -> exchange.getResponseHeaders().add(name, line)));
        exchange.sendResponseHeaders(response.status(), length);
    }

    private static void sendBody(HttpExchange exchange, @Nullable ByteBuffer first, BodyReader reader)
            throws IOException, BodyReader.FailedException {
        try (OutputStream out = exchange.getResponseBody()) {
            try {
                for (ByteBuffer buffer = first; buffer != null; buffer = reader.next()) {
                    write(buffer, out);
                }
            } catch (BodyReader.FailedException e) {
                // Newer JDKs keep the head back with the first bytes and drop both where the body ends too early: the
                // client would see no answer at all instead of a file that is cut off.
                out.flush();
                throw e;
            }
        }
    }

    private static void write(ByteBuffer buffer, OutputStream out) throws IOException {
        if (buffer.hasArray()) {
            out.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        } else {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            out.write(bytes);
        }
    }

    private static GridFsHttpResponse await(CompletionStage<GridFsHttpResponse> response) throws IOException {
        try {
            return response.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while looking for a file");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a response never fails", e);
        }
    }
}
