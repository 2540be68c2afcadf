package dev.rotor.gridfs;

import org.jspecify.annotations.Nullable;

/**
 * What a user has said of a download.
 *
 * @param range which bytes
 * @param progress hears how far it has come; {@code null}: nobody does
 * @param verify whether the digest is compared
 */
record DownloadOptions(ByteRange range, @Nullable GridFsProgress progress, boolean verify) {

    static final DownloadOptions DEFAULT = new DownloadOptions(ByteRange.ALL, null, false);
}
