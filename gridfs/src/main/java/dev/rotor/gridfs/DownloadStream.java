package dev.rotor.gridfs;

import dev.rotor.driver.FindQuery;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/** A file to be read: which one it is, and how its chunks are asked for. */
final class DownloadStream implements GridFsDownload {

    /** The largest array that every JVM makes. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final BsonDocument BY_N = new BsonDocument("n", new BsonInt32(1));

    private final BucketView bucket;
    private final FileSelector selector;
    private final Limit limit;
    private final AtomicReference<@Nullable CompletableFuture<GridFsFile>> found = new AtomicReference<>();

    DownloadStream(BucketView bucket, FileSelector selector, Limit limit) {
        this.bucket = bucket;
        this.selector = selector;
        this.limit = limit;
    }

    @Override
    public CompletionStage<GridFsFile> file() {
        CompletableFuture<GridFsFile> known = found.get();
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        CompletableFuture<GridFsFile> promise = new CompletableFuture<>();
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

    /** The chunks of a file that has some, in order; as many at once as the bucket may hold, half of them ahead. */
    FindQuery<Chunk> chunks(GridFsFile file) {
        int chunkSize = file.chunkSizeBytes();
        int half = Math.max(1, bucket.bufferBytes() / 2 / chunkSize);
        boolean ahead = !bucket.inSession() && 2L * chunkSize <= bucket.bufferBytes();
        FindQuery<Chunk> query = limit.apply(bucket.chunks()).find(new BsonDocument("files_id", file.id()));
        return limit.apply(query).sort(BY_N).batchSize(half).prefetch(ahead);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        new DownloadSubscription(this, Objects.requireNonNull(subscriber, "subscriber")).start();
    }

    @Override
    public CompletionStage<GridFsFile> to(Function<? super ByteBuffer, ? extends CompletionStage<?>> destination) {
        DownloadSink sink = new DownloadSink(Objects.requireNonNull(destination, "destination"));
        subscribe(sink);
        return Stages.start(() -> sink.done().thenCompose(none -> file()));
    }

    @Override
    public CompletionStage<byte[]> toBytes() {
        return Stages.start(() -> file().thenCompose(file -> {
            if (file.length() > LARGEST_ARRAY) {
                return CompletableFuture.failedFuture(new IllegalStateException(
                        file + " has " + file.length() + " bytes, which do not fit into an array"));
            }
            ByteBuffer all = ByteBuffer.allocate((int) file.length());
            return to(chunk -> {
                        all.put(chunk);
                        return CompletableFuture.completedFuture(null);
                    })
                    .thenApply(done -> all.array());
        }));
    }
}
