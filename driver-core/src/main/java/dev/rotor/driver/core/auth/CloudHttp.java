package dev.rotor.driver.core.auth;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Asks the services of clouds, without blocking anybody. One object per errand: the JDK's client has a thread, which
 * ends after this object is forgotten.
 */
final class CloudHttp {

    /** What the specification suggests. */
    static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final @Nullable EventLoop loop;
    private final Duration timeout;

    /**
     * For one errand.
     *
     * @param executor where answers are heard
     * @param loop keeps the time
     * @param timeout for each answer, whole
     * @param direct whether no proxy may come between, as for addresses that this machine alone can reach
     */
    CloudHttp(Executor executor, EventLoop loop, Duration timeout, boolean direct) {
        HttpClient.Builder builder = HttpClient.newBuilder().executor(executor).connectTimeout(timeout);
        if (direct) {
            builder.proxy(HttpClient.Builder.NO_PROXY);
        }
        this.client = builder.build();
        this.loop = loop;
        this.timeout = timeout;
    }

    /** The same for addresses that this machine alone can reach, where somebody else keeps the time. */
    CloudHttp(Executor executor, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .executor(executor)
                .connectTimeout(timeout)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
        this.loop = null;
        this.timeout = timeout;
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

    static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri);
    }

    CompletableFuture<Answer> send(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> exchange =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        URI uri = request.uri();
        Runnable late = () -> {
            String told = uri.getScheme() + "://" + uri.getAuthority() + " did not answer within " + timeout;
            if (answer.completeExceptionally(new TimeoutException(told))) {
                exchange.cancel(true);
            }
        };
        Cancellable timer = loop == null ? null : loop.schedule(late, timeout.toMillis(), TimeUnit.MILLISECONDS);
        var unused = exchange.whenComplete((response, failure) -> {
            if (timer != null) {
                timer.cancel();
            }
            if (failure == null) {
                answer.complete(new Answer(uri, response.statusCode(), response.body()));
            } else {
                answer.completeExceptionally(new IllegalStateException(
                        uri.getScheme() + "://" + uri.getAuthority() + " could not be asked: " + failure, failure));
            }
        });
        return answer;
    }
}
