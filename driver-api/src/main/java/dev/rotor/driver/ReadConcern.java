package dev.rotor.driver;

import org.jspecify.annotations.Nullable;

/**
 * Which data a read may see, as the Read and Write Concern specification defines it.
 *
 * @param level the level, for example {@code "majority"}; {@code null} leaves it to the server
 */
public record ReadConcern(@Nullable String level) {

    /** The server's default: no read concern is sent. */
    public static final ReadConcern DEFAULT = new ReadConcern(null);
    /** The queried member's newest data, which may be rolled back. */
    public static final ReadConcern LOCAL = new ReadConcern("local");
    /** Data acknowledged by a majority. */
    public static final ReadConcern MAJORITY = new ReadConcern("majority");
    /** Data that reflects every majority write that ended before the read began. */
    public static final ReadConcern LINEARIZABLE = new ReadConcern("linearizable");
    /** A snapshot of majority-committed data. */
    public static final ReadConcern SNAPSHOT = new ReadConcern("snapshot");
    /** Like local, and on a sharded collection possibly with orphaned documents. */
    public static final ReadConcern AVAILABLE = new ReadConcern("available");

    /**
     * Whether this is the server's default, which is not sent.
     *
     * @return {@code true} without a level
     */
    public boolean isServerDefault() {
        return level == null;
    }
}
