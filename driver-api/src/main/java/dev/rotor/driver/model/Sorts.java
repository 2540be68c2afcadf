package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * Builds sorts: {@code orderBy(ascending("name"), descending("born"))}. Meant to be imported statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/method/cursor.sort/">Sort</a>
 */
public final class Sorts {

    private Sorts() {}

    /**
     * Sorts by the fields, ascending. None at all does not sort.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the sort
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson ascending(String... fieldNames) {
        return Shape.ofEach(Names.paths(fieldNames), Literal.of(1));
    }

    /**
     * Sorts by the fields, ascending. None at all does not sort.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the sort
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson ascending(List<String> fieldNames) {
        return Shape.ofEach(Names.paths(fieldNames), Literal.of(1));
    }

    /**
     * Sorts by the fields, descending. None at all does not sort.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the sort
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson descending(String... fieldNames) {
        return Shape.ofEach(Names.paths(fieldNames), Literal.of(-1));
    }

    /**
     * Sorts by the fields, descending. None at all does not sort.
     *
     * @param fieldNames the fields, the first one foremost
     * @return the sort
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson descending(List<String> fieldNames) {
        return Shape.ofEach(Names.paths(fieldNames), Literal.of(-1));
    }

    /**
     * Sorts by the score of the text search, the best first.
     *
     * @param fieldName the name that the projection gives the score
     * @return the sort
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson metaTextScore(String fieldName) {
        return Shape.of(Require.path("fieldName", fieldName), "$meta", Literal.of("textScore"));
    }

    /**
     * Combines sorts into one, the first one foremost.
     *
     * @param sorts the sorts
     * @return the sort
     */
    public static Bson orderBy(Bson... sorts) {
        return new Joined(Joined.Rule.FIRST_PLACE, Require.all("sorts", sorts));
    }

    /**
     * Combines sorts into one, the first one foremost.
     *
     * @param sorts the sorts
     * @return the sort
     */
    public static Bson orderBy(List<? extends Bson> sorts) {
        return new Joined(Joined.Rule.FIRST_PLACE, Require.all("sorts", sorts));
    }
}
