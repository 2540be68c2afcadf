package dev.rotor.gridfs;

import dev.rotor.gridfs.internal.Stages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a download to something that blocks: each chunk by a task of its own, so that no thread waits for the server.
 */
final class BlockingDownload {

    private interface Task {
        void run() throws IOException;
    }

    private final DownloadStream stream;
    private final BlockingTarget target;
    private final Supplier<CompletableFuture<Void>> futures;
    private final Executor executor;
    private final CompletableFuture<GridFsFile> result;

    BlockingDownload(
            DownloadStream stream,
            BlockingTarget target,
            Executor executor,
            Supplier<CompletableFuture<Void>> futures,
            CompletableFuture<GridFsFile> result) {
        this.stream = stream;
        this.target = target;
        this.executor = new SerialExecutor(executor);
        this.futures = futures;
        this.result = result;
    }

    /** Looks the file up before anything is opened. */
    CompletionStage<GridFsFile> start() {
        Stages.start(() -> stream.file().thenCompose(file -> run(target::open))).whenComplete((none, failure) -> {
            if (failure == null) {
                pass();
            } else {
                end(null, failure);
            }
        });
        return result;
    }

    private void pass() {
        CompletableFuture<GridFsFile> passing = stream.to(this::write).toCompletableFuture();
        Stages.onCancel(result, () -> passing.cancel(false));
        passing.whenComplete((file, failure) -> {
            if (failure != null) {
                end(null, Stages.unwrap(failure));
                return;
            }
            run(target::commit).whenComplete((none, notCommitted) -> end(file, notCommitted));
        });
    }

    private CompletionStage<Void> write(ByteBuffer chunk) {
        return run(() -> target.write(chunk));
    }

    private void end(@Nullable GridFsFile file, @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(file);
            return;
        }
        discard().whenComplete((none, notDiscarded) -> {
            if (notDiscarded != null && notDiscarded != failure) {
                failure.addSuppressed(Stages.unwrap(notDiscarded));
            }
            result.completeExceptionally(failure);
        });
    }

    /** Whoever has ended the executor is not to find what is half there. */
    private CompletableFuture<Void> discard() {
        CompletableFuture<Void> done = futures.get();
        Runnable task = completing(target::discard, done);
        try {
            executor.execute(task);
        } catch (Throwable e) {
            // It has refused what came before too, and that is told.
            Workers.surely(task);
        }
        return done;
    }

    private CompletableFuture<Void> run(Task task) {
        CompletableFuture<Void> done = futures.get();
        try {
            executor.execute(completing(task, done));
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private static Runnable completing(Task task, CompletableFuture<Void> done) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                done.completeExceptionally(e);
                return;
            }
            done.complete(null);
        };
    }
}
