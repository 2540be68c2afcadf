package dev.rotor.gridfs;

/**
 * Hears how far an upload or a download has come. The calls of one stream follow one another, but may come from any
 * thread, also from one of the client's event loops: so it must not block. What it throws is ignored.
 */
@FunctionalInterface
public interface GridFsProgress {

    /**
     * More bytes have arrived: on the server for an upload, at the reader for a download.
     *
     * @param bytes how many there are by now; never fewer than in the call before
     * @param total how many there will be; -1 where that is not known
     */
    void transferred(long bytes, long total);
}
