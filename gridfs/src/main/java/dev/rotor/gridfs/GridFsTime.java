package dev.rotor.gridfs;

import java.time.Instant;

/** Tells the time; tests bring their own. */
interface GridFsTime {

    /** The clocks of the system. */
    GridFsTime SYSTEM = new GridFsTime() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    };

    /** For differences only. */
    long nanoTime();

    /** For people. */
    Instant now();
}
