package dev.rotor.gridfs;

import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a bucket stores and reads files, {@code GridFSBucketOptions} of the GridFS specification.
 *
 * @param bucketName the first part of the collections' names, as in {@code fs.files} and {@code fs.chunks}; default
 *     {@code "fs"}
 * @param chunkSizeBytes how many bytes of a new file go into one document of the chunks collection; default 261,120
 *     (255 KiB). A document is at most 16 MiB, so a larger one than that cannot be stored
 * @param bufferBytes about how many bytes each upload and each download may hold in memory, however slow the other end
 *     is; default 4 MiB. Never less than two chunks are held
 * @param readConcern which data is read; {@code null}: that of the database
 * @param readPreference which members files are read from; {@code null}: that of the database
 * @param writeConcern what a server must have done before it acknowledges a write; {@code null}: that of the database
 * @param timeout how long one operation may take, for a stream from when it is opened until it is closed; zero for no
 *     limit; {@code null}: that of the database
 * @param executor where streams that block, {@link java.io.InputStream} and the like, are read and written, one piece
 *     at a time; must not be one of the client's event loops; {@code null}: threads of Rotor's own, which are made when
 *     they are needed and end when they are not
 */
public record GridFsBucketOptions(
        String bucketName,
        int chunkSizeBytes,
        int bufferBytes,
        @Nullable ReadConcern readConcern,
        @Nullable ReadPreference readPreference,
        @Nullable WriteConcern writeConcern,
        @Nullable Duration timeout,
        @Nullable Executor executor) {

    /** A bucket named {@code fs} with chunks of 255 KiB, and everything else as the database has it. */
    public static final GridFsBucketOptions DEFAULT =
            new GridFsBucketOptions("fs", 255 * 1024, 4 * 1024 * 1024, null, null, null, null, null);

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the name is empty, a size is not positive or the timeout is negative
     */
    public GridFsBucketOptions {
        Objects.requireNonNull(bucketName, "bucketName");
        if (bucketName.isEmpty()) {
            throw new IllegalArgumentException("bucketName must not be empty");
        }
        Checks.positive("chunkSizeBytes", chunkSizeBytes);
        Checks.positive("bufferBytes", bufferBytes);
        Checks.timeout(timeout);
    }

    /**
     * The same with another {@code bucketName}.
     *
     * @param bucketName the first part of the collections' names
     * @return a copy
     * @throws IllegalArgumentException if it is empty
     */
    public GridFsBucketOptions bucketName(String bucketName) {
        return new GridFsBucketOptions(
                bucketName, chunkSizeBytes, bufferBytes, readConcern, readPreference, writeConcern, timeout, executor);
    }

    /**
     * The same with another {@code chunkSizeBytes}.
     *
     * @param chunkSizeBytes how many bytes of a new file go into one document
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public GridFsBucketOptions chunkSizeBytes(int chunkSizeBytes) {
        return new GridFsBucketOptions(
                bucketName, chunkSizeBytes, bufferBytes, readConcern, readPreference, writeConcern, timeout, executor);
    }

    /**
     * The same with another {@code bufferBytes}.
     *
     * @param bufferBytes about how many bytes each upload and each download may hold in memory
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public GridFsBucketOptions bufferBytes(int bufferBytes) {
        return new GridFsBucketOptions(
                bucketName, chunkSizeBytes, bufferBytes, readConcern, readPreference, writeConcern, timeout, executor);
    }

    /**
     * The same with another {@code readConcern}.
     *
     * @param readConcern which data is read; {@code null}: that of the database
     * @return a copy
     */
    public GridFsBucketOptions readConcern(@Nullable ReadConcern readConcern) {
        return new GridFsBucketOptions(
                bucketName, chunkSizeBytes, bufferBytes, readConcern, readPreference, writeConcern, timeout, executor);
    }

    /**
     * The same with another {@code readPreference}.
     *
     * @param readPreference which members files are read from; {@code null}: that of the database
     * @return a copy
     */
    public GridFsBucketOptions readPreference(@Nullable ReadPreference readPreference) {
        return new GridFsBucketOptions(
                bucketName, chunkSizeBytes, bufferBytes, readConcern, readPreference, writeConcern, timeout, executor);
    }

    /**
     * The same with another {@code writeConcern}.
     *
     * @param writeConcern what a server must have done before it acknowledges a write; {@code null}: that of the
     *     database
     * @return a copy
     */
    public GridFsBucketOptions writeConcern(@Nullable WriteConcern writeConcern) {
        return new GridFsBucketOptions(
                bucketName, chunkSizeBytes, bufferBytes, readConcern, readPreference, writeConcern, timeout, executor);
    }

    /**
     * The same with another {@code timeout}.
     *
     * @param timeout how long one operation may take; zero for no limit; {@code null}: that of the database
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public GridFsBucketOptions timeout(@Nullable Duration timeout) {
        return new GridFsBucketOptions(
                bucketName, chunkSizeBytes, bufferBytes, readConcern, readPreference, writeConcern, timeout, executor);
    }

    /**
     * The same with another {@code executor}.
     *
     * @param executor where streams that block are read and written; {@code null}: threads of Rotor's own
     * @return a copy
     */
    public GridFsBucketOptions executor(@Nullable Executor executor) {
        return new GridFsBucketOptions(
                bucketName, chunkSizeBytes, bufferBytes, readConcern, readPreference, writeConcern, timeout, executor);
    }
}
