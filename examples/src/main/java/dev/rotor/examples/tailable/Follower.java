package dev.rotor.examples.tailable;

import static dev.rotor.driver.model.Filters.gt;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.CursorType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capped collection as it grows. A tailable cursor waits for more at the end; but the server may drop it: at
 * once if the collection is empty, later if what it stood on was overwritten. So whoever follows opens it again, after
 * what was seen last.
 */
final class Follower {

    private static final Executor BETWEEN_TRIES = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final MongoCollection<Document> capped;
    private final Predicate<? super Document> wantsMore;
    private @Nullable Object last;

    /**
     * @param capped its documents have ids that grow in the order of insertion
     * @param wantsMore is given each document; {@code false} ends it
     */
    Follower(MongoCollection<Document> capped, Predicate<? super Document> wantsMore) {
        this.capped = capped;
        this.wantsMore = wantsMore;
    }

    /** Follows until the predicate has enough. */
    CompletionStage<Void> follow() {
        return capped.find(last == null ? new Document() : gt("_id", last))
                .cursorType(CursorType.TAILABLE_AWAIT)
                .maxAwaitTime(Duration.ofSeconds(1))
                .open()
                .thenCompose(this::readAll)
                .thenCompose(enough -> enough
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.supplyAsync(this::follow, BETWEEN_TRIES)
                                .thenCompose(again -> again));
    }

    /** Completes with whether the predicate has enough; otherwise the cursor has ended. */
    private CompletionStage<Boolean> readAll(AsyncCursor<Document> cursor) {
        return cursor.next().thenCompose(document -> {
            if (document == null) {
                return CompletableFuture.completedFuture(false);
            }
            last = document.get("_id");
            return wantsMore.test(document)
                    ? readAll(cursor)
                    : cursor.closeAsync().thenApply(none -> true);
        });
    }
}
