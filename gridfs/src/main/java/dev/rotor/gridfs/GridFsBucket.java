package dev.rotor.gridfs;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Stores files of any size in a database: their contents as chunks in one collection, their names and whatever else is
 * known of them in another, as the GridFS specification defines it. Immutable; every {@code with…} gives a copy.
 *
 * <p>A file has an id, an {@code ObjectId} unless the application chooses one of any BSON type, and a name that it may
 * share with other files: these are its <em>revisions</em>, told apart by when they were stored. Revision 0 is the
 * first one, 1 the next; -1 is the latest one, -2 the one before.
 *
 * <p>Right before a bucket's first write, the indexes of the specification are made where the files collection is empty
 * and they are not there yet.
 *
 * <p>Every operation keeps to the bucket's timeout as a whole, however many commands it takes.
 *
 * <p>Whoever cancels the future of an upload or a download ({@link CompletionStage#toCompletableFuture}) ends the
 * transfer: an upload is aborted, so that nothing of it is left, unless its file was being stored already; of a
 * download no more is asked for. The other operations go on to their end.
 */
public interface GridFsBucket {

    /**
     * The bucket named {@code fs} of a database. Nothing is sent.
     *
     * @param database the database; its concerns, read preference, timeout and session are the bucket's
     * @return the bucket
     */
    static GridFsBucket create(MongoDatabase database) {
        return create(database, GridFsBucketOptions.DEFAULT);
    }

    /**
     * A bucket of a database. Nothing is sent.
     *
     * @param database the database; where the options leave something to it, its concerns, read preference, timeout and
     *     session are the bucket's
     * @param options name and settings
     * @return the bucket
     */
    static GridFsBucket create(MongoDatabase database, GridFsBucketOptions options) {
        return new BucketView(
                Objects.requireNonNull(database, "database"),
                Objects.requireNonNull(options, "options"),
                GridFsTime.SYSTEM);
    }

    // ---- what it is ----

    /**
     * The first part of the collections' names.
     *
     * @return for example {@code "fs"}
     */
    String bucketName();

    /**
     * How many bytes of a new file go into one chunk.
     *
     * @return the number of bytes
     */
    int chunkSizeBytes();

    /**
     * Which data is read.
     *
     * @return the read concern
     */
    ReadConcern readConcern();

    /**
     * Which members files are read from.
     *
     * @return the read preference
     */
    ReadPreference readPreference();

    /**
     * What a server must have done before it acknowledges a write.
     *
     * @return the write concern
     */
    WriteConcern writeConcern();

    /**
     * How long an operation may take.
     *
     * @return the timeout; zero or {@code null} for no limit
     */
    @Nullable
    Duration timeout();

    /**
     * The same with chunks of another size in files that it stores.
     *
     * @param chunkSizeBytes how many bytes go into one chunk
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    GridFsBucket withChunkSizeBytes(int chunkSizeBytes);

    /**
     * The same with another read concern.
     *
     * @param readConcern which data is read
     * @return a copy
     */
    GridFsBucket withReadConcern(ReadConcern readConcern);

    /**
     * The same with another read preference.
     *
     * @param readPreference which members files are read from
     * @return a copy
     */
    GridFsBucket withReadPreference(ReadPreference readPreference);

    /**
     * The same with another write concern.
     *
     * @param writeConcern what a server must have done before it acknowledges a write
     * @return a copy
     */
    GridFsBucket withWriteConcern(WriteConcern writeConcern);

    /**
     * The same with another timeout.
     *
     * @param timeout how long an operation may take; zero or {@code null} for no limit
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    GridFsBucket withTimeout(@Nullable Duration timeout);

    /**
     * The same bound to a session: operations of the copy use it, but for those that make indexes. A session carries
     * one command at a time, so uploads send one batch after the other, and downloads fetch nothing ahead.
     *
     * @param session a session of the same client; {@code null} for none
     * @return a copy
     * @throws IllegalArgumentException if it is a session of another client
     */
    GridFsBucket withSession(@Nullable ClientSession session);

    // ---- storing ----

    /**
     * Opens a new file to be written piece by piece. Nothing is sent before there is something to send.
     *
     * @param filename the name; need not be unique
     * @return the upload, whose id is a new {@code ObjectId}
     */
    default GridFsUpload openUploadStream(String filename) {
        return openUploadStream(filename, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Opens a new file to be written piece by piece. Nothing is sent before there is something to send.
     *
     * @param filename the name; need not be unique
     * @param options how it is stored
     * @return the upload, whose id is a new {@code ObjectId}
     */
    GridFsUpload openUploadStream(String filename, GridFsUploadOptions options);

    /**
     * Opens a new file to be written piece by piece. Nothing is sent before there is something to send.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @return the upload
     */
    default GridFsUpload openUploadStreamWithId(BsonValue id, String filename) {
        return openUploadStreamWithId(id, filename, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Opens a new file to be written piece by piece. Nothing is sent before there is something to send.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param options how it is stored
     * @return the upload
     */
    GridFsUpload openUploadStreamWithId(BsonValue id, String filename, GridFsUploadOptions options);

    /**
     * Stores what a publisher gives.
     *
     * @param filename the name; need not be unique
     * @param source the contents, in pieces of any size; asked for one piece at a time
     * @return the file's new id
     */
    default CompletionStage<ObjectId> uploadFromPublisher(String filename, Flow.Publisher<ByteBuffer> source) {
        return uploadFromPublisher(filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores what a publisher gives.
     *
     * @param filename the name; need not be unique
     * @param source the contents, in pieces of any size; asked for one piece at a time. When it fails, the upload is
     *     aborted and its failure is the result. The time that it takes counts, but only between pieces is looked at
     *     the timeout
     * @param options how it is stored
     * @return the file's new id
     */
    CompletionStage<ObjectId> uploadFromPublisher(
            String filename, Flow.Publisher<ByteBuffer> source, GridFsUploadOptions options);

    /**
     * Stores what a publisher gives under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the contents, in pieces of any size; asked for one piece at a time
     * @return the stored file
     */
    default CompletionStage<GridFsFile> uploadFromPublisherWithId(
            BsonValue id, String filename, Flow.Publisher<ByteBuffer> source) {
        return uploadFromPublisherWithId(id, filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores what a publisher gives under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the contents, in pieces of any size; asked for one piece at a time. When it fails, the upload is
     *     aborted and its failure is the result
     * @param options how it is stored
     * @return the stored file
     */
    CompletionStage<GridFsFile> uploadFromPublisherWithId(
            BsonValue id, String filename, Flow.Publisher<ByteBuffer> source, GridFsUploadOptions options);

    /**
     * Stores an array.
     *
     * @param filename the name; need not be unique
     * @param source the contents; to be left alone until the stage is complete
     * @return the file's new id
     */
    default CompletionStage<ObjectId> uploadFromBytes(String filename, byte[] source) {
        return uploadFromBytes(filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores an array.
     *
     * @param filename the name; need not be unique
     * @param source the contents; to be left alone until the stage is complete
     * @param options how it is stored
     * @return the file's new id
     */
    CompletionStage<ObjectId> uploadFromBytes(String filename, byte[] source, GridFsUploadOptions options);

    /**
     * Stores an array under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the contents; to be left alone until the stage is complete
     * @return the stored file
     */
    default CompletionStage<GridFsFile> uploadFromBytesWithId(BsonValue id, String filename, byte[] source) {
        return uploadFromBytesWithId(id, filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores an array under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the contents; to be left alone until the stage is complete
     * @param options how it is stored
     * @return the stored file
     */
    CompletionStage<GridFsFile> uploadFromBytesWithId(
            BsonValue id, String filename, byte[] source, GridFsUploadOptions options);

    /**
     * Stores a file of the file system.
     *
     * @param filename the name; need not be unique
     * @param source the file, read on the bucket's executor
     * @return the file's new id; fails as the source fails, and then nothing of it is left
     */
    default CompletionStage<ObjectId> uploadFromPath(String filename, Path source) {
        return uploadFromPath(filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores a file of the file system.
     *
     * @param filename the name; need not be unique
     * @param source the file, read on the bucket's executor
     * @param options how it is stored
     * @return the file's new id; fails as the source fails, and then nothing of it is left
     */
    CompletionStage<ObjectId> uploadFromPath(String filename, Path source, GridFsUploadOptions options);

    /**
     * Stores a file of the file system under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the file, read on the bucket's executor
     * @return the stored file; fails as the source fails, and then nothing of it is left
     */
    default CompletionStage<GridFsFile> uploadFromPathWithId(BsonValue id, String filename, Path source) {
        return uploadFromPathWithId(id, filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores a file of the file system under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the file, read on the bucket's executor
     * @param options how it is stored
     * @return the stored file; fails as the source fails, and then nothing of it is left
     */
    CompletionStage<GridFsFile> uploadFromPathWithId(
            BsonValue id, String filename, Path source, GridFsUploadOptions options);

    /**
     * Stores what a stream gives.
     *
     * @param filename the name; need not be unique
     * @param source the contents; read on the bucket's executor, to its end; not closed. When the upload fails or is
     *     cancelled, a read that has begun may still be under way
     * @return the file's new id; fails as the source fails, and then nothing of it is left
     */
    default CompletionStage<ObjectId> uploadFromInputStream(String filename, InputStream source) {
        return uploadFromInputStream(filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores what a stream gives.
     *
     * @param filename the name; need not be unique
     * @param source the contents; read on the bucket's executor, to its end; not closed. When the upload fails or is
     *     cancelled, a read that has begun may still be under way
     * @param options how it is stored
     * @return the file's new id; fails as the source fails, and then nothing of it is left
     */
    CompletionStage<ObjectId> uploadFromInputStream(String filename, InputStream source, GridFsUploadOptions options);

    /**
     * Stores what a stream gives under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the contents; read on the bucket's executor, to its end; not closed. When the upload fails or is
     *     cancelled, a read that has begun may still be under way
     * @return the stored file; fails as the source fails, and then nothing of it is left
     */
    default CompletionStage<GridFsFile> uploadFromInputStreamWithId(BsonValue id, String filename, InputStream source) {
        return uploadFromInputStreamWithId(id, filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores what a stream gives under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the contents; read on the bucket's executor, to its end; not closed. When the upload fails or is
     *     cancelled, a read that has begun may still be under way
     * @param options how it is stored
     * @return the stored file; fails as the source fails, and then nothing of it is left
     */
    CompletionStage<GridFsFile> uploadFromInputStreamWithId(
            BsonValue id, String filename, InputStream source, GridFsUploadOptions options);

    /**
     * Stores what a channel gives.
     *
     * @param filename the name; need not be unique
     * @param source the contents; read to its end, straight into chunks; not closed. A channel that blocks is given as
     *     {@link java.nio.channels.Channels#newInputStream(java.nio.channels.ReadableByteChannel) a stream}
     * @return the file's new id; fails as the source fails, and then nothing of it is left
     */
    default CompletionStage<ObjectId> uploadFromChannel(String filename, AsynchronousByteChannel source) {
        return uploadFromChannel(filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores what a channel gives.
     *
     * @param filename the name; need not be unique
     * @param source the contents; read to its end, straight into chunks; not closed. A channel that blocks is given as
     *     {@link java.nio.channels.Channels#newInputStream(java.nio.channels.ReadableByteChannel) a stream}
     * @param options how it is stored
     * @return the file's new id; fails as the source fails, and then nothing of it is left
     */
    CompletionStage<ObjectId> uploadFromChannel(
            String filename, AsynchronousByteChannel source, GridFsUploadOptions options);

    /**
     * Stores what a channel gives under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the contents; read to its end, straight into chunks; not closed. A channel that blocks is given as
     *     {@link java.nio.channels.Channels#newInputStream(java.nio.channels.ReadableByteChannel) a stream}
     * @return the stored file; fails as the source fails, and then nothing of it is left
     */
    default CompletionStage<GridFsFile> uploadFromChannelWithId(
            BsonValue id, String filename, AsynchronousByteChannel source) {
        return uploadFromChannelWithId(id, filename, source, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores what a channel gives under an id of the application.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param source the contents; read to its end, straight into chunks; not closed. A channel that blocks is given as
     *     {@link java.nio.channels.Channels#newInputStream(java.nio.channels.ReadableByteChannel) a stream}
     * @param options how it is stored
     * @return the stored file; fails as the source fails, and then nothing of it is left
     */
    CompletionStage<GridFsFile> uploadFromChannelWithId(
            BsonValue id, String filename, AsynchronousByteChannel source, GridFsUploadOptions options);

    /**
     * Stores what a body of code writes: an upload that ends by itself. It is closed when the body's stage completes,
     * and aborted when the body throws or its stage fails.
     *
     * @param filename the name; need not be unique
     * @param body writes; it may set metadata, and may close or abort the upload itself
     * @return the stored file; fails as the body did, or with a {@link MongoGridFsException} if it aborted the upload
     */
    default CompletionStage<GridFsFile> upload(
            String filename, Function<? super GridFsUpload, ? extends CompletionStage<?>> body) {
        return upload(filename, body, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores what a body of code writes: an upload that ends by itself. It is closed when the body's stage completes,
     * and aborted when the body throws or its stage fails.
     *
     * @param filename the name; need not be unique
     * @param body writes; it may set metadata, and may close or abort the upload itself
     * @param options how it is stored
     * @return the stored file; fails as the body did, or with a {@link MongoGridFsException} if it aborted the upload
     */
    CompletionStage<GridFsFile> upload(
            String filename,
            Function<? super GridFsUpload, ? extends CompletionStage<?>> body,
            GridFsUploadOptions options);

    /**
     * Stores what a body of code writes under an id of the application: an upload that ends by itself. It is closed
     * when the body's stage completes, and aborted when the body throws or its stage fails.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param body writes; it may set metadata, and may close or abort the upload itself
     * @return the stored file; fails as the body did, or with a {@link MongoGridFsException} if it aborted the upload
     */
    default CompletionStage<GridFsFile> uploadWithId(
            BsonValue id, String filename, Function<? super GridFsUpload, ? extends CompletionStage<?>> body) {
        return uploadWithId(id, filename, body, GridFsUploadOptions.DEFAULT);
    }

    /**
     * Stores what a body of code writes under an id of the application: an upload that ends by itself. It is closed
     * when the body's stage completes, and aborted when the body throws or its stage fails.
     *
     * @param id what identifies it in the bucket, of any type
     * @param filename the name; need not be unique
     * @param body writes; it may set metadata, and may close or abort the upload itself
     * @param options how it is stored
     * @return the stored file; fails as the body did, or with a {@link MongoGridFsException} if it aborted the upload
     */
    CompletionStage<GridFsFile> uploadWithId(
            BsonValue id,
            String filename,
            Function<? super GridFsUpload, ? extends CompletionStage<?>> body,
            GridFsUploadOptions options);

    // ---- reading ----

    /**
     * The contents of a file. Nothing is sent before somebody reads.
     *
     * @param id the file's id
     * @return the download
     */
    GridFsDownload openDownloadStream(BsonValue id);

    /**
     * The contents of a file. Nothing is sent before somebody reads.
     *
     * @param id the file's id
     * @return the download
     */
    default GridFsDownload openDownloadStream(ObjectId id) {
        return openDownloadStream(new BsonObjectId(id));
    }

    /**
     * The contents of the latest file of a name. Nothing is sent before somebody reads.
     *
     * @param filename the name
     * @return the download
     */
    default GridFsDownload openDownloadStreamByName(String filename) {
        return openDownloadStreamByName(filename, -1);
    }

    /**
     * The contents of one of the files of a name. Nothing is sent before somebody reads.
     *
     * @param filename the name
     * @param revision which of them: 0 for the first one, 1 for the next; -1 for the latest one, -2 for the one before
     * @return the download
     */
    GridFsDownload openDownloadStreamByName(String filename, int revision);

    /**
     * Passes the contents of a file on, one chunk at a time.
     *
     * @param id the file's id
     * @param destination takes a chunk; the next one follows when the stage that it returns is complete
     * @return the file, when the last chunk was taken
     */
    default CompletionStage<GridFsFile> downloadTo(
            BsonValue id, Function<? super ByteBuffer, ? extends CompletionStage<?>> destination) {
        return openDownloadStream(id).to(destination);
    }

    /**
     * Passes the contents of a file on, one chunk at a time.
     *
     * @param id the file's id
     * @param destination takes a chunk; the next one follows when the stage that it returns is complete
     * @return the file, when the last chunk was taken
     */
    default CompletionStage<GridFsFile> downloadTo(
            ObjectId id, Function<? super ByteBuffer, ? extends CompletionStage<?>> destination) {
        return openDownloadStream(id).to(destination);
    }

    /**
     * Passes the contents of one of the files of a name on, one chunk at a time.
     *
     * @param filename the name
     * @param revision which of them: 0 for the first one, -1 for the latest one
     * @param destination takes a chunk; the next one follows when the stage that it returns is complete
     * @return the file, when the last chunk was taken
     */
    default CompletionStage<GridFsFile> downloadToByName(
            String filename, int revision, Function<? super ByteBuffer, ? extends CompletionStage<?>> destination) {
        return openDownloadStreamByName(filename, revision).to(destination);
    }

    /**
     * Reads a file into memory.
     *
     * @param id the file's id
     * @return the contents
     */
    default CompletionStage<byte[]> downloadToBytes(BsonValue id) {
        return openDownloadStream(id).toBytes();
    }

    /**
     * Reads a file into memory.
     *
     * @param id the file's id
     * @return the contents
     */
    default CompletionStage<byte[]> downloadToBytes(ObjectId id) {
        return openDownloadStream(id).toBytes();
    }

    /**
     * Reads one of the files of a name into memory.
     *
     * @param filename the name
     * @param revision which of them: 0 for the first one, -1 for the latest one
     * @return the contents
     */
    default CompletionStage<byte[]> downloadToBytesByName(String filename, int revision) {
        return openDownloadStreamByName(filename, revision).toBytes();
    }

    /**
     * Writes a stored file to the file system, as {@link GridFsDownload#toPath} does.
     *
     * @param id the file's id
     * @param path where the file shall be, in a directory that is there
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToPath(BsonValue id, Path path) {
        return openDownloadStream(id).toPath(path);
    }

    /**
     * Writes a stored file to the file system, as {@link GridFsDownload#toPath} does.
     *
     * @param id the file's id
     * @param path where the file shall be, in a directory that is there
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToPath(ObjectId id, Path path) {
        return openDownloadStream(id).toPath(path);
    }

    /**
     * Writes one of the files of a name to the file system, as {@link GridFsDownload#toPath} does.
     *
     * @param filename the name
     * @param revision which of them: 0 for the first one, -1 for the latest one
     * @param path where the file shall be, in a directory that is there
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToPathByName(String filename, int revision, Path path) {
        return openDownloadStreamByName(filename, revision).toPath(path);
    }

    /**
     * Writes a file to a stream, as {@link GridFsDownload#toOutputStream} does.
     *
     * @param id the file's id
     * @param stream may block; is flushed and not closed
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToOutputStream(BsonValue id, OutputStream stream) {
        return openDownloadStream(id).toOutputStream(stream);
    }

    /**
     * Writes a file to a stream, as {@link GridFsDownload#toOutputStream} does.
     *
     * @param id the file's id
     * @param stream may block; is flushed and not closed
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToOutputStream(ObjectId id, OutputStream stream) {
        return openDownloadStream(id).toOutputStream(stream);
    }

    /**
     * Writes one of the files of a name to a stream, as {@link GridFsDownload#toOutputStream} does.
     *
     * @param filename the name
     * @param revision which of them: 0 for the first one, -1 for the latest one
     * @param stream may block; is flushed and not closed
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToOutputStreamByName(
            String filename, int revision, OutputStream stream) {
        return openDownloadStreamByName(filename, revision).toOutputStream(stream);
    }

    /**
     * Writes a file to a channel, as {@link GridFsDownload#toChannel} does.
     *
     * @param id the file's id
     * @param channel takes bytes at its own pace; is not closed
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToChannel(BsonValue id, AsynchronousByteChannel channel) {
        return openDownloadStream(id).toChannel(channel);
    }

    /**
     * Writes a file to a channel, as {@link GridFsDownload#toChannel} does.
     *
     * @param id the file's id
     * @param channel takes bytes at its own pace; is not closed
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToChannel(ObjectId id, AsynchronousByteChannel channel) {
        return openDownloadStream(id).toChannel(channel);
    }

    /**
     * Writes one of the files of a name to a channel, as {@link GridFsDownload#toChannel} does.
     *
     * @param filename the name
     * @param revision which of them: 0 for the first one, -1 for the latest one
     * @param channel takes bytes at its own pace; is not closed
     * @return the stored file, when all is written
     */
    default CompletionStage<GridFsFile> downloadToChannelByName(
            String filename, int revision, AsynchronousByteChannel channel) {
        return openDownloadStreamByName(filename, revision).toChannel(channel);
    }

    // ---- what is there ----

    /**
     * All files.
     *
     * @return a query, which sends nothing by itself
     */
    default FindQuery<GridFsFile> find() {
        return find(new BsonDocument());
    }

    /**
     * The files that a filter accepts. It sees the documents of the files collection, so that metadata is reached as
     * {@code metadata.name}, the name as {@code filename}, the time as {@code uploadDate}.
     *
     * @param filter the filter
     * @return a query, which sends nothing by itself
     */
    FindQuery<GridFsFile> find(Bson filter);

    // ---- changing ----

    /**
     * Deletes a file, and whatever chunks there are of it even if there is no file.
     *
     * @param id the file's id
     * @return completes when it is gone; fails with a {@link MongoGridFsException} if there was none
     */
    CompletionStage<Void> delete(BsonValue id);

    /**
     * Deletes a file, and whatever chunks there are of it even if there is no file.
     *
     * @param id the file's id
     * @return completes when it is gone; fails with a {@link MongoGridFsException} if there was none
     */
    default CompletionStage<Void> delete(ObjectId id) {
        return delete(new BsonObjectId(id));
    }

    /**
     * Deletes all files of a name.
     *
     * @param filename the name
     * @return completes when they are gone; fails with a {@link MongoGridFsException} if there was none
     */
    CompletionStage<Void> deleteByName(String filename);

    /**
     * Gives a file another name.
     *
     * @param id the file's id
     * @param newFilename its name from now on
     * @return completes when that is so; fails with a {@link MongoGridFsException} if there is no such file
     */
    CompletionStage<Void> rename(BsonValue id, String newFilename);

    /**
     * Gives a file another name.
     *
     * @param id the file's id
     * @param newFilename its name from now on
     * @return completes when that is so; fails with a {@link MongoGridFsException} if there is no such file
     */
    default CompletionStage<Void> rename(ObjectId id, String newFilename) {
        return rename(new BsonObjectId(id), newFilename);
    }

    /**
     * Gives all files of a name another one.
     *
     * @param filename the name
     * @param newFilename their name from now on
     * @return completes when that is so; fails with a {@link MongoGridFsException} if there is no such file
     */
    CompletionStage<Void> renameByName(String filename, String newFilename);

    /**
     * Drops both collections with all files.
     *
     * @return completes when they are gone
     */
    CompletionStage<Void> drop();
}
