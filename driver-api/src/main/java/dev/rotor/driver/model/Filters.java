package dev.rotor.driver.model;

import dev.rotor.driver.model.geojson.Geometry;
import dev.rotor.driver.model.geojson.Point;
import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.BsonRegularExpression;
import org.bson.BsonType;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Builds query filters: {@code and(eq("name", "Ada"), gte("born", 1815))}. Meant to be imported statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be. A
 * field name may be empty, because documents may have such a field.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/operator/query/">Query operators</a>
 */
public final class Filters {

    private Filters() {}

    /**
     * Matches the document whose {@code _id} is the value.
     *
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the filter
     */
    public static Bson eq(@Nullable Object value) {
        return eq("_id", value);
    }

    /**
     * Matches documents where the field equals the value, or is an array that holds it.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson eq(String fieldName, @Nullable Object value) {
        return Shape.of(Require.name("fieldName", fieldName), value);
    }

    /**
     * Matches documents where the field does not equal the value, or is not there.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson ne(String fieldName, @Nullable Object value) {
        return operator(fieldName, "$ne", value);
    }

    /**
     * Matches documents where the field is greater than the value.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson gt(String fieldName, @Nullable Object value) {
        return operator(fieldName, "$gt", value);
    }

    /**
     * Matches documents where the field is less than the value.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson lt(String fieldName, @Nullable Object value) {
        return operator(fieldName, "$lt", value);
    }

    /**
     * Matches documents where the field is greater than the value or equal to it.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson gte(String fieldName, @Nullable Object value) {
        return operator(fieldName, "$gte", value);
    }

    /**
     * Matches documents where the field is less than the value or equal to it.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson lte(String fieldName, @Nullable Object value) {
        return operator(fieldName, "$lte", value);
    }

    /**
     * Matches documents where the field equals one of the values.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson in(String fieldName, @Nullable Object... values) {
        return operator(fieldName, "$in", Items.of("values", values));
    }

    /**
     * Matches documents where the field equals one of the values.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson in(String fieldName, Iterable<?> values) {
        return operator(fieldName, "$in", Items.of("values", values));
    }

    /**
     * Matches documents where the field equals none of the values, or is not there.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson nin(String fieldName, @Nullable Object... values) {
        return operator(fieldName, "$nin", Items.of("values", values));
    }

    /**
     * Matches documents where the field equals none of the values, or is not there.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson nin(String fieldName, Iterable<?> values) {
        return operator(fieldName, "$nin", Items.of("values", values));
    }

    /**
     * Matches documents that all of the filters match. It is always written as {@code $and}.
     *
     * @param filters the filters
     * @return the filter
     * @throws IllegalArgumentException if there is none; {@link #empty()} matches everything
     */
    public static Bson and(Iterable<? extends Bson> filters) {
        return clauses("$and", Require.<Bson>some("filters", filters));
    }

    /**
     * Matches documents that all of the filters match. It is always written as {@code $and}.
     *
     * @param filters the filters
     * @return the filter
     * @throws IllegalArgumentException if there is none; {@link #empty()} matches everything
     */
    public static Bson and(Bson... filters) {
        return clauses("$and", Require.<Bson>some("filters", filters));
    }

    /**
     * Matches documents that at least one of the filters matches.
     *
     * @param filters the filters
     * @return the filter
     * @throws IllegalArgumentException if there is none; {@link #empty()} matches everything
     */
    public static Bson or(Iterable<? extends Bson> filters) {
        return clauses("$or", Require.<Bson>some("filters", filters));
    }

    /**
     * Matches documents that at least one of the filters matches.
     *
     * @param filters the filters
     * @return the filter
     * @throws IllegalArgumentException if there is none; {@link #empty()} matches everything
     */
    public static Bson or(Bson... filters) {
        return clauses("$or", Require.<Bson>some("filters", filters));
    }

    /**
     * Matches documents that the filter does not match.
     *
     * <p>The server has no negation of a whole filter: {@code {x: {$gt: 1}}} becomes {@code {x: {$not: {$gt: 1}}}}, and
     * {@code {x: 1}} becomes {@code {x: {$not: {$eq: 1}}}}. A filter on several fields becomes {@code {$not: {$and:
     * [...]}}}, which the server refuses; use {@link #nor(Bson...)} for those.
     *
     * @param filter what must not match
     * @return the filter
     */
    public static Bson not(Bson filter) {
        return new NotFilter(Require.nonNull("filter", filter));
    }

    /**
     * Matches documents that none of the filters matches.
     *
     * @param filters the filters
     * @return the filter
     * @throws IllegalArgumentException if there is none
     */
    public static Bson nor(Bson... filters) {
        return clauses("$nor", Require.<Bson>some("filters", filters));
    }

    /**
     * Matches documents that none of the filters matches.
     *
     * @param filters the filters
     * @return the filter
     * @throws IllegalArgumentException if there is none
     */
    public static Bson nor(Iterable<? extends Bson> filters) {
        return clauses("$nor", Require.<Bson>some("filters", filters));
    }

    /**
     * Matches documents that have the field, even with the value {@code null}.
     *
     * @param fieldName the field
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson exists(String fieldName) {
        return exists(fieldName, true);
    }

    /**
     * Matches documents that have the field, or that do not have it.
     *
     * @param fieldName the field
     * @param exists whether they have it
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson exists(String fieldName, boolean exists) {
        return operator(fieldName, "$exists", Literal.of(exists));
    }

    /**
     * Matches documents where the field is of a BSON type.
     *
     * @param fieldName the field
     * @param type the type
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson type(String fieldName, BsonType type) {
        return operator(
                fieldName, "$type", Literal.of(Require.nonNull("type", type).getValue()));
    }

    /**
     * Matches documents where the field is of a BSON type that is given by its alias.
     *
     * @param fieldName the field
     * @param type for example {@code "string"}, or {@code "number"} for all numeric types
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson type(String fieldName, String type) {
        return operator(fieldName, "$type", Literal.of(Require.nonNull("type", type)));
    }

    /**
     * Matches documents where the field, divided, leaves the remainder.
     *
     * @param fieldName the field
     * @param divisor the divisor
     * @param remainder the remainder
     * @return the filter
     * @throws IllegalArgumentException if the divisor is 0, or the field has a NUL character
     */
    public static Bson mod(String fieldName, long divisor, long remainder) {
        if (divisor == 0) {
            throw new IllegalArgumentException("divisor must not be 0");
        }
        return operator(fieldName, "$mod", Items.of(Literal.of(divisor), Literal.of(remainder)));
    }

    /**
     * Matches documents where the field matches the regular expression.
     *
     * @param fieldName the field
     * @param pattern the regular expression, in the syntax of PCRE
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson regex(String fieldName, String pattern) {
        return regex(fieldName, pattern, null);
    }

    /**
     * Matches documents where the field matches the regular expression.
     *
     * @param fieldName the field
     * @param pattern the regular expression, in the syntax of PCRE
     * @param options any of {@code i}, {@code m}, {@code s}, {@code u} and {@code x}; {@code null} for none
     * @return the filter
     * @throws IllegalArgumentException if the field or the pattern have a NUL character
     */
    public static Bson regex(String fieldName, String pattern, @Nullable String options) {
        return Shape.of(
                Require.name("fieldName", fieldName),
                new BsonRegularExpression(Require.name("pattern", pattern), options));
    }

    /**
     * Matches documents where the field matches the regular expression, with its flags.
     *
     * @param fieldName the field
     * @param pattern the regular expression; the server reads it as PCRE
     * @return the filter
     * @throws IllegalArgumentException if a flag has no equivalent, or the field has a NUL character
     */
    public static Bson regex(String fieldName, Pattern pattern) {
        return Shape.of(Require.name("fieldName", fieldName), Patterns.toBson(Require.nonNull("pattern", pattern)));
    }

    /**
     * Matches documents by the text index of the collection.
     *
     * @param search the words to look for
     * @return the filter
     */
    public static Bson text(String search) {
        return text(search, TextSearchOptions.DEFAULT);
    }

    /**
     * Matches documents by the text index of the collection.
     *
     * @param search the words to look for
     * @param textSearchOptions how
     * @return the filter
     */
    public static Bson text(String search, TextSearchOptions textSearchOptions) {
        Require.nonNull("textSearchOptions", textSearchOptions);
        return Shape.of(
                "$text",
                Shape.of("$search", Literal.of(Require.nonNull("search", search)))
                        .withPresent("$language", Literal.ofNullable(textSearchOptions.language()))
                        .withPresent("$caseSensitive", Literal.ofNullable(textSearchOptions.caseSensitive()))
                        .withPresent(
                                "$diacriticSensitive", Literal.ofNullable(textSearchOptions.diacriticSensitive())));
    }

    /**
     * Matches documents for which a JavaScript expression is true.
     *
     * @param javaScriptExpression the expression; {@code this} is the document
     * @return the filter
     */
    public static Bson where(String javaScriptExpression) {
        return Shape.of("$where", Literal.of(Require.nonNull("javaScriptExpression", javaScriptExpression)));
    }

    /**
     * Matches documents for which an aggregation expression is true.
     *
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the filter
     */
    public static Bson expr(Object expression) {
        return Shape.of("$expr", Require.nonNull("expression", expression));
    }

    /**
     * Matches documents where the field is an array that holds all of the values.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson all(String fieldName, @Nullable Object... values) {
        return operator(fieldName, "$all", Items.of("values", values));
    }

    /**
     * Matches documents where the field is an array that holds all of the values.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson all(String fieldName, Iterable<?> values) {
        return operator(fieldName, "$all", Items.of("values", values));
    }

    /**
     * Matches documents where the field is an array of which at least one element matches the filter.
     *
     * @param fieldName the field
     * @param filter what one element must match
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson elemMatch(String fieldName, Bson filter) {
        return operator(fieldName, "$elemMatch", Require.nonNull("filter", filter));
    }

    /**
     * Matches documents where the field is an array of this length.
     *
     * @param fieldName the field
     * @param size the length
     * @return the filter
     * @throws IllegalArgumentException if the size is negative, or the field has a NUL character
     */
    public static Bson size(String fieldName, int size) {
        return operator(fieldName, "$size", Literal.of(Require.atLeast("size", size, 0)));
    }

    /**
     * Matches documents where the field is a number or binary in which all of the bits are clear.
     *
     * @param fieldName the field
     * @param bitmask which bits
     * @return the filter
     * @throws IllegalArgumentException if the mask is negative, which the server refuses, or the field has a NUL
     *     character
     */
    public static Bson bitsAllClear(String fieldName, long bitmask) {
        return operator(fieldName, "$bitsAllClear", Literal.of(Require.atLeast("bitmask", bitmask, 0)));
    }

    /**
     * Matches documents where the field is a number or binary in which all of the bits are set.
     *
     * @param fieldName the field
     * @param bitmask which bits
     * @return the filter
     * @throws IllegalArgumentException if the mask is negative, which the server refuses, or the field has a NUL
     *     character
     */
    public static Bson bitsAllSet(String fieldName, long bitmask) {
        return operator(fieldName, "$bitsAllSet", Literal.of(Require.atLeast("bitmask", bitmask, 0)));
    }

    /**
     * Matches documents where the field is a number or binary in which at least one of the bits is clear.
     *
     * @param fieldName the field
     * @param bitmask which bits
     * @return the filter
     * @throws IllegalArgumentException if the mask is negative, which the server refuses, or the field has a NUL
     *     character
     */
    public static Bson bitsAnyClear(String fieldName, long bitmask) {
        return operator(fieldName, "$bitsAnyClear", Literal.of(Require.atLeast("bitmask", bitmask, 0)));
    }

    /**
     * Matches documents where the field is a number or binary in which at least one of the bits is set.
     *
     * @param fieldName the field
     * @param bitmask which bits
     * @return the filter
     * @throws IllegalArgumentException if the mask is negative, which the server refuses, or the field has a NUL
     *     character
     */
    public static Bson bitsAnySet(String fieldName, long bitmask) {
        return operator(fieldName, "$bitsAnySet", Literal.of(Require.atLeast("bitmask", bitmask, 0)));
    }

    /**
     * Matches documents where the field lies wholly within the geometry.
     *
     * @param fieldName the field
     * @param geometry the geometry
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson geoWithin(String fieldName, Geometry geometry) {
        return operator(fieldName, "$geoWithin", Shape.of("$geometry", Require.nonNull("geometry", geometry)));
    }

    /**
     * Matches documents where the field lies wholly within the geometry.
     *
     * @param fieldName the field
     * @param geometry the geometry as a GeoJSON document
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson geoWithin(String fieldName, Bson geometry) {
        return operator(fieldName, "$geoWithin", Shape.of("$geometry", Require.nonNull("geometry", geometry)));
    }

    /**
     * Matches documents where the field lies in a rectangle on a plane.
     *
     * @param fieldName the field
     * @param lowerLeftX the horizontal coordinate of the lower left corner
     * @param lowerLeftY its vertical coordinate
     * @param upperRightX the horizontal coordinate of the upper right corner
     * @param upperRightY its vertical coordinate
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson geoWithinBox(
            String fieldName, double lowerLeftX, double lowerLeftY, double upperRightX, double upperRightY) {
        return within(fieldName, "$box", Items.of(pair(lowerLeftX, lowerLeftY), pair(upperRightX, upperRightY)));
    }

    /**
     * Matches documents where the field lies in a polygon on a plane.
     *
     * @param fieldName the field
     * @param points its corners, each a pair of x and y
     * @return the filter
     * @throws IllegalArgumentException if there is no point, one is no pair, or the field has a NUL character
     */
    public static Bson geoWithinPolygon(String fieldName, List<List<Double>> points) {
        List<Items> corners = new ArrayList<>();
        for (List<Double> point : Require.<List<Double>>some("points", points)) {
            if (point.size() != 2) {
                throw new IllegalArgumentException("points must be pairs of x and y, and one is " + point);
            }
            List<Double> both = Require.all("points", point);
            corners.add(pair(both.get(0), both.get(1)));
        }
        return within(fieldName, "$polygon", new Items(corners));
    }

    /**
     * Matches documents where the field lies in a circle on a plane.
     *
     * @param fieldName the field
     * @param x the horizontal coordinate of the centre
     * @param y its vertical coordinate
     * @param radius the radius, in the units of the coordinates
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson geoWithinCenter(String fieldName, double x, double y, double radius) {
        return within(fieldName, "$center", Items.of(pair(x, y), Literal.of(radius)));
    }

    /**
     * Matches documents where the field lies in a circle on a sphere.
     *
     * @param fieldName the field
     * @param x the longitude of the centre
     * @param y its latitude
     * @param radius the radius, in radians
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson geoWithinCenterSphere(String fieldName, double x, double y, double radius) {
        return within(fieldName, "$centerSphere", Items.of(pair(x, y), Literal.of(radius)));
    }

    /**
     * Matches documents where the field has a position in common with the geometry.
     *
     * @param fieldName the field
     * @param geometry the geometry as a GeoJSON document
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson geoIntersects(String fieldName, Bson geometry) {
        return operator(fieldName, "$geoIntersects", Shape.of("$geometry", Require.nonNull("geometry", geometry)));
    }

    /**
     * Matches documents where the field has a position in common with the geometry.
     *
     * @param fieldName the field
     * @param geometry the geometry
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson geoIntersects(String fieldName, Geometry geometry) {
        return operator(fieldName, "$geoIntersects", Shape.of("$geometry", Require.nonNull("geometry", geometry)));
    }

    /**
     * Matches documents by how near the field is to a point, the nearest first.
     *
     * @param fieldName the field
     * @param geometry the point
     * @param maxDistance not farther than this, in metres; {@code null} for no limit
     * @param minDistance not nearer than this, in metres; {@code null} for no limit
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson near(
            String fieldName, Point geometry, @Nullable Double maxDistance, @Nullable Double minDistance) {
        return operator(
                fieldName,
                "$near",
                distances(Shape.of("$geometry", Require.nonNull("geometry", geometry)), maxDistance, minDistance));
    }

    /**
     * Matches documents by how near the field is to a point, the nearest first.
     *
     * @param fieldName the field
     * @param geometry the point as a GeoJSON document
     * @param maxDistance not farther than this, in metres; {@code null} for no limit
     * @param minDistance not nearer than this, in metres; {@code null} for no limit
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson near(
            String fieldName, Bson geometry, @Nullable Double maxDistance, @Nullable Double minDistance) {
        return operator(
                fieldName,
                "$near",
                distances(Shape.of("$geometry", Require.nonNull("geometry", geometry)), maxDistance, minDistance));
    }

    /**
     * Matches documents by how near the field is to a legacy pair of coordinates, the nearest first.
     *
     * @param fieldName the field
     * @param x the longitude, or horizontal coordinate
     * @param y the latitude, or vertical coordinate
     * @param maxDistance not farther than this, in the units of the coordinates; {@code null} for no limit
     * @param minDistance not nearer than this, in the units of the coordinates; {@code null} for no limit
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson near(
            String fieldName, double x, double y, @Nullable Double maxDistance, @Nullable Double minDistance) {
        return Shape.of(
                Require.name("fieldName", fieldName),
                distances(Shape.of("$near", pair(x, y)), maxDistance, minDistance));
    }

    /**
     * Matches documents by how near the field is to a point on a sphere, the nearest first.
     *
     * @param fieldName the field
     * @param geometry the point
     * @param maxDistance not farther than this, in metres; {@code null} for no limit
     * @param minDistance not nearer than this, in metres; {@code null} for no limit
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson nearSphere(
            String fieldName, Point geometry, @Nullable Double maxDistance, @Nullable Double minDistance) {
        return operator(
                fieldName,
                "$nearSphere",
                distances(Shape.of("$geometry", Require.nonNull("geometry", geometry)), maxDistance, minDistance));
    }

    /**
     * Matches documents by how near the field is to a point on a sphere, the nearest first.
     *
     * @param fieldName the field
     * @param geometry the point as a GeoJSON document
     * @param maxDistance not farther than this, in metres; {@code null} for no limit
     * @param minDistance not nearer than this, in metres; {@code null} for no limit
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson nearSphere(
            String fieldName, Bson geometry, @Nullable Double maxDistance, @Nullable Double minDistance) {
        return operator(
                fieldName,
                "$nearSphere",
                distances(Shape.of("$geometry", Require.nonNull("geometry", geometry)), maxDistance, minDistance));
    }

    /**
     * Matches documents by how near the field is to a legacy pair of coordinates on a sphere, the nearest first.
     *
     * @param fieldName the field
     * @param x the longitude, or horizontal coordinate
     * @param y the latitude, or vertical coordinate
     * @param maxDistance not farther than this, in radians; {@code null} for no limit
     * @param minDistance not nearer than this, in radians; {@code null} for no limit
     * @return the filter
     * @throws IllegalArgumentException if the field has a NUL character
     */
    public static Bson nearSphere(
            String fieldName, double x, double y, @Nullable Double maxDistance, @Nullable Double minDistance) {
        return Shape.of(
                Require.name("fieldName", fieldName),
                distances(Shape.of("$nearSphere", pair(x, y)), maxDistance, minDistance));
    }

    /**
     * Matches documents that satisfy a JSON schema.
     *
     * @param schema the schema
     * @return the filter
     */
    public static Bson jsonSchema(Bson schema) {
        return Shape.of("$jsonSchema", Require.nonNull("schema", schema));
    }

    /**
     * Matches every document.
     *
     * @return the filter
     */
    public static Bson empty() {
        return Shape.EMPTY;
    }

    private static Bson operator(String fieldName, String operator, @Nullable Object value) {
        return Shape.of(Require.name("fieldName", fieldName), operator, value);
    }

    private static Bson clauses(String operator, List<Bson> filters) {
        return Shape.of(operator, new Items(filters));
    }

    private static Bson within(String fieldName, String shape, Items value) {
        return operator(fieldName, "$geoWithin", Shape.of(shape, value));
    }

    private static Items pair(double x, double y) {
        return Items.of(Literal.of(x), Literal.of(y));
    }

    private static Shape distances(Shape shape, @Nullable Double maxDistance, @Nullable Double minDistance) {
        return shape.withPresent("$maxDistance", Literal.ofNullable(maxDistance))
                .withPresent("$minDistance", Literal.ofNullable(minDistance));
    }
}
