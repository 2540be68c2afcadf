package dev.rotor.gridfs;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Which chunks a part of a file must have, whether those that come are they, and what of each belongs to the part. */
final class ChunkOrder {

    private final GridFsFile file;
    private final ByteRange range;
    private final long length;
    private final int chunkSize;
    private final long count;
    private final long first;
    private final long last;
    private long expected;

    /**
     * The order of a part of a file.
     *
     * @throws MongoGridFsException if the file does not say how large it and its chunks are
     */
    ChunkOrder(GridFsFile file, ByteRange wanted) {
        this.file = file;
        this.length = file.length();
        this.range = wanted.within(length);
        this.chunkSize = length == 0 ? 1 : file.chunkSizeBytes();
        this.count = length / chunkSize + (length % chunkSize == 0 ? 0 : 1);
        this.first = range.from() / chunkSize;
        this.last = range.isEmpty() ? first - 1 : (range.to() - 1) / chunkSize;
        this.expected = first;
    }

    /** What of the file is wanted and there. */
    ByteRange range() {
        return range;
    }

    /** The number of the first chunk. */
    long first() {
        return first;
    }

    /** The number of the last chunk; less than the first if none is wanted. */
    long last() {
        return last;
    }

    /** Whether the part ends where the file does, so that there must be no further chunk. */
    boolean toTheEnd() {
        return last == count - 1;
    }

    /** Whether no more chunk is expected. */
    boolean allThere() {
        return expected > last;
    }

    /** Where in the file the bytes stand that come next. */
    long position() {
        return Math.min(range.to(), Math.max(range.from(), expected * chunkSize));
    }

    /**
     * Checks the next chunk.
     *
     * @return those of its bytes that belong to the part; {@code null} for an empty one behind the last, as some
     *     drivers used to leave them
     * @throws MongoGridFsException if it is not the one that is expected, or of another size
     */
    @Nullable
    ByteBuffer accept(StoredChunk chunk) {
        ByteBuffer data = chunk.data();
        if (allThere() && chunk.n() >= expected) {
            if (data != null && !data.hasRemaining()) {
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
        long start = expected * chunkSize;
        long size = Math.min(chunkSize, length - start);
        if (data == null || data.remaining() != size) {
            throw wrong(
                    Reason.CHUNK_SIZE,
                    "a chunk " + expected + " of " + (data == null ? 0 : data.remaining()) + " bytes instead of "
                            + size);
        }
        expected++;
        int from = (int) Math.max(0, range.from() - start);
        int to = (int) Math.min(size, range.to() - start);
        return from == 0 && to == size ? data : data.slice(from, to - from);
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
