package dev.rotor.driver.core.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches of a cursor whose server's side does what it must not. */
class BatchCursorTest {

    /** Cannot even ask. */
    private static final class BrokenSource implements CursorSource<String> {
        final List<Long> killed = new ArrayList<>();
        int released;

        @Override
        public ServerAddress server() {
            return new ServerAddress("db1", 27017);
        }

        @Override
        public CompletionStage<? extends Batch<String>> more(long cursorId) {
            throw new NoClassDefFoundError("of what would ask");
        }

        @Override
        public CompletionStage<@Nullable Void> kill(long cursorId, @Nullable Duration timeout) {
            killed.add(cursorId);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void release() {
            released++;
        }
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

    private static final class Nobody implements BatchListener<String> {
        @Override
        public void onBatch(Batch<String> batch) {
            throw new AssertionError("nothing can come");
        }

        @Override
        public void onBatchFailed(Throwable failure) {
            throw new AssertionError("told already", failure);
        }
    }

    @Test
    void anErrorWhileAskingIsToldAndTheCursorIsKilled() {
        BrokenSource source = new BrokenSource();
        BatchCursor<String> cursor = new BatchCursor<>(source, new Empty(), false);
        assertThat(cursor.take(new Nobody())).isNotNull();

        assertThatThrownBy(() -> cursor.take(new Nobody())).isInstanceOf(NoClassDefFoundError.class);

        assertThat(cursor.close().toCompletableFuture()).isDone();
        assertThat(source.killed).containsExactly(5L);
        assertThat(source.released).isEqualTo(1);
    }
}
