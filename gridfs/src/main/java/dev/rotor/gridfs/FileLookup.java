package dev.rotor.gridfs;

import dev.rotor.gridfs.internal.Stages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which file a download is of: looked for once, by whoever asks first. A look-up that failed is tried again. */
final class FileLookup {

    private final BucketView bucket;
    private final FileSelector selector;
    private final Limit limit;
    private final AtomicReference<@Nullable CompletableFuture<GridFsFile>> found = new AtomicReference<>();

    FileLookup(BucketView bucket, FileSelector selector, Limit limit) {
        this.bucket = bucket;
        this.selector = selector;
        this.limit = limit;
    }

    /** The file, or why there is none, without wrapping. Whoever cancels the stage does so for himself alone. */
    CompletionStage<GridFsFile> file() {
        return Stages.start(this::shared);
    }

    private CompletableFuture<GridFsFile> shared() {
        CompletableFuture<GridFsFile> known = found.get();
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        CompletableFuture<GridFsFile> promise = bucket.newFuture();
        if (!found.compareAndSet(known, promise)) {
            return shared();
        }
        Stages.relay(Stages.start(() -> selector.find(bucket.files(), limit)), promise);
        return promise;
    }
}
