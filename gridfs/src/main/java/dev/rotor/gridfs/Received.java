package dev.rotor.gridfs;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import dev.rotor.gridfs.internal.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one reading of a file has got so far: tells of it, and compares the digest at the end where that is wanted. */
final class Received {

    private final GridFsFile file;
    private final long length;
    private final @Nullable GridFsProgress progress;
    private @Nullable MessageDigest digest;
    private @Nullable MongoGridFsException mismatch;
    private long digested;
    private long passed;

    /**
     * Nothing yet.
     *
     * @throws IllegalStateException if a digest is to be compared with a part of a file
     * @throws MongoGridFsException if there is none to compare with
     */
    Received(GridFsFile file, DownloadOptions options) {
        this.file = file;
        this.length = options.range().within(file.length()).length();
        this.progress = options.progress();
        if (options.verify()) {
            if (length != file.length()) {
                throw new IllegalStateException(
                        "The digest of " + file + " is that of all its bytes: read a range of it without comparing");
            }
            if (file.sha256() == null) {
                throw new MongoGridFsException(
                        Reason.SHA256_MISSING, file + " has no sha256 in its metadata to compare its contents with");
            }
            digest = Sha256.begin();
        }
    }

    /**
     * A whole chunk has come.
     *
     * @param position where it stands in what is read
     */
    void arrived(long position, ByteBuffer chunk) {
        MessageDigest sum = digest;
        if (sum == null || position < digested) {
            return;
        }
        if (position > digested) {
            // Something was jumped over: there will be nothing to compare.
            digest = null;
            return;
        }
        digested += chunk.remaining();
        sum.update(chunk.duplicate());
    }

    /** The reader has got everything before this position; what is no news is not told. */
    void passed(long position) {
        if (progress == null || position <= passed) {
            return;
        }
        passed = position;
        try {
            progress.transferred(position, length);
        } catch (Throwable e) {
            // It only listens.
        }
    }

    /**
     * All was read.
     *
     * @throws MongoGridFsException if it is not what was stored
     */
    void end() {
        MessageDigest sum = digest;
        if (sum != null && digested == length) {
            digest = null;
            String expected = Objects.requireNonNull(file.sha256());
            String actual = HexFormat.of().formatHex(sum.digest());
            if (!actual.equalsIgnoreCase(expected)) {
                mismatch = new MongoGridFsException(
                        Reason.SHA256_MISMATCH,
                        file + " should have the SHA-256 digest " + expected + ", but what was read has " + actual);
            }
        }
        if (mismatch != null) {
            throw mismatch;
        }
    }
}
