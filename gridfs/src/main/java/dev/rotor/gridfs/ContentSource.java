package dev.rotor.gridfs;

import java.nio.ByteBuffer;

/** Where an upload gets its bytes from by asking for them, so that they are read straight into chunks. */
interface ContentSource {

    /** Hears what came of a read. */
    interface Reply {
        /**
         * The read is done.
         *
         * @param bytes how many were read, at least one; -1 at the end
         */
        void read(int bytes);

        /**
         * The source has failed.
         *
         * @param why what it threw
         */
        void failed(Throwable why);
    }

    /**
     * Reads once; not called again before it was answered.
     *
     * @param target an array with room for at least one byte
     * @param reply hears what came of it, on any thread
     */
    void read(ByteBuffer target, Reply reply);

    /** How many bytes there are in all as far as is known now, else -1. */
    long total();

    /** No more is read; what belongs to the source alone is released. */
    void close();
}
