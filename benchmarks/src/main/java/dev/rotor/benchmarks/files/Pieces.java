package dev.rotor.benchmarks.files;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;

/** The contents of a file to be stored, piece by piece, from one block of memory. */
final class Pieces implements Iterator<ByteBuffer> {

    /** A power of two, as buffers of applications are; no chunk of GridFS has this size. */
    static final int PIECE_BYTES = 256 * 1024;

    private static final byte[] BLOCK = block();

    private long left;

    Pieces(long length) {
        left = length;
    }

    private static byte[] block() {
        byte[] block = new byte[PIECE_BYTES];
        new Random(1).nextBytes(block);
        return block;
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public ByteBuffer next() {
        if (left <= 0) {
            throw new NoSuchElementException();
        }
        int size = (int) Math.min(left, PIECE_BYTES);
        left -= size;
        return ByteBuffer.wrap(BLOCK, 0, size);
    }
}
