package dev.rotor.gridfs;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How one file is stored, {@code GridFSUploadOptions} of the GridFS specification.
 *
 * @param chunkSizeBytes how many bytes go into one document of the chunks collection; {@code null}: as the bucket says
 * @param metadata whatever the application wants to keep with the file; {@code null}: the file gets no metadata
 */
public record GridFsUploadOptions(@Nullable Integer chunkSizeBytes, @Nullable Bson metadata) {

    /** Chunks as the bucket says, and no metadata. */
    public static final GridFsUploadOptions DEFAULT = new GridFsUploadOptions(null, null);

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the chunk size is not positive
     */
    public GridFsUploadOptions {
        if (chunkSizeBytes != null) {
            Checks.positive("chunkSizeBytes", chunkSizeBytes);
        }
    }

    /**
     * The same with another {@code chunkSizeBytes}.
     *
     * @param chunkSizeBytes how many bytes go into one document; {@code null}: as the bucket says
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public GridFsUploadOptions chunkSizeBytes(@Nullable Integer chunkSizeBytes) {
        return new GridFsUploadOptions(chunkSizeBytes, metadata);
    }

    /**
     * The same with other {@code metadata}.
     *
     * @param metadata whatever the application wants to keep with the file; {@code null} for none
     * @return a copy
     */
    public GridFsUploadOptions metadata(@Nullable Bson metadata) {
        return new GridFsUploadOptions(chunkSizeBytes, metadata);
    }
}
