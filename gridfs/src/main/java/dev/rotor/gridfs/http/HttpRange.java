package dev.rotor.gridfs.http;

/**
 * A part of a file.
 *
 * @param first the first byte of it, from 0
 * @param last the last byte of it
 */
record HttpRange(long first, long last) {

    long length() {
        return last - first + 1;
    }

    /** The value of {@code Content-Range} (RFC 9110, section 14.4). */
    String contentRange(long fileLength) {
        return "bytes " + first + "-" + last + "/" + fileLength;
    }
}
