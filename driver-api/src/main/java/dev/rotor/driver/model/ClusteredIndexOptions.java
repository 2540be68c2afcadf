package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The index by whose key the documents of a clustered collection are ordered.
 *
 * @param key the key, always {@code {_id: 1}} so far
 * @param unique whether keys are unique, always {@code true} so far
 * @param name the name of the index; {@code null}: not sent
 */
public record ClusteredIndexOptions(Bson key, boolean unique, @Nullable String name) {

    public ClusteredIndexOptions {
        Objects.requireNonNull(key, "key");
    }

    /**
     * A clustered index.
     *
     * @param key the key, always {@code {_id: 1}} so far
     * @param unique whether keys are unique, always {@code true} so far
     * @return the rest at its default
     */
    public static ClusteredIndexOptions create(Bson key, boolean unique) {
        return new ClusteredIndexOptions(key, unique, null);
    }

    /**
     * The same with another {@code name}.
     *
     * @param name the name of the index; {@code null}: not sent
     * @return a copy
     */
    public ClusteredIndexOptions name(@Nullable String name) {
        return new ClusteredIndexOptions(key, unique, name);
    }

    /** Only what is given. */
    @Override
    public String toString() {
        return OptionText.of("ClusteredIndexOptions", "key", key, "unique", unique, "name", name);
    }
}
