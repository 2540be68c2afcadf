package dev.rotor.driver.core.op;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.cursor.Batch;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorSource;
import dev.rotor.driver.core.cursor.ListBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Presents the results of a command that came whole as a cursor without a server side. */
final class WholeReply {

    private WholeReply() {}

    static <T> BatchCursor<T> cursor(ReplyContext context, List<T> results) {
        return cursor(context.server().address(), results);
    }

    static <T> BatchCursor<T> cursor(ServerAddress server, List<T> results) {
        return new BatchCursor<>(new NoMore<>(server), new ListBatch<>(results), false);
    }

    private record NoMore<T>(ServerAddress server) implements CursorSource<T> {
        @Override
        public CompletionStage<Batch<T>> more(long cursorId) {
            throw new IllegalStateException("there is no cursor on the server");
        }

        @Override
        public CompletionStage<@Nullable Void> kill(long cursorId, @Nullable Duration timeout) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void release() {
            // Nothing was held.
        }
    }
}
