package dev.rotor.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a collection as server-sent events: each browser has a change stream of its own. The id of an event is its
 * resume token, so a browser that lost its connection misses nothing.
 */
public final class LiveChanges implements HttpHandler, AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("[0-9A-Fa-f]{2,4096}");
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final WatchQuery<ChangeStreamDocument<Document>> changes;
    private final Function<ChangeStreamDocument<Document>, Document> toEvent;
    private final Executor writers;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A handler of requests for events.
     *
     * @param changes what is watched
     * @param toEvent what a browser is told of a change
     * @param writers on which to write; its tasks block
     */
    public LiveChanges(
            WatchQuery<ChangeStreamDocument<Document>> changes,
            Function<ChangeStreamDocument<Document>, Document> toEvent,
            Executor writers) {
        this.changes = changes;
        this.toEvent = toEvent;
        this.writers = writers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            Answers.send(exchange, 405, "text/plain", "Events can be read only.\n");
            return;
        }
        ChangeStreamCursor<ChangeStreamDocument<Document>> cursor;
        try {
            // This thread is the web server's, and may wait: not before the stream is open does the browser hear that
            // it is, so that what it does next is seen.
            cursor = opened(exchange.getRequestHeaders().getFirst("Last-Event-ID"))
                    .toCompletableFuture()
                    .join();
        } catch (RuntimeException e) {
            Answers.send(exchange, 503, "text/plain", "The changes cannot be read at the moment.\n");
            return;
        }
        try {
            EventStream stream = EventStream.open(exchange, writers, SIGN_OF_LIFE);
            open.add(stream);
            stream.closed().thenRun(() -> {
                open.remove(stream);
                cursor.close();
            });
            if (closed) {
                stream.close();
            }
            pass(cursor, stream);
        } catch (IOException e) {
            cursor.close();
            throw e;
        }
    }

    /** Ends all streams, and with each its change stream; to be called when the web server has been stopped. */
    @Override
    public void close() {
        closed = true;
        open.forEach(EventStream::close);
    }

    /** After the event that the browser has seen last, if the server still knows it. */
    private CompletionStage<ChangeStreamCursor<ChangeStreamDocument<Document>>> opened(@Nullable String lastSeen) {
        CompletionStage<ChangeStreamCursor<ChangeStreamDocument<Document>>> fromNow =
                lastSeen == null || !TOKEN.matcher(lastSeen).matches()
                        ? open(changes)
                        : open(changes.resumeAfter(new BsonDocument("_data", new BsonString(lastSeen))))
                                .exceptionallyCompose(forgotten -> open(changes));
        return fromNow;
    }

    private static CompletionStage<ChangeStreamCursor<ChangeStreamDocument<Document>>> open(
            WatchQuery<ChangeStreamDocument<Document>> query) {
        return query.open().thenApply(Function.identity());
    }

    /** Not one long chain of stages, which would hold all that it has seen: each event begins the next step. */
    private void pass(ChangeStreamCursor<ChangeStreamDocument<Document>> cursor, EventStream stream) {
        cursor.next()
                .thenCompose(change -> change == null
                        ? CompletableFuture.<Boolean>completedFuture(false)
                        : stream.send(token(change), toEvent.apply(change).toJson())
                                .thenApply(sent -> true))
                .whenComplete((more, failure) -> {
                    if (failure == null && Objects.equals(more, true)) {
                        pass(cursor, stream);
                    } else {
                        stream.close();
                    }
                });
    }

    private static String token(ChangeStreamDocument<Document> change) {
        return change.resumeToken().getString("_data").getValue();
    }
}
