package dev.rotor.gridfs;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How one file is stored, {@code GridFSUploadOptions} of the GridFS specification, and what Rotor adds to it.
 *
 * @param chunkSizeBytes how many bytes go into one document of the chunks collection; {@code null}: as the bucket says
 * @param metadata whatever the application wants to keep with the file; {@code null}: none but what follows
 * @param contentType the media type, for example {@code "image/png"}, stored as {@code contentType} in the metadata, in
 *     the place of one that is there; {@code null}: none is added
 * @param sha256 whether the SHA-256 digest of the contents is stored as {@code sha256} in the metadata, in lower-case
 *     hexadecimal digits; default {@code false}
 * @param progress hears how many bytes the server has acknowledged; {@code null}: nobody does
 */
public record GridFsUploadOptions(
        @Nullable Integer chunkSizeBytes,
        @Nullable Bson metadata,
        @Nullable String contentType,
        boolean sha256,
        @Nullable GridFsProgress progress) {

    /** Chunks as the bucket says, no metadata, no digest. */
    public static final GridFsUploadOptions DEFAULT = new GridFsUploadOptions(null, null, null, false, null);

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
        return new GridFsUploadOptions(chunkSizeBytes, metadata, contentType, sha256, progress);
    }

    /**
     * The same with other {@code metadata}.
     *
     * @param metadata whatever the application wants to keep with the file; {@code null} for none
     * @return a copy
     */
    public GridFsUploadOptions metadata(@Nullable Bson metadata) {
        return new GridFsUploadOptions(chunkSizeBytes, metadata, contentType, sha256, progress);
    }

    /**
     * The same with another {@code contentType}.
     *
     * @param contentType the media type, for example {@code "image/png"}; {@code null} for none
     * @return a copy
     */
    public GridFsUploadOptions contentType(@Nullable String contentType) {
        return new GridFsUploadOptions(chunkSizeBytes, metadata, contentType, sha256, progress);
    }

    /**
     * The same with or without a digest.
     *
     * @param sha256 whether the SHA-256 digest of the contents is stored in the metadata
     * @return a copy
     */
    public GridFsUploadOptions sha256(boolean sha256) {
        return new GridFsUploadOptions(chunkSizeBytes, metadata, contentType, sha256, progress);
    }

    /**
     * The same with somebody else who hears of the progress.
     *
     * @param progress hears how many bytes the server has acknowledged; {@code null} for nobody
     * @return a copy
     */
    public GridFsUploadOptions progress(@Nullable GridFsProgress progress) {
        return new GridFsUploadOptions(chunkSizeBytes, metadata, contentType, sha256, progress);
    }
}
