package dev.rotor.gridfs;

import dev.rotor.driver.FindQuery;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.RawBsonDocument;

/** A file to be read: which one it is, and how its chunks are asked for. */
final class DownloadStream implements GridFsDownload {

    /** The largest array that every JVM makes. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final BsonDocument BY_N = new BsonDocument("n", new BsonInt32(1));

    private final BucketView bucket;
    private final FileLookup lookup;
    private final Limit limit;
    private final ByteRange range;

    DownloadStream(BucketView bucket, FileSelector selector, Limit limit) {
        this(bucket, new FileLookup(bucket, selector, limit), limit, ByteRange.ALL);
    }

    private DownloadStream(BucketView bucket, FileLookup lookup, Limit limit, ByteRange range) {
        this.bucket = bucket;
        this.lookup = lookup;
        this.limit = limit;
        this.range = range;
    }

    @Override
    public GridFsDownload range(long from, long toExclusive) {
        return new DownloadStream(bucket, lookup, limit, new ByteRange(from, toExclusive));
    }

    /** What of the file is wanted, as the user has said it. */
    ByteRange range() {
        return range;
    }

    @Override
    public CompletionStage<GridFsFile> file() {
        return lookup.file();
    }

    /**
     * The chunks of a part of a file, in order; as many at once as the bucket may hold, half of them ahead.
     *
     * @param order has some
     */
    FindQuery<RawBsonDocument> chunks(GridFsFile file, ChunkOrder order) {
        int chunkSize = file.chunkSizeBytes();
        int half = Math.max(1, bucket.bufferBytes() / 2 / chunkSize);
        long wanted = order.last() - order.first() + 1;
        // One more than there are makes the server say with the last one that it is the last.
        int atOnce = wanted <= half ? (int) wanted + 1 : half;
        boolean ahead = !bucket.inSession() && 2L * chunkSize <= bucket.bufferBytes();
        FindQuery<RawBsonDocument> query =
                limit.apply(bucket.chunks()).find(filter(file, order), RawBsonDocument.class);
        return limit.apply(query).sort(BY_N).batchSize(atOnce).prefetch(ahead);
    }

    /** A bound stands only where it cuts something off: so a whole file is asked for as it always was. */
    private static BsonDocument filter(GridFsFile file, ChunkOrder order) {
        BsonDocument filter = new BsonDocument("files_id", file.id());
        BsonDocument n = new BsonDocument();
        if (order.first() > 0) {
            n.append("$gte", new BsonInt64(order.first()));
        }
        if (!order.toTheEnd()) {
            n.append("$lte", new BsonInt64(order.last()));
        }
        return n.isEmpty() ? filter : filter.append("n", n);
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
            long length = range.within(file.length()).length();
            if (length > LARGEST_ARRAY) {
                return CompletableFuture.failedFuture(new IllegalStateException(
                        file + ": its " + length + " bytes do not fit into an array"));
            }
            ByteBuffer all = ByteBuffer.allocate((int) length);
            return to(chunk -> {
                        all.put(chunk);
                        return CompletableFuture.completedFuture(null);
                    })
                    .thenApply(done -> all.array());
        }));
    }
}
