package dev.rotor.gridfs;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.DeleteResult;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.gridfs.internal.Stages;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.RawBsonDocumentCodec;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A bucket as a user sees it: a value over a database, and what all its copies share about its indexes. */
final class BucketView implements GridFsBucket {

    /** How many files are deleted by one command. */
    private static final int DELETE_AT_ONCE = 10_000;

    private final MongoDatabase database;
    private final String bucketName;
    private final int chunkSizeBytes;
    private final int bufferBytes;
    private final GridFsTime time;
    private final BucketIndexes indexes;
    private final Executor executor;
    private final MongoCollection<GridFsFile> files;
    private final MongoCollection<Chunk> chunks;

    BucketView(MongoDatabase database, GridFsBucketOptions options, GridFsTime time) {
        this(
                configured(database, options),
                options.bucketName(),
                options.chunkSizeBytes(),
                options.bufferBytes(),
                time,
                new BucketIndexes(configured(database, options).withSession(null), options.bucketName()),
                Objects.requireNonNullElse(options.executor(), Workers.SHARED));
    }

    private BucketView(
            MongoDatabase database,
            String bucketName,
            int chunkSizeBytes,
            int bufferBytes,
            GridFsTime time,
            BucketIndexes indexes,
            Executor executor) {
        this.database = database;
        this.bucketName = bucketName;
        this.chunkSizeBytes = chunkSizeBytes;
        this.bufferBytes = bufferBytes;
        this.time = time;
        this.indexes = indexes;
        this.executor = executor;
        CodecRegistry users = database.codecRegistry();
        MongoDatabase withOurs = database.withCodecRegistry(CodecRegistries.fromRegistries(
                CodecRegistries.fromCodecs(new FileCodec(users), new Chunk.ChunkCodec(), new RawBsonDocumentCodec()),
                users));
        this.files = withOurs.getCollection(bucketName + ".files", GridFsFile.class);
        this.chunks = withOurs.getCollection(bucketName + ".chunks", Chunk.class);
    }

    private static MongoDatabase configured(MongoDatabase database, GridFsBucketOptions options) {
        MongoDatabase configured = database;
        if (options.readConcern() != null) {
            configured = configured.withReadConcern(options.readConcern());
        }
        if (options.readPreference() != null) {
            configured = configured.withReadPreference(options.readPreference());
        }
        if (options.writeConcern() != null) {
            configured = configured.withWriteConcern(options.writeConcern());
        }
        return options.timeout() == null ? configured : configured.withTimeout(options.timeout());
    }

    private BucketView over(MongoDatabase another) {
        return new BucketView(another, bucketName, chunkSizeBytes, bufferBytes, time, indexes, executor);
    }

    @Override
    public String bucketName() {
        return bucketName;
    }

    @Override
    public int chunkSizeBytes() {
        return chunkSizeBytes;
    }

    @Override
    public ReadConcern readConcern() {
        return database.readConcern();
    }

    @Override
    public ReadPreference readPreference() {
        return database.readPreference();
    }

    @Override
    public WriteConcern writeConcern() {
        return database.writeConcern();
    }

    @Override
    public @Nullable Duration timeout() {
        return database.timeout();
    }

    @Override
    public GridFsBucket withChunkSizeBytes(int size) {
        Checks.positive("chunkSizeBytes", size);
        return new BucketView(database, bucketName, size, bufferBytes, time, indexes, executor);
    }

    @Override
    public GridFsBucket withReadConcern(ReadConcern readConcern) {
        return over(database.withReadConcern(readConcern));
    }

    @Override
    public GridFsBucket withReadPreference(ReadPreference readPreference) {
        return over(database.withReadPreference(readPreference));
    }

    @Override
    public GridFsBucket withWriteConcern(WriteConcern writeConcern) {
        return over(database.withWriteConcern(writeConcern));
    }

    @Override
    public GridFsBucket withTimeout(@Nullable Duration timeout) {
        Checks.timeout(timeout);
        return over(database.withTimeout(timeout));
    }

    @Override
    public GridFsBucket withSession(@Nullable ClientSession session) {
        return over(database.withSession(session));
    }

    // ---- for the streams ----

    MongoCollection<GridFsFile> files() {
        return files;
    }

    MongoCollection<Chunk> chunks() {
        return chunks;
    }

    BucketIndexes indexes() {
        return indexes;
    }

    GridFsTime time() {
        return time;
    }

    int bufferBytes() {
        return bufferBytes;
    }

    /** Whether commands must follow one another. */
    boolean inSession() {
        return database.session() != null;
    }

    CodecRegistry codecRegistry() {
        return database.codecRegistry();
    }

    Executor executor() {
        return executor;
    }

    /** An incomplete future that, like the driver's own, refuses to be waited for on an event loop. */
    <T extends @Nullable Object> CompletableFuture<T> newFuture() {
        return database.newIncompleteFuture();
    }

    Limit limit() {
        return Limit.of(time, database.timeout());
    }

    // ---- storing ----

    private UploadStream upload(BsonValue id, boolean idIsOurs, String filename, GridFsUploadOptions options) {
        return new UploadStream(
                this,
                Objects.requireNonNull(id, "id"),
                idIsOurs,
                Objects.requireNonNull(filename, "filename"),
                Objects.requireNonNull(options, "options"),
                limit());
    }

    private UploadStream upload(String filename, GridFsUploadOptions options) {
        return upload(new BsonObjectId(), true, filename, options);
    }

    private static CompletionStage<ObjectId> idOf(CompletionStage<GridFsFile> stored) {
        CompletableFuture<ObjectId> id = Stages.start(() -> stored.thenApply(GridFsFile::objectId));
        Stages.onCancel(id, () -> stored.toCompletableFuture().cancel(false));
        return id;
    }

    @Override
    public GridFsUpload openUploadStream(String filename, GridFsUploadOptions options) {
        return upload(filename, options);
    }

    @Override
    public GridFsUpload openUploadStreamWithId(BsonValue id, String filename, GridFsUploadOptions options) {
        return upload(id, false, filename, options);
    }

    @Override
    public CompletionStage<GridFsFile> upload(
            String filename,
            Function<? super GridFsUpload, ? extends CompletionStage<?>> body,
            GridFsUploadOptions options) {
        return SourceUpload.scope(
                upload(filename, options), Objects.requireNonNull(body, "body"), this.<GridFsFile>newFuture());
    }

    @Override
    public CompletionStage<GridFsFile> uploadWithId(
            BsonValue id,
            String filename,
            Function<? super GridFsUpload, ? extends CompletionStage<?>> body,
            GridFsUploadOptions options) {
        return SourceUpload.scope(
                upload(id, false, filename, options),
                Objects.requireNonNull(body, "body"),
                this.<GridFsFile>newFuture());
    }

    @Override
    public CompletionStage<ObjectId> uploadFromPublisher(
            String filename, Flow.Publisher<ByteBuffer> source, GridFsUploadOptions options) {
        return idOf(uploadAll(upload(filename, options), source));
    }

    @Override
    public CompletionStage<GridFsFile> uploadFromPublisherWithId(
            BsonValue id, String filename, Flow.Publisher<ByteBuffer> source, GridFsUploadOptions options) {
        return uploadAll(upload(id, false, filename, options), source);
    }

    private CompletionStage<GridFsFile> uploadAll(UploadStream upload, Flow.Publisher<ByteBuffer> source) {
        Objects.requireNonNull(source, "source");
        CompletableFuture<GridFsFile> result = newFuture();
        PublisherUpload subscriber = new PublisherUpload(upload, result);
        Stages.onCancel(result, subscriber::cancel);
        upload.onFailure(subscriber::fail);
        try {
            source.subscribe(subscriber);
        } catch (Throwable e) {
            subscriber.onError(e);
        }
        return result;
    }

    @Override
    public CompletionStage<ObjectId> uploadFromBytes(String filename, byte[] source, GridFsUploadOptions options) {
        return idOf(uploadAll(upload(filename, options), source));
    }

    @Override
    public CompletionStage<GridFsFile> uploadFromBytesWithId(
            BsonValue id, String filename, byte[] source, GridFsUploadOptions options) {
        return uploadAll(upload(id, false, filename, options), source);
    }

    private CompletionStage<GridFsFile> uploadAll(UploadStream upload, byte[] source) {
        upload.expect(source.length);
        return SourceUpload.scope(upload, opened -> opened.write(source), this.<GridFsFile>newFuture());
    }

    @Override
    public CompletionStage<ObjectId> uploadFromPath(String filename, Path source, GridFsUploadOptions options) {
        return idOf(uploadAll(upload(filename, options), BlockingSource.of(source, executor)));
    }

    @Override
    public CompletionStage<GridFsFile> uploadFromPathWithId(
            BsonValue id, String filename, Path source, GridFsUploadOptions options) {
        return uploadAll(upload(id, false, filename, options), BlockingSource.of(source, executor));
    }

    @Override
    public CompletionStage<ObjectId> uploadFromInputStream(
            String filename, InputStream source, GridFsUploadOptions options) {
        return idOf(uploadAll(upload(filename, options), BlockingSource.of(source, executor)));
    }

    @Override
    public CompletionStage<GridFsFile> uploadFromInputStreamWithId(
            BsonValue id, String filename, InputStream source, GridFsUploadOptions options) {
        return uploadAll(upload(id, false, filename, options), BlockingSource.of(source, executor));
    }

    @Override
    public CompletionStage<ObjectId> uploadFromChannel(
            String filename, AsynchronousByteChannel source, GridFsUploadOptions options) {
        return idOf(uploadAll(upload(filename, options), new ChannelSource(source)));
    }

    @Override
    public CompletionStage<GridFsFile> uploadFromChannelWithId(
            BsonValue id, String filename, AsynchronousByteChannel source, GridFsUploadOptions options) {
        return uploadAll(upload(id, false, filename, options), new ChannelSource(source));
    }

    private CompletionStage<GridFsFile> uploadAll(UploadStream upload, ContentSource source) {
        return SourceUpload.all(upload, source, this.<GridFsFile>newFuture());
    }

    // ---- reading ----

    @Override
    public GridFsDownload openDownloadStream(BsonValue id) {
        return new DownloadStream(this, FileSelector.byId(id), limit());
    }

    @Override
    public GridFsDownload openDownloadStreamByName(String filename, int revision) {
        return new DownloadStream(this, FileSelector.byName(filename, revision), limit());
    }

    @Override
    public FindQuery<GridFsFile> find(Bson filter) {
        return files.find(filter);
    }

    // ---- changing ----

    @Override
    public CompletionStage<Void> delete(BsonValue id) {
        Objects.requireNonNull(id, "id");
        Limit limit = limit();
        return Stages.start(
                () -> limit.apply(files).deleteOne(new BsonDocument("_id", id)).thenCompose(file -> limit.apply(chunks)
                        .deleteMany(new BsonDocument("files_id", id))
                        .thenAccept(ofFile -> {
                            if (deletedNothing(file)) {
                                throw FileSelector.byId(id).notFound();
                            }
                        })));
    }

    private static boolean deletedNothing(DeleteResult result) {
        return result.isAcknowledged() && result.deletedCount() == 0;
    }

    @Override
    public CompletionStage<Void> deleteByName(String filename) {
        FileSelector named = FileSelector.byName(filename, -1);
        return Stages.start(() -> deleteSome(filename, limit(), named.notFound()));
    }

    /** By so many at once that the command stays small; a name has rarely more. */
    private CompletionStage<Void> deleteSome(String filename, Limit limit, @Nullable MongoGridFsException ifNone) {
        // Another server may not have heard yet of what was stored.
        FindQuery<BsonDocument> ids = limit.apply(files.withReadPreference(ReadPreference.PRIMARY))
                .find(new BsonDocument("filename", new BsonString(filename)), BsonDocument.class)
                .projection(new BsonDocument("_id", new BsonInt32(1)))
                .limit(DELETE_AT_ONCE);
        return limit.apply(ids).toList().thenCompose(found -> {
            if (found.isEmpty()) {
                return ifNone == null ? done() : CompletableFuture.<Void>failedFuture(ifNone);
            }
            BsonDocument any = new BsonDocument("$in", idsOf(found));
            return limit.apply(files)
                    .deleteMany(new BsonDocument("_id", any))
                    .thenCompose(deleted -> limit.apply(chunks).deleteMany(new BsonDocument("files_id", any)))
                    .thenCompose(deleted -> found.size() < DELETE_AT_ONCE ? done() : deleteSome(filename, limit, null));
        });
    }

    private static BsonArray idsOf(List<BsonDocument> found) {
        BsonArray ids = new BsonArray(found.size());
        found.forEach(document -> ids.add(document.get("_id")));
        return ids;
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> rename(BsonValue id, String newFilename) {
        Objects.requireNonNull(id, "id");
        return Stages.start(() -> limit().apply(files)
                .updateOne(new BsonDocument("_id", id), newName(newFilename))
                .thenAccept(renamed -> matchedSome(renamed, FileSelector.byId(id))));
    }

    @Override
    public CompletionStage<Void> renameByName(String filename, String newFilename) {
        FileSelector named = FileSelector.byName(filename, -1);
        return Stages.start(() -> limit().apply(files)
                .updateMany(new BsonDocument("filename", new BsonString(filename)), newName(newFilename))
                .thenAccept(renamed -> matchedSome(renamed, named)));
    }

    private static BsonDocument newName(String newFilename) {
        return new BsonDocument("$set", new BsonDocument("filename", new BsonString(newFilename)));
    }

    private static void matchedSome(UpdateResult result, FileSelector selector) {
        if (result.isAcknowledged() && result.matchedCount() == 0) {
            throw selector.notFound();
        }
    }

    @Override
    public CompletionStage<Void> drop() {
        Limit limit = limit();
        return Stages.start(() -> limit.apply(files)
                .drop()
                .thenCompose(none -> limit.apply(chunks).drop())
                // Also when only one of them was dropped.
                .whenComplete((none, failure) -> indexes.forget()));
    }

    /** For people. */
    @Override
    public String toString() {
        return "GridFsBucket{" + database.name() + "." + bucketName + "}";
    }
}
