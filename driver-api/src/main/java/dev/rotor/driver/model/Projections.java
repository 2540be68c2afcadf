package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * Builds projections: {@code fields(include("name"), excludeId())}. Meant to be imported statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/method/db.collection.find/">Projection</a>
 */
public final class Projections {

    private Projections() {}

    /**
     * Gives a field the value of an expression, in {@code $project} and, from MongoDB 4.4, in find.
     *
     * @param fieldName the field
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson computed(String fieldName, Object expression) {
        return Shape.of(Require.path("fieldName", fieldName), Require.nonNull("expression", expression));
    }

    /**
     * Gives a field the metadata of the search stage, the variable {@code $$SEARCH_META}.
     *
     * @param fieldName the field
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson computedSearchMeta(String fieldName) {
        return Shape.of(Require.path("fieldName", fieldName), Literal.of("$$SEARCH_META"));
    }

    /**
     * Includes the fields. None at all changes nothing.
     *
     * @param fieldNames the fields
     * @return the projection
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson include(String... fieldNames) {
        return Shape.ofEach(Names.paths(fieldNames), Literal.of(1));
    }

    /**
     * Includes the fields. None at all changes nothing.
     *
     * @param fieldNames the fields
     * @return the projection
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson include(List<String> fieldNames) {
        return Shape.ofEach(Names.paths(fieldNames), Literal.of(1));
    }

    /**
     * Leaves out the fields. None at all changes nothing.
     *
     * @param fieldNames the fields
     * @return the projection
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson exclude(String... fieldNames) {
        return Shape.ofEach(Names.paths(fieldNames), Literal.of(0));
    }

    /**
     * Leaves out the fields. None at all changes nothing.
     *
     * @param fieldNames the fields
     * @return the projection
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson exclude(List<String> fieldNames) {
        return Shape.ofEach(Names.paths(fieldNames), Literal.of(0));
    }

    /**
     * Leaves out {@code _id}, which is there unless it is left out.
     *
     * @return the projection
     */
    public static Bson excludeId() {
        return Shape.of("_id", Literal.of(0));
    }

    /**
     * Includes of an array only the first element that matched the query.
     *
     * @param fieldName the array
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson elemMatch(String fieldName) {
        return Shape.of(Require.path("fieldName", fieldName) + ".$", Literal.of(1));
    }

    /**
     * Includes of an array only the first element that matches the filter.
     *
     * @param fieldName the array
     * @param filter the filter
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson elemMatch(String fieldName, Bson filter) {
        return Shape.of(Require.path("fieldName", fieldName), "$elemMatch", Require.nonNull("filter", filter));
    }

    /**
     * Gives a field the value of some metadata of the document.
     *
     * @param fieldName the field
     * @param metaFieldName for example {@code "textScore"} or {@code "indexKey"}
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson meta(String fieldName, String metaFieldName) {
        return Shape.of(
                Require.path("fieldName", fieldName),
                "$meta",
                Literal.of(Require.nonNull("metaFieldName", metaFieldName)));
    }

    /**
     * Gives a field the score of the text search.
     *
     * @param fieldName the field
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson metaTextScore(String fieldName) {
        return meta(fieldName, "textScore");
    }

    /**
     * Gives a field the score of {@code $search}.
     *
     * @param fieldName the field
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson metaSearchScore(String fieldName) {
        return meta(fieldName, "searchScore");
    }

    /**
     * Gives a field the score of {@code $vectorSearch}.
     *
     * @param fieldName the field
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson metaVectorSearchScore(String fieldName) {
        return meta(fieldName, "vectorSearchScore");
    }

    /**
     * Gives a field the highlights of {@code $search}.
     *
     * @param fieldName the field
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson metaSearchHighlights(String fieldName) {
        return meta(fieldName, "searchHighlights");
    }

    /**
     * Includes only the first elements of an array, or the last.
     *
     * @param fieldName the array
     * @param limit how many; the last ones if negative
     * @return the projection
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson slice(String fieldName, int limit) {
        return Shape.of(Require.path("fieldName", fieldName), "$slice", Literal.of(limit));
    }

    /**
     * Includes only some elements of an array.
     *
     * @param fieldName the array
     * @param skip the index of the first, from the end if negative
     * @param limit how many
     * @return the projection
     * @throws IllegalArgumentException if the limit is not positive, or the field is empty or has a NUL character
     */
    public static Bson slice(String fieldName, int skip, int limit) {
        return Shape.of(
                Require.path("fieldName", fieldName),
                "$slice",
                Items.of(Literal.of(skip), Literal.of(Require.atLeast("limit", limit, 1))));
    }

    /**
     * Combines projections into one. Where two have the same field, the last one counts.
     *
     * @param projections the projections
     * @return the projection
     */
    public static Bson fields(Bson... projections) {
        return new Joined(Joined.Rule.LAST_PLACE, Require.all("projections", projections));
    }

    /**
     * Combines projections into one. Where two have the same field, the last one counts.
     *
     * @param projections the projections
     * @return the projection
     */
    public static Bson fields(List<? extends Bson> projections) {
        return new Joined(Joined.Rule.LAST_PLACE, Require.all("projections", projections));
    }
}
