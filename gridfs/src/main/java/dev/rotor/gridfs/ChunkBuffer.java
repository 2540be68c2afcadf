package dev.rotor.gridfs;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chunk that is being filled. Arrays whose chunks have arrived are filled again, so that a long upload makes no
 * more of them than it has in use at once. The first chunk's array grows with its contents, since many files are small.
 */
final class ChunkBuffer {

    private static final int FIRST_ALLOCATION = 8 * 1024;
    private static final byte[] NOTHING = new byte[0];

    private final int chunkSize;
    private final @Nullable MessageDigest digest;
    private final ArrayDeque<byte[]> spare = new ArrayDeque<>();
    private byte[] chunk = NOTHING;
    private int length;
    private boolean first = true;

    /** An empty one; the digest sees all bytes in order. */
    ChunkBuffer(int chunkSize, @Nullable MessageDigest digest) {
        this.chunkSize = chunkSize;
        this.digest = digest;
    }

    int length() {
        return length;
    }

    boolean isFull() {
        return length == chunkSize;
    }

    /** Copies as many of the bytes as fit into the chunk. */
    void fill(ByteBuffer from) {
        int wanted = Math.min(from.remaining(), chunkSize - length);
        makeRoom(wanted);
        from.get(chunk, length, wanted);
        length += wanted;
    }

    /**
     * A place for bytes that somebody reads, at least one; to be followed by {@link #advance}.
     *
     * @param expected about how many more bytes there are, -1 if that is not known
     */
    ByteBuffer room(long expected) {
        if (chunk.length == length) {
            makeRoom(expected > 0 ? (int) Math.min(expected, chunkSize - length) : 1);
        }
        return ByteBuffer.wrap(chunk, length, chunk.length - length);
    }

    /** As many bytes are there now. */
    void advance(int bytes) {
        length += bytes;
    }

    private void makeRoom(int wanted) {
        if (chunk.length - length >= wanted) {
            return;
        }
        byte[] used = length == 0 ? spare.poll() : null;
        if (used != null) {
            chunk = used;
            return;
        }
        int size = first ? Math.max(length + wanted, Math.max(FIRST_ALLOCATION, 2 * length)) : chunkSize;
        chunk = Arrays.copyOf(chunk, Math.min(chunkSize, size));
    }

    /** Ends the chunk. */
    byte[] take() {
        if (digest != null) {
            digest.update(chunk, 0, length);
        }
        byte[] data = length == chunk.length ? chunk : Arrays.copyOf(chunk, length);
        chunk = NOTHING;
        length = 0;
        first = false;
        return data;
    }

    /** An array that was {@link #take taken} and that nobody uses any more. */
    void giveBack(byte[] data) {
        if (data.length == chunkSize) {
            spare.add(data);
        }
    }

    /** Forgets everything. */
    void clear() {
        chunk = NOTHING;
        length = 0;
        spare.clear();
    }
}
