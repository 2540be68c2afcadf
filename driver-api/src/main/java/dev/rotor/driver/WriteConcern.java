package dev.rotor.driver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server must have done before it acknowledges a write, as the Read and Write Concern specification defines it.
 *
 * @param w a number of members ({@link Integer}), or {@code "majority"} or the name of a custom concern
 *     ({@link String}); {@code null} leaves it to the server
 * @param wTimeout how long the server waits for the members, in whole milliseconds; {@code null} leaves it to the
 *     server
 * @param journal whether the write must be in the journal; {@code null} leaves it to the server
 */
public record WriteConcern(@Nullable Object w, @Nullable Duration wTimeout, @Nullable Boolean journal) {

    /** The server's default: no write concern is sent. */
    public static final WriteConcern ACKNOWLEDGED = new WriteConcern(null, null, null);
    /** One member has it in memory. */
    public static final WriteConcern W1 = new WriteConcern(1, null, null);
    /** Two members have it. */
    public static final WriteConcern W2 = new WriteConcern(2, null, null);
    /** Three members have it. */
    public static final WriteConcern W3 = new WriteConcern(3, null, null);
    /** A majority of the voting members has it. */
    public static final WriteConcern MAJORITY = new WriteConcern("majority", null, null);
    /** The journal of one member has it. */
    public static final WriteConcern JOURNALED = new WriteConcern(null, null, true);
    /** Nobody acknowledges: the result says nothing, and most failures go unnoticed. */
    public static final WriteConcern UNACKNOWLEDGED = new WriteConcern(0, null, null);

    /**
     * Checks the components.
     *
     * @param w a number of members, a name, or {@code null}
     * @param wTimeout how long the server waits, or {@code null}
     * @param journal whether the write must be in the journal, or {@code null}
     * @throws IllegalArgumentException if {@code w} is negative or neither number nor name, {@code wTimeout} is
     *     negative, or {@code w: 0} is combined with {@code journal: true}
     */
    public WriteConcern {
        if (w instanceof Integer members) {
            if (members < 0) {
                throw new IllegalArgumentException("w must not be negative: " + members);
            }
            if (members == 0 && Boolean.TRUE.equals(journal)) {
                throw new IllegalArgumentException("w=0 cannot be combined with journal=true");
            }
        } else if (w != null && !(w instanceof String)) {
            throw new IllegalArgumentException(
                    "w must be an Integer or a String, not a " + w.getClass().getName());
        }
        if (wTimeout != null && wTimeout.isNegative()) {
            throw new IllegalArgumentException("wTimeout must not be negative: " + wTimeout);
        }
    }

    /**
     * Whether the server acknowledges writes.
     *
     * @return {@code false} for {@code w: 0} only
     */
    public boolean isAcknowledged() {
        return !(w instanceof Integer members && members == 0);
    }

    /**
     * Whether this is the server's default, which is not sent.
     *
     * @return {@code true} without any component
     */
    public boolean isServerDefault() {
        return w == null && wTimeout == null && journal == null;
    }

    /**
     * The same for a number of members.
     *
     * @param members 0 or more
     * @return a copy
     */
    public WriteConcern withW(int members) {
        return new WriteConcern(members, wTimeout, journal);
    }

    /**
     * The same for a name.
     *
     * @param name {@code "majority"} or the name of a custom concern
     * @return a copy
     */
    public WriteConcern withW(String name) {
        return new WriteConcern(name, wTimeout, journal);
    }

    /**
     * The same with a journal setting.
     *
     * @param journal whether the write must be in the journal; {@code null} leaves it to the server
     * @return a copy
     */
    public WriteConcern withJournal(@Nullable Boolean journal) {
        return new WriteConcern(w, wTimeout, journal);
    }

    /**
     * The same with a time limit.
     *
     * @param wTimeout how long the server waits for the members; {@code null} leaves it to the server
     * @return a copy
     */
    public WriteConcern withWTimeout(@Nullable Duration wTimeout) {
        return new WriteConcern(w, wTimeout, journal);
    }
}
