package dev.rotor.driver.core.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rotor.driver.core.fake.FakeTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The HTTP services of a cloud on this machine, and what a mechanism has of a machine in that cloud. */
final class CloudDouble implements AutoCloseable {

    /** One request, as it came. */
    record Request(String method, String uri, Map<String, List<String>> headers, String body) {

        @Nullable
        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.get(0);
        }
    }

    /** Answers requests. */
    @FunctionalInterface
    interface Service {
        /**
         * The body; {@code null} for status 404, nothing ever for {@link #SILENCE}, and a body byte by byte, as the
         * test says, for {@link #DRIP}.
         */
        @Nullable
        String answer(Request request);
    }

    static final String SILENCE = "silence";
    static final String DRIP = "drip";

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Map<String, String> variables = new HashMap<>();
    final FakeTransport transport = new FakeTransport();
    volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");
    volatile Service service = request -> null;
    Path serviceAccountToken = Path.of("nowhere");

    /** The helper threads of a client. */
    final ExecutorService helpers = Executors.newCachedThreadPool();

    final CloudHttp http = new CloudHttp(helpers);
    /** The bodies of which one byte was sent. */
    final BlockingQueue<OutputStream> dripping = new LinkedBlockingQueue<>();

    private final HttpServer server;
    private final URI uri;

    CloudDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                body);
        requests.add(request);
        String answer = service.answer(request);
        if (SILENCE.equals(answer)) {
            return;
        }
        if (DRIP.equals(answer)) {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange.getResponseBody());
            dripping.add(exchange.getResponseBody());
            return;
        }
        byte[] bytes = (answer == null ? "nothing here" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** One byte more. */
    static void drip(OutputStream body) throws IOException {
        body.write('x');
        body.flush();
    }

    AuthResources resources() {
        return new AuthResources(
                Runnable::run,
                transport.clock(),
                () -> now,
                variables::get,
                new CloudEndpoints(uri, uri, uri, uri, serviceAccountToken),
                null,
                byte[]::new,
                http,
                Kerberos.JDK);
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static Throwable failure(CompletionStage<?> stage) throws Exception {
        try {
            throw new AssertionError("no failure but " + get(stage));
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    @Override
    public void close() {
        http.close();
        helpers.shutdown();
        server.stop(0);
    }
}
