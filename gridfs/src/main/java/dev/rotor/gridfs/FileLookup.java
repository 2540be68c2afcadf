package dev.rotor.gridfs;

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

    CompletionStage<GridFsFile> file() {
        CompletableFuture<GridFsFile> known = found.get();
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        CompletableFuture<GridFsFile> promise = bucket.newFuture();
        if (!found.compareAndSet(known, promise)) {
            return file();
        }
        CompletableFuture<GridFsFile> asked = Stages.start(() -> selector.find(bucket.files(), limit));
        asked.whenComplete((file, failure) -> {
            if (failure == null) {
                promise.complete(file);
            } else {
                promise.completeExceptionally(failure);
            }
        });
        return promise;
    }
}
