package dev.rotor.examples.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Server-sent events to one browser. Writing to the JDK's server blocks, so an executor does it; a browser that has
 * left is noticed by the next write, for which there is a line now and then even when nothing happens.
 */
public final class EventStream {

    private final HttpExchange exchange;
    private final OutputStream out;
    private final Executor writers;
    private final Executor afterAWhile;
    private final ReentrantLock writing = new ReentrantLock();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private EventStream(HttpExchange exchange, Executor writers, Duration signOfLife) {
        this.exchange = exchange;
        this.out = exchange.getResponseBody();
        this.writers = writers;
        this.afterAWhile = CompletableFuture.delayedExecutor(signOfLife.toNanos(), TimeUnit.NANOSECONDS, writers);
    }

    /**
     * Begins the answer to a request; the handler may return, the exchange stays open until {@link #close}.
     *
     * @param exchange the request
     * @param writers on which to write; its tasks block
     * @param signOfLife how long nothing is sent at most
     * @return the stream
     * @throws IOException if the browser is gone
     */
    public static EventStream open(HttpExchange exchange, Executor writers, Duration signOfLife) throws IOException {
        exchange.getRequestBody().close();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        EventStream stream = new EventStream(exchange, writers, signOfLife);
        stream.signOfLife();
        return stream;
    }

    /**
     * Sends one event.
     *
     * @param id what the browser sends as {@code Last-Event-ID} when it comes again
     * @param data one line
     * @return completes when it is written; fails when the browser is gone, which closes the stream
     */
    public CompletionStage<Void> send(String id, String data) {
        return CompletableFuture.runAsync(() -> write("id: " + id + "\ndata: " + data + "\n\n"), writers);
    }

    /**
     * When the stream is closed, by either side.
     *
     * @return a stage that does not fail
     */
    public CompletionStage<Void> closed() {
        return closed.copy();
    }

    /** Ends it. More than once is no harm. */
    public void close() {
        if (closed.complete(null)) {
            try {
                // Closing writes what is left, and so may block.
                writers.execute(exchange::close);
            } catch (RejectedExecutionException e) {
                // The application ends, and the web server has closed its connections.
                exchange.close();
            }
        }
    }

    private void signOfLife() {
        CompletableFuture.runAsync(() -> write(": nothing new\n\n"), writers)
                .thenRunAsync(
                        () -> {
                            if (!closed.isDone()) {
                                signOfLife();
                            }
                        },
                        afterAWhile);
    }

    private void write(String text) {
        writing.lock();
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("the browser is gone", e);
        } finally {
            writing.unlock();
        }
    }
}
