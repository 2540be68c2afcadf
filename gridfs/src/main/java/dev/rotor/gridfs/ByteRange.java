package dev.rotor.gridfs;

/**
 * A part of a file.
 *
 * @param from the first byte, counted from 0
 * @param to the byte behind the last one
 */
record ByteRange(long from, long to) {

    /** The whole file, however long it is. */
    static final ByteRange ALL = new ByteRange(0, Long.MAX_VALUE);

    ByteRange {
        if (from < 0) {
            throw new IllegalArgumentException("a range must not begin before byte 0: " + from);
        }
        if (to < from) {
            throw new IllegalArgumentException("a range must not end before it begins: " + from + " to " + to);
        }
    }

    /** What of it lies in a file of this length; perhaps nothing. */
    ByteRange within(long length) {
        return new ByteRange(Math.min(from, length), Math.min(to, length));
    }

    long length() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }
}
