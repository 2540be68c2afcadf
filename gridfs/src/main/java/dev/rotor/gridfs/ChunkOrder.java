package dev.rotor.gridfs;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import org.jspecify.annotations.Nullable;

/** Which chunks a file must have, and whether those that come are they. */
final class ChunkOrder {

    private final GridFsFile file;
    private final long length;
    private final int chunkSize;
    private final long count;
    private long expected;

    /**
     * The order of a file.
     *
     * @throws MongoGridFsException if the file does not say how large it and its chunks are
     */
    ChunkOrder(GridFsFile file) {
        this.file = file;
        this.length = file.length();
        this.chunkSize = length == 0 ? 1 : file.chunkSizeBytes();
        this.count = length / chunkSize + (length % chunkSize == 0 ? 0 : 1);
    }

    /** Whether no more chunk is expected. */
    boolean allThere() {
        return expected == count;
    }

    /**
     * Checks the next chunk.
     *
     * @return its bytes; {@code null} for an empty one behind the last, as some drivers used to leave them
     * @throws MongoGridFsException if it is not the one that is expected, or of another size
     */
    byte @Nullable [] accept(Chunk chunk) {
        byte[] data = chunk.data();
        if (allThere() && chunk.n() >= expected) {
            if (data != null && data.length == 0) {
                return null;
            }
            throw wrong(Reason.CHUNK_EXTRA, "chunk " + chunk.n() + ", but its last one should be " + (count - 1));
        }
        if (chunk.n() < expected) {
            throw wrong(Reason.CHUNK_EXTRA, "another chunk " + chunk.n() + " where chunk " + expected + " should be");
        }
        if (chunk.n() > expected) {
            throw missing();
        }
        long size = Math.min(chunkSize, length - expected * chunkSize);
        if (data == null || data.length != size) {
            throw wrong(
                    Reason.CHUNK_SIZE,
                    "a chunk " + expected + " of " + (data == null ? 0 : data.length) + " bytes instead of " + size);
        }
        expected++;
        return data;
    }

    /**
     * There are no more chunks.
     *
     * @throws MongoGridFsException if some were expected
     */
    void end() {
        if (!allThere()) {
            throw missing();
        }
    }

    private MongoGridFsException missing() {
        return wrong(Reason.CHUNK_MISSING, "no chunk " + expected + " of " + count);
    }

    private MongoGridFsException wrong(Reason reason, String what) {
        return new MongoGridFsException(reason, file + " has " + what);
    }
}
