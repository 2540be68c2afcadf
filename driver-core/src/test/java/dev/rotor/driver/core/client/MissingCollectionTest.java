package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.cursor.Batch;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorSource;
import dev.rotor.driver.core.op.MissingCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists of what may not be there, given up. */
class MissingCollectionTest {

    private static final class Source implements CursorSource<String> {
        final List<Long> killed = new ArrayList<>();

        @Override
        public ServerAddress server() {
            return FakeServer.ADDRESS;
        }

        @Override
        public CompletionStage<? extends Batch<String>> more(long cursorId) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<@Nullable Void> kill(long cursorId, @Nullable Duration timeout) {
            killed.add(cursorId);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void release() {}
    }

    private static final class Empty implements Batch<String> {
        @Override
        public long cursorId() {
            return 5;
        }

        @Override
        public boolean advance() {
            return false;
        }

        @Override
        public String read() {
            throw new IllegalStateException("nothing is here");
        }
    }

    /** An execution that has its result just as it is cancelled. */
    private static final class Faster extends CompletableFuture<BatchCursor<String>> {
        private final BatchCursor<String> result;

        Faster(BatchCursor<String> result) {
            this.result = result;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            complete(result);
            return super.cancel(mayInterruptIfRunning);
        }
    }

    @Test
    void aCursorThatOpensJustAsItsListIsGivenUpIsClosed() {
        Source source = new Source();
        Faster execution = new Faster(new BatchCursor<>(source, new Empty(), false));
        CompletableFuture<BatchCursor<String>> list = MissingCollection.isEmpty(() -> false, execution);

        list.cancel(false);

        assertThat(list).isCancelled();
        assertThat(source.killed).containsExactly(5L);
    }
}
