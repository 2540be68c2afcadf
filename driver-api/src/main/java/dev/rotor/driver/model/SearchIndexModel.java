package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A search index to be created, as the Index Management specification defines it.
 *
 * @param name its name; {@code null} leaves it to the server: {@code "default"}
 * @param definition what it holds, for example {@code {mappings: {dynamic: true}}} or a {@link SearchIndexDefinition}
 * @param type its kind; {@code null}: not sent, which makes it {@link SearchIndexType#SEARCH}
 */
public record SearchIndexModel(@Nullable String name, Bson definition, @Nullable SearchIndexType type) {

    public SearchIndexModel {
        Objects.requireNonNull(definition, "definition");
    }

    /**
     * An index of the default name and kind.
     *
     * @param definition what it holds
     */
    public SearchIndexModel(Bson definition) {
        this(null, definition, null);
    }

    /**
     * An index of the default kind.
     *
     * @param name its name
     * @param definition what it holds
     */
    public SearchIndexModel(String name, Bson definition) {
        this(Objects.requireNonNull(name, "name"), definition, null);
    }
}
