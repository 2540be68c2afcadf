package dev.rotor.driver.core.auth;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Asks the services of clouds on the threads of a client, which wait for the answers. It has no threads of its own, as
 * the JDK's newer HTTP client has, which on Java 17 cannot be told to end them.
 *
 * <p>A question can be given up from anywhere, also from a loop. The thread that waits for the answer looks between
 * reads whether anybody still wants it; one that has nothing to read is freed by closing its connection. To close one
 * may itself wait for a read to end, so it is done by a thread that lives for that alone.
 */
public final class CloudHttp {

    /** What the specification suggests. */
    static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    /** No token is longer. */
    private static final int MOST_BYTES = 1 << 20;

    private final Executor executor;
    private final Set<Exchange> asking = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * For one client.
     *
     * @param executor where answers are waited for; never a loop
     */
    public CloudHttp(Executor executor) {
        this.executor = executor;
    }

    /**
     * What a service is asked.
     *
     * @param method of HTTP
     * @param uri whom and what
     * @param headers names and values
     * @param body what is sent along, or {@code null} for nothing
     * @param direct whether no proxy may come between, as for addresses that this machine alone can reach
     */
    record Request(String method, URI uri, Map<String, String> headers, @Nullable String body, boolean direct) {

        static Request get(URI uri) {
            return new Request("GET", uri, Map.of(), null, true);
        }

        static Request put(URI uri) {
            return new Request("PUT", uri, Map.of(), "", true);
        }

        /** With a form; through a proxy where there is one. */
        static Request post(URI uri, String form) {
            return new Request("POST", uri, Map.of(), form, false)
                    .header("Content-Type", "application/x-www-form-urlencoded");
        }

        Request header(String name, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Request(method, uri, all, body, direct);
        }
    }

    /** What a service has answered. */
    record Answer(URI from, int status, String body) {

        /** The body of a good answer. */
        String text() {
            if (status != 200) {
                throw new IllegalStateException(authority() + " answered with status " + status);
            }
            return body;
        }

        /** The body of a good answer as JSON. What is wrong with it is not shown: it may have secrets. */
        BsonDocument json() {
            String text = text();
            try {
                return BsonDocument.parse(text);
            } catch (RuntimeException e) {
                throw new IllegalStateException(authority() + " answered with something that is not JSON");
            }
        }

        private String authority() {
            return from.getScheme() + "://" + from.getAuthority() + from.getPath();
        }
    }

    /** One question. */
    private final class Exchange {

        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final Request request;
        private final Duration timeout;
        private volatile @Nullable HttpURLConnection connection;

        Exchange(Request request, Duration timeout) {
            this.request = request;
            this.timeout = timeout;
        }

        void run() {
            if (answer.isDone()) {
                return;
            }
            try {
                answer.complete(exchange());
            } catch (Throwable e) {
                // An error too: whoever waits would hear nothing before its own time is over.
                notAsked(e);
            }
        }

        void notAsked(Throwable why) {
            boolean closing = closed || why instanceof RejectedExecutionException;
            answer.completeExceptionally(new IllegalStateException(
                    closing ? "the client is being closed" : service() + " could not be asked: " + why, why));
        }

        private String service() {
            return request.uri().getScheme() + "://" + request.uri().getAuthority();
        }

        private Answer exchange() throws IOException {
            HttpURLConnection opened = (HttpURLConnection)
                    (request.direct()
                            ? request.uri().toURL().openConnection(Proxy.NO_PROXY)
                            : request.uri().toURL().openConnection());
            connection = opened;
            asking.add(this);
            try {
                checkWanted();
                int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
                opened.setConnectTimeout(millis);
                opened.setReadTimeout(millis);
                opened.setInstanceFollowRedirects(false);
                opened.setUseCaches(false);
                opened.setRequestMethod(request.method());
                request.headers().forEach(opened::setRequestProperty);
                // A client has few questions: no connection is left to wait for the next one.
                opened.setRequestProperty("Connection", "close");
                send(opened, request.body());
                return new Answer(request.uri(), opened.getResponseCode(), body(opened));
            } finally {
                asking.remove(this);
                connection = null;
                opened.disconnect();
            }
        }

        private void checkWanted() throws IOException {
            if (closed || answer.isDone()) {
                throw new IOException("given up");
            }
        }

        private static void send(HttpURLConnection to, @Nullable String body) throws IOException {
            if (body == null) {
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            to.setDoOutput(true);
            to.setFixedLengthStreamingMode(bytes.length);
            try (OutputStream out = to.getOutputStream()) {
                out.write(bytes);
            }
        }

        private String body(HttpURLConnection from) throws IOException {
            InputStream in = from.getResponseCode() < 400 ? from.getInputStream() : from.getErrorStream();
            if (in == null) {
                return "";
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] some = new byte[8_192];
            try (in) {
                // Each read has the whole timeout: a service that sends byte by byte would never be late.
                for (int read = in.read(some); read >= 0 && body.size() < MOST_BYTES; read = in.read(some)) {
                    checkWanted();
                    body.write(some, 0, read);
                }
            }
            return body.toString(StandardCharsets.UTF_8);
        }

        void late() {
            answer.completeExceptionally(new TimeoutException(service() + " did not answer within " + timeout));
        }

        void closing() {
            answer.completeExceptionally(new IllegalStateException("the client is being closed"));
        }

        /** Frees the thread that waits for the answer, if there is one. Does not block. */
        void giveUp() {
            HttpURLConnection waiting = connection;
            if (waiting != null) {
                Thread thread = new Thread(waiting::disconnect, "rotor-auth-end");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    /**
     * Asks. To cancel what is returned gives the question up.
     *
     * @param request what
     * @param timeout how long the whole answer may take
     * @param loop keeps the time, or {@code null} where somebody else does
     */
    CompletableFuture<Answer> send(Request request, Duration timeout, @Nullable EventLoop loop) {
        Exchange exchange = new Exchange(request, timeout);
        try {
            Cancellable timer =
                    loop == null ? null : loop.schedule(exchange::late, timeout.toMillis(), TimeUnit.MILLISECONDS);
            var unused = exchange.answer.whenComplete((answer, failure) -> {
                if (timer != null) {
                    timer.cancel();
                }
                if (failure != null) {
                    exchange.giveUp();
                }
            });
            executor.execute(exchange::run);
        } catch (Throwable e) {
            exchange.notAsked(e);
        }
        return exchange.answer;
    }

    /** Gives up whatever is being asked, so that no thread waits any longer. Does not block. */
    void close() {
        closed = true;
        asking.forEach(Exchange::closing);
    }
}
