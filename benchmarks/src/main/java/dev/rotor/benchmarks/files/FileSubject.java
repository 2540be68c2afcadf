package dev.rotor.benchmarks.files;

/** A driver's GridFS bucket with default settings, used as its documentation says, from memory to memory. */
interface FileSubject extends AutoCloseable {

    /** The database of the bucket. */
    String DATABASE = "bench";

    /**
     * Stores a file and blocks until it is complete.
     *
     * @param length its length in bytes
     */
    void upload(long length);

    /**
     * Reads the server's file and blocks until all of it is there.
     *
     * @return how many bytes came
     */
    long download();

    @Override
    void close();
}
