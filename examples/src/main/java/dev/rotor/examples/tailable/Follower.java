package dev.rotor.examples.tailable;

import static dev.rotor.driver.model.Filters.gt;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.CursorType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capped collection as it grows. A tailable cursor waits for more at the end; but the server may drop it: at
 * once if the collection is empty, later if what it stood on was overwritten. So whoever follows opens it again, after
 * what was seen last.
 */
final class Follower {

    /** To send a query blocks nobody, so it needs no thread of its own. */
    private static final Executor BETWEEN_TRIES =
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS, Runnable::run);

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
        CompletableFuture<Void> enough = new CompletableFuture<>();
        openAgain(enough);
        return enough;
    }

    /** Each cursor begins the next one: one long chain of stages would hold all that it has seen. */
    private void openAgain(CompletableFuture<Void> enough) {
        readAll().whenComplete((more, failure) -> {
            if (failure != null) {
                enough.completeExceptionally(failure);
            } else if (Boolean.TRUE.equals(more)) {
                BETWEEN_TRIES.execute(() -> openAgain(enough));
            } else {
                enough.complete(null);
            }
        });
    }

    /** Completes with whether the predicate wants more when the cursor has ended. */
    private CompletionStage<Boolean> readAll() {
        AtomicBoolean more = new AtomicBoolean(true);
        return capped.find(last == null ? new Document() : gt("_id", last))
                .cursorType(CursorType.TAILABLE_AWAIT)
                .maxAwaitTime(Duration.ofSeconds(1))
                .open()
                .thenCompose(cursor -> cursor.forEachWhile(document -> {
                            last = document.get("_id");
                            more.set(wantsMore.test(document));
                            return more.get();
                        })
                        // However it ended: a cursor that nobody closes stays open at the server.
                        .whenComplete((none, failure) -> cursor.close()))
                .thenApply(none -> more.get());
    }
}
