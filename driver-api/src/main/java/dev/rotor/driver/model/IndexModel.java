package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.conversions.Bson;

/**
 * An index to create: its keys and what it is like.
 *
 * @param keys the fields in their order, each with 1, -1 or the kind of index
 * @param options what it is like
 */
public record IndexModel(Bson keys, IndexOptions options) {

    public IndexModel {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(options, "options");
    }

    /**
     * An index with the server's defaults.
     *
     * @param keys the fields in their order, each with 1, -1 or the kind of index
     * @return the rest at its default
     */
    public static IndexModel create(Bson keys) {
        return new IndexModel(keys, IndexOptions.DEFAULT);
    }

    /**
     * The same with another {@code options}.
     *
     * @param options what it is like
     * @return a copy
     */
    public IndexModel options(IndexOptions options) {
        return new IndexModel(keys, options);
    }

    /** Only what is given. */
    @Override
    public String toString() {
        return OptionText.of("IndexModel", "keys", keys, "options", options);
    }
}
