package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.BsonValue;

/** Where in documents a search looks. */
public sealed interface SearchPath extends WritableBson permits FieldSearchPath, SearchDocument {
    /**
     * A field.
     *
     * @param path its path, without {@code *}; not empty
     * @return the path
     * @throws IllegalArgumentException if the path is empty or contains {@code *}
     */
    static FieldSearchPath fieldPath(String path) {
        if (Require.path("path", path).contains("*")) {
            throw new IllegalArgumentException("path must not contain *: use wildcardPath for " + path);
        }
        return new SearchDocument(Shape.of("value", Literal.of(path)));
    }

    /**
     * All fields whose paths fit.
     *
     * @param wildcardPath the path, in which {@code *} stands for anything
     * @return the path
     * @throws IllegalArgumentException if there is no {@code *} in it, or two at one place
     */
    static SearchPath wildcardPath(String wildcardPath) {
        if (!Require.path("wildcardPath", wildcardPath).contains("*") || wildcardPath.contains("**")) {
            throw new IllegalArgumentException("wildcardPath must contain *, but not **, unlike " + wildcardPath);
        }
        return new SearchDocument(Shape.of("wildcard", Literal.of(wildcardPath)));
    }

    /**
     * As operators write it: a field is a string, anything else a document.
     *
     * @return the value
     */
    BsonValue toBsonValue();
}
