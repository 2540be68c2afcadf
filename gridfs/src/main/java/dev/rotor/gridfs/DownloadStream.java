package dev.rotor.gridfs;

import dev.rotor.driver.FindQuery;
import dev.rotor.gridfs.internal.Stages;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** A file to be read: which one it is, and how its chunks are asked for. */
final class DownloadStream implements GridFsDownload {

    /** The largest array that every JVM makes. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final BsonDocument BY_N = new BsonDocument("n", new BsonInt32(1));

    private final BucketView bucket;
    private final FileLookup lookup;
    private final Limit limit;
    private final DownloadOptions options;

    DownloadStream(BucketView bucket, FileSelector selector, Limit limit) {
        this(bucket, new FileLookup(bucket, selector, limit), limit, DownloadOptions.DEFAULT);
    }

    private DownloadStream(BucketView bucket, FileLookup lookup, Limit limit, DownloadOptions options) {
        this.bucket = bucket;
        this.lookup = lookup;
        this.limit = limit;
        this.options = options;
    }

    private DownloadStream with(ByteRange range, @Nullable GridFsProgress progress, boolean verify) {
        return new DownloadStream(bucket, lookup, limit, new DownloadOptions(range, progress, verify));
    }

    @Override
    public GridFsDownload range(long from, long toExclusive) {
        return with(new ByteRange(from, toExclusive), options.progress(), options.verify());
    }

    @Override
    public GridFsDownload progress(GridFsProgress progress) {
        return with(options.range(), Objects.requireNonNull(progress, "progress"), options.verify());
    }

    @Override
    public GridFsDownload verifySha256(boolean verify) {
        return with(options.range(), options.progress(), verify);
    }

    // ---- for the readers ----

    DownloadOptions options() {
        return options;
    }

    <T> CompletableFuture<T> newFuture() {
        return bucket.newFuture();
    }

    /** How many chunks a batch has: half of what the bucket may hold, since another one is fetched meanwhile. */
    private int batchSize(GridFsFile file) {
        return (int) Math.max(1, bucket.bufferBytes() / 2 / Chunk.cost(file.chunkSizeBytes()));
    }

    /** How many chunks are fetched behind the batch that is being read. */
    int chunksAhead(GridFsFile file) {
        boolean ahead = !bucket.inSession() && 2 * Chunk.cost(file.chunkSizeBytes()) <= bucket.bufferBytes();
        return ahead ? batchSize(file) : 0;
    }

    /**
     * The chunks of a part of a file, in order.
     *
     * @param order has some
     */
    FindQuery<RawBsonDocument> chunks(GridFsFile file, ChunkOrder order) {
        int most = batchSize(file);
        long wanted = order.last() - order.first() + 1;
        // One more than there are makes the server say with the last one that it is the last.
        int atOnce = wanted <= most ? (int) wanted + 1 : most;
        FindQuery<RawBsonDocument> query =
                limit.apply(bucket.chunks()).find(filter(file, order), RawBsonDocument.class);
        return limit.apply(query).sort(BY_N).batchSize(atOnce).prefetch(chunksAhead(file) > 0);
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

    // ---- for users ----

    @Override
    public CompletionStage<GridFsFile> file() {
        return lookup.file();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        new DownloadSubscription(this, Objects.requireNonNull(subscriber, "subscriber")).start();
    }

    @Override
    public CompletionStage<GridFsFile> to(Function<? super ByteBuffer, ? extends CompletionStage<?>> destination) {
        DownloadSink sink = new DownloadSink(Objects.requireNonNull(destination, "destination"), bucket.newFuture());
        subscribe(sink);
        CompletableFuture<GridFsFile> result = Stages.start(() -> sink.done().thenCompose(none -> file()));
        Stages.onCancel(result, sink::cancel);
        return result;
    }

    @Override
    public CompletionStage<byte[]> toBytes() {
        CompletableFuture<byte[]> result = bucket.newFuture();
        Stages.relay(
                file().thenCompose(file -> {
                    long length = options.range().within(file.length()).length();
                    if (length > LARGEST_ARRAY) {
                        return CompletableFuture.failedFuture(new IllegalStateException(file + ": its " + length
                                + " bytes do not fit into an array; read it by another method, or a range of it"));
                    }
                    ByteBuffer all = ByteBuffer.allocate((int) length);
                    CompletableFuture<GridFsFile> passing = to(chunk -> {
                                all.put(chunk);
                                return CompletableFuture.completedFuture(null);
                            })
                            .toCompletableFuture();
                    Stages.onCancel(result, () -> passing.cancel(false));
                    return passing.thenApply(done -> all.array());
                }),
                result);
        return result;
    }

    @Override
    public CompletionStage<GridFsFile> toPath(Path path) {
        return write(new BlockingTarget.OfFile(Objects.requireNonNull(path, "path")), bucket.executor());
    }

    @Override
    public CompletionStage<GridFsFile> toOutputStream(OutputStream stream) {
        return toOutputStream(stream, bucket.executor());
    }

    @Override
    public CompletionStage<GridFsFile> toOutputStream(OutputStream stream, Executor executor) {
        return write(
                new BlockingTarget.OfStream(Objects.requireNonNull(stream, "stream")),
                Objects.requireNonNull(executor, "executor"));
    }

    private CompletionStage<GridFsFile> write(BlockingTarget target, Executor executor) {
        return new BlockingDownload(this, target, executor, bucket::newFuture, bucket.newFuture()).start();
    }

    @Override
    public CompletionStage<GridFsFile> toChannel(AsynchronousByteChannel channel) {
        return to(new ChannelTarget(Objects.requireNonNull(channel, "channel"))::write);
    }

    @Override
    public GridFsReader reader() {
        return new DownloadReader(this);
    }

    @Override
    public InputStream asInputStream() {
        return new DownloadInputStream(new DownloadReader(this), new Blocking(bucket.newFuture()));
    }

    @Override
    public AsynchronousByteChannel asChannel() {
        return new DownloadChannel(new DownloadReader(this));
    }
}
