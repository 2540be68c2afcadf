package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * Builds the keys of indexes: {@code compoundIndex(ascending("name"), descending("born"))}. Meant to be imported
 * statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/indexes/">Indexes</a>
 */
public final class Indexes {

    private Indexes() {}

    /**
     * An index on the fields, ascending.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the index keys
     * @throws IllegalArgumentException if there is none, or a name is empty or has a NUL character
     */
    public static Bson ascending(String... fieldNames) {
        return Shape.ofEach(Names.somePaths(fieldNames), Literal.of(1));
    }

    /**
     * An index on the fields, ascending.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the index keys
     * @throws IllegalArgumentException if there is none, or a name is empty or has a NUL character
     */
    public static Bson ascending(List<String> fieldNames) {
        return Shape.ofEach(Names.somePaths(fieldNames), Literal.of(1));
    }

    /**
     * An index on the fields, descending.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the index keys
     * @throws IllegalArgumentException if there is none, or a name is empty or has a NUL character
     */
    public static Bson descending(String... fieldNames) {
        return Shape.ofEach(Names.somePaths(fieldNames), Literal.of(-1));
    }

    /**
     * An index on the fields, descending.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the index keys
     * @throws IllegalArgumentException if there is none, or a name is empty or has a NUL character
     */
    public static Bson descending(List<String> fieldNames) {
        return Shape.ofEach(Names.somePaths(fieldNames), Literal.of(-1));
    }

    /**
     * An index on the fields for geometries on a sphere.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the index keys
     * @throws IllegalArgumentException if there is none, or a name is empty or has a NUL character
     */
    public static Bson geo2dsphere(String... fieldNames) {
        return Shape.ofEach(Names.somePaths(fieldNames), Literal.of("2dsphere"));
    }

    /**
     * An index on the fields for geometries on a sphere.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the index keys
     * @throws IllegalArgumentException if there is none, or a name is empty or has a NUL character
     */
    public static Bson geo2dsphere(List<String> fieldNames) {
        return Shape.ofEach(Names.somePaths(fieldNames), Literal.of("2dsphere"));
    }

    /**
     * An index on a field for legacy coordinates on a plane.
     *
     * @param fieldName the field
     * @return the index keys
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson geo2d(String fieldName) {
        return Shape.of(Require.path("fieldName", fieldName), Literal.of("2d"));
    }

    /**
     * An index on a field for text search.
     *
     * @param fieldName the field
     * @return the index keys
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson text(String fieldName) {
        return Shape.of(Require.path("fieldName", fieldName), Literal.of("text"));
    }

    /**
     * An index for text search on every field that holds a string.
     *
     * @return the index keys
     */
    public static Bson text() {
        return text("$**");
    }

    /**
     * An index on the hash of a field, for hashed sharding.
     *
     * @param fieldName the field
     * @return the index keys
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson hashed(String fieldName) {
        return Shape.of(Require.path("fieldName", fieldName), Literal.of("hashed"));
    }

    /**
     * An index on the keys of several, the first one foremost.
     *
     * @param indexes the keys
     * @return the index keys
     * @throws IllegalArgumentException if there is none
     */
    public static Bson compoundIndex(Bson... indexes) {
        return new Joined(Joined.Rule.FIRST_PLACE, Require.some("indexes", indexes));
    }

    /**
     * An index on the keys of several, the first one foremost.
     *
     * @param indexes the keys
     * @return the index keys
     * @throws IllegalArgumentException if there is none
     */
    public static Bson compoundIndex(List<? extends Bson> indexes) {
        return new Joined(Joined.Rule.FIRST_PLACE, Require.some("indexes", indexes));
    }
}
