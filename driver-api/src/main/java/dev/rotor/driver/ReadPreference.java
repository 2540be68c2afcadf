package dev.rotor.driver;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which members of a replica set a read may go to, as the Server Selection specification defines it.
 *
 * @param mode which kinds of members
 * @param tagSets tried in order until one fits some server; empty means any server; must be empty for primary
 * @param maxStaleness how far a secondary may lag behind, whole seconds and at least 90 s; {@code null} for no limit;
 *     must be {@code null} for primary
 */
public record ReadPreference(Mode mode, List<TagSet> tagSets, @Nullable Duration maxStaleness) {

    /** Which kinds of members a read may go to. */
    public enum Mode {
        /** The primary only. */
        PRIMARY("primary"),
        /** The primary, or a secondary when there is none. */
        PRIMARY_PREFERRED("primaryPreferred"),
        /** Secondaries only. */
        SECONDARY("secondary"),
        /** Secondaries, or the primary when there are none. */
        SECONDARY_PREFERRED("secondaryPreferred"),
        /** Any member within the latency window. */
        NEAREST("nearest");

        private final String wireName;

        Mode(String wireName) {
            this.wireName = wireName;
        }

        /**
         * The mode's name in connection strings and commands.
         *
         * @return for example {@code "secondaryPreferred"}
         */
        public String wireName() {
            return wireName;
        }
    }

    /** The primary only: the default. */
    public static final ReadPreference PRIMARY = new ReadPreference(Mode.PRIMARY, List.of(), null);
    /** The primary, or a secondary when there is none. */
    public static final ReadPreference PRIMARY_PREFERRED = new ReadPreference(Mode.PRIMARY_PREFERRED, List.of(), null);
    /** Secondaries only. */
    public static final ReadPreference SECONDARY = new ReadPreference(Mode.SECONDARY, List.of(), null);
    /** Secondaries, or the primary when there are none. */
    public static final ReadPreference SECONDARY_PREFERRED =
            new ReadPreference(Mode.SECONDARY_PREFERRED, List.of(), null);
    /** Any member within the latency window. */
    public static final ReadPreference NEAREST = new ReadPreference(Mode.NEAREST, List.of(), null);

    /**
     * Checks the components.
     *
     * @param mode which kinds of members
     * @param tagSets tried in order
     * @param maxStaleness how far a secondary may lag behind, or {@code null}
     * @throws IllegalArgumentException if primary is combined with tags or a staleness, or the staleness is not
     *     positive
     */
    public ReadPreference {
        Objects.requireNonNull(mode, "mode");
        tagSets = List.copyOf(tagSets);
        if (mode == Mode.PRIMARY) {
            if (!tagSets.isEmpty()
                    && !(tagSets.size() == 1 && tagSets.get(0).tags().isEmpty())) {
                throw new IllegalArgumentException("read preference primary cannot be combined with tags");
            }
            if (maxStaleness != null) {
                throw new IllegalArgumentException("read preference primary cannot be combined with maxStaleness");
            }
        }
        if (maxStaleness != null && (maxStaleness.isNegative() || maxStaleness.isZero())) {
            throw new IllegalArgumentException("maxStaleness must be positive: " + maxStaleness);
        }
    }

    /**
     * The same with tag sets.
     *
     * @param tagSets tried in order until one fits some server
     * @return a copy
     */
    public ReadPreference withTagSets(List<TagSet> tagSets) {
        return new ReadPreference(mode, tagSets, maxStaleness);
    }

    /**
     * The same with a staleness limit.
     *
     * @param maxStaleness how far a secondary may lag behind; {@code null} for no limit
     * @return a copy
     */
    public ReadPreference withMaxStaleness(@Nullable Duration maxStaleness) {
        return new ReadPreference(mode, tagSets, maxStaleness);
    }
}
