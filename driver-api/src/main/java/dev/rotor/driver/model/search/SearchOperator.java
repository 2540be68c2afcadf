package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.geojson.Point;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonNull;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/** What {@code $search} looks for. Immutable. */
public sealed interface SearchOperator extends WritableBson
        permits AutocompleteSearchOperator,
                CompoundSearchOperator,
                GivenSearchOperator,
                PhraseSearchOperator,
                SearchElement,
                TextSearchOperator,
                VectorSearchOperator {
    /**
     * Changes the score that the operator gives.
     *
     * @param modifier how
     * @return a changed copy
     */
    SearchOperator score(SearchScore modifier);

    /**
     * Combines operators.
     *
     * @return what is to be told the operators
     */
    static CompoundSearchOperatorBase compound() {
        return new SearchElement("compound", Shape.EMPTY);
    }

    /**
     * Finds documents that have a field.
     *
     * @param path the field
     * @return the operator
     */
    static SearchOperator exists(FieldSearchPath path) {
        return new SearchElement(
                "exists",
                Shape.of("path", Literal.of(Require.nonNull("path", path).toValue())));
    }

    /**
     * Finds text.
     *
     * @param path where
     * @param query what
     * @return the operator
     */
    static TextSearchOperator text(SearchPath path, String query) {
        return text(List.of(Require.nonNull("path", path)), List.of(Require.nonNull("query", query)));
    }

    /**
     * Finds text.
     *
     * @param paths where; at least one
     * @param queries what; at least one
     * @return the operator
     * @throws IllegalArgumentException if there is no path or no query
     */
    static TextSearchOperator text(Iterable<? extends SearchPath> paths, Iterable<String> queries) {
        return new SearchElement("text", SearchParts.textual(paths, queries));
    }

    /**
     * Finds text by its beginning.
     *
     * @param path the field
     * @param query what
     * @param queries what else
     * @return the operator
     */
    static AutocompleteSearchOperator autocomplete(FieldSearchPath path, String query, String... queries) {
        return autocomplete(path, Require.join("query", query, "queries", queries));
    }

    /**
     * Finds text by its beginning.
     *
     * @param path the field
     * @param queries what; at least one
     * @return the operator
     * @throws IllegalArgumentException if there is none
     */
    static AutocompleteSearchOperator autocomplete(FieldSearchPath path, Iterable<String> queries) {
        return new SearchElement(
                "autocomplete",
                Shape.of("query", SearchParts.strings("queries", queries)).with("path", SearchParts.field(path)));
    }

    /**
     * Finds numbers in a range.
     *
     * @param path the field
     * @param paths more fields
     * @return what is to be told the range
     */
    static NumberRangeSearchOperatorBase numberRange(FieldSearchPath path, FieldSearchPath... paths) {
        return numberRange(Require.join("path", path, "paths", paths));
    }

    /**
     * Finds numbers in a range.
     *
     * @param paths the fields
     * @return what is to be told the range
     * @throws IllegalArgumentException if there is none
     */
    static NumberRangeSearchOperatorBase numberRange(Iterable<? extends FieldSearchPath> paths) {
        return new SearchElement("range", Shape.of("path", SearchParts.paths(paths)));
    }

    /**
     * Finds dates in a range.
     *
     * @param path the field
     * @param paths more fields
     * @return what is to be told the range
     */
    static DateRangeSearchOperatorBase dateRange(FieldSearchPath path, FieldSearchPath... paths) {
        return dateRange(Require.join("path", path, "paths", paths));
    }

    /**
     * Finds dates in a range.
     *
     * @param paths the fields
     * @return what is to be told the range
     * @throws IllegalArgumentException if there is none
     */
    static DateRangeSearchOperatorBase dateRange(Iterable<? extends FieldSearchPath> paths) {
        return new SearchElement("range", Shape.of("path", SearchParts.paths(paths)));
    }

    /**
     * Finds numbers, those near to an origin first.
     *
     * @param origin where it is nearest
     * @param pivot the distance at which the score is a half
     * @param path the field
     * @param paths more fields
     * @return the operator
     */
    static SearchOperator near(Number origin, Number pivot, FieldSearchPath path, FieldSearchPath... paths) {
        return near(origin, pivot, Require.join("path", path, "paths", paths));
    }

    /**
     * Finds numbers, those near to an origin first.
     *
     * @param origin where it is nearest
     * @param pivot the distance at which the score is a half
     * @param paths the fields
     * @return the operator
     * @throws IllegalArgumentException if there is none
     */
    static SearchOperator near(Number origin, Number pivot, Iterable<? extends FieldSearchPath> paths) {
        return SearchParts.near(origin, Require.nonNull("pivot", pivot), paths);
    }

    /**
     * Finds dates, those near to an origin first.
     *
     * @param origin where it is nearest
     * @param pivot the distance at which the score is a half, to the millisecond
     * @param path the field
     * @param paths more fields
     * @return the operator
     */
    static SearchOperator near(Instant origin, Duration pivot, FieldSearchPath path, FieldSearchPath... paths) {
        return near(origin, pivot, Require.join("path", path, "paths", paths));
    }

    /**
     * Finds dates, those near to an origin first.
     *
     * @param origin where it is nearest
     * @param pivot the distance at which the score is a half, to the millisecond
     * @param paths the fields
     * @return the operator
     * @throws IllegalArgumentException if there is none
     */
    static SearchOperator near(Instant origin, Duration pivot, Iterable<? extends FieldSearchPath> paths) {
        return SearchParts.near(
                origin, Literal.of(Require.nonNull("pivot", pivot).toMillis()), paths);
    }

    /**
     * Finds places, those near to an origin first.
     *
     * @param origin where it is nearest
     * @param pivot the distance in metres at which the score is a half
     * @param path the field
     * @param paths more fields
     * @return the operator
     */
    static SearchOperator near(Point origin, Number pivot, FieldSearchPath path, FieldSearchPath... paths) {
        return near(origin, pivot, Require.join("path", path, "paths", paths));
    }

    /**
     * Finds places, those near to an origin first.
     *
     * @param origin where it is nearest
     * @param pivot the distance in metres at which the score is a half
     * @param paths the fields
     * @return the operator
     * @throws IllegalArgumentException if there is none
     */
    static SearchOperator near(Point origin, Number pivot, Iterable<? extends FieldSearchPath> paths) {
        return SearchParts.near(origin, Require.nonNull("pivot", pivot), paths);
    }

    /**
     * Finds values that are among some.
     *
     * @param path the field
     * @param value a value
     * @param values more values
     * @return the operator
     */
    static SearchOperator in(FieldSearchPath path, boolean value, boolean... values) {
        return in(path, SearchParts.booleans(value, values));
    }

    /**
     * Finds values that are among some.
     *
     * @param path the field
     * @param value a value
     * @param values more values
     * @return the operator
     */
    static SearchOperator in(FieldSearchPath path, ObjectId value, ObjectId... values) {
        return in(path, Require.join("value", value, "values", values));
    }

    /**
     * Finds values that are among some.
     *
     * @param path the field
     * @param value a value
     * @param values more values
     * @return the operator
     */
    static SearchOperator in(FieldSearchPath path, Number value, Number... values) {
        return in(path, Require.join("value", value, "values", values));
    }

    /**
     * Finds values that are among some.
     *
     * @param path the field
     * @param value a value
     * @param values more values
     * @return the operator
     */
    static SearchOperator in(FieldSearchPath path, Instant value, Instant... values) {
        return in(path, Require.join("value", value, "values", values));
    }

    /**
     * Finds values that are among some.
     *
     * @param path the field
     * @param value a value
     * @param values more values
     * @return the operator
     */
    static SearchOperator in(FieldSearchPath path, UUID value, UUID... values) {
        return in(path, SearchParts.uuids(Require.join("value", value, "values", values)));
    }

    /**
     * Finds values that are among some.
     *
     * @param path the field
     * @param value a value
     * @param values more values
     * @return the operator
     */
    static SearchOperator in(FieldSearchPath path, String value, String... values) {
        return in(path, Require.join("value", value, "values", values));
    }

    /**
     * Finds values that are among some.
     *
     * @param path the field
     * @param values the values; at least one
     * @return the operator
     * @throws IllegalArgumentException if there is none
     */
    static SearchOperator in(FieldSearchPath path, Iterable<?> values) {
        return SearchParts.in(path, values);
    }

    /**
     * Finds values that are equal.
     *
     * @param path the field
     * @param value the value
     * @return the operator
     */
    static SearchOperator equals(FieldSearchPath path, boolean value) {
        return SearchParts.equal(path, Literal.of(value));
    }

    /**
     * Finds values that are equal.
     *
     * @param path the field
     * @param value the value
     * @return the operator
     */
    static SearchOperator equals(FieldSearchPath path, ObjectId value) {
        return SearchParts.equal(path, Require.nonNull("value", value));
    }

    /**
     * Finds values that are equal.
     *
     * @param path the field
     * @param value the value
     * @return the operator
     */
    static SearchOperator equals(FieldSearchPath path, Number value) {
        return SearchParts.equal(path, Require.nonNull("value", value));
    }

    /**
     * Finds values that are equal.
     *
     * @param path the field
     * @param value the value
     * @return the operator
     */
    static SearchOperator equals(FieldSearchPath path, Instant value) {
        return SearchParts.equal(path, Require.nonNull("value", value));
    }

    /**
     * Finds values that are equal.
     *
     * @param path the field
     * @param value the value
     * @return the operator
     */
    static SearchOperator equals(FieldSearchPath path, String value) {
        return SearchParts.equal(path, Require.nonNull("value", value));
    }

    /**
     * Finds values that are equal.
     *
     * @param path the field
     * @param value the value
     * @return the operator
     */
    static SearchOperator equals(FieldSearchPath path, UUID value) {
        return SearchParts.equal(path, new BsonBinary(Require.nonNull("value", value)));
    }

    /**
     * Finds values that are null.
     *
     * @param path the field
     * @return the operator
     */
    static SearchOperator equalsNull(FieldSearchPath path) {
        return SearchParts.equal(path, BsonNull.VALUE);
    }

    /**
     * Finds documents that are like another one.
     *
     * @param like the other one
     * @return the operator
     */
    static SearchOperator moreLikeThis(Bson like) {
        return moreLikeThis(List.of(Require.nonNull("like", like)));
    }

    /**
     * Finds documents that are like others.
     *
     * @param likes the others; at least one
     * @return the operator
     * @throws IllegalArgumentException if there is none
     */
    static SearchOperator moreLikeThis(Iterable<? extends Bson> likes) {
        return new SearchElement(
                "moreLikeThis", Shape.of("like", SearchParts.oneOrAll(Require.<Bson>some("likes", likes))));
    }

    /**
     * Finds what a query of its own language asks for.
     *
     * @param defaultPath the field, where the query names none
     * @param query the query
     * @return the operator
     */
    static SearchOperator queryString(FieldSearchPath defaultPath, String query) {
        return new SearchElement(
                "queryString",
                Shape.of("defaultPath", SearchParts.field("defaultPath", defaultPath))
                        .with("query", Literal.of(Require.nonNull("query", query))));
    }

    /**
     * Finds terms in the order of a phrase.
     *
     * @param path where
     * @param query what
     * @return the operator
     */
    static PhraseSearchOperator phrase(SearchPath path, String query) {
        return phrase(List.of(Require.nonNull("path", path)), List.of(Require.nonNull("query", query)));
    }

    /**
     * Finds terms in the order of a phrase.
     *
     * @param paths where; at least one
     * @param queries what; at least one
     * @return the operator
     * @throws IllegalArgumentException if there is no path or no query
     */
    static PhraseSearchOperator phrase(Iterable<? extends SearchPath> paths, Iterable<String> queries) {
        return new SearchElement("phrase", SearchParts.textualPathFirst(paths, queries));
    }

    /**
     * Finds text that fits a pattern with {@code *} and {@code ?}.
     *
     * @param path where
     * @param query what
     * @return the operator
     */
    static SearchOperator wildcard(SearchPath path, String query) {
        return wildcard(List.of(Require.nonNull("query", query)), List.of(Require.nonNull("path", path)));
    }

    /**
     * Finds text that fits a pattern with {@code *} and {@code ?}.
     *
     * @param queries what; at least one
     * @param paths where; at least one
     * @return the operator
     * @throws IllegalArgumentException if there is no path or no query
     */
    static SearchOperator wildcard(Iterable<String> queries, Iterable<? extends SearchPath> paths) {
        return new SearchElement("wildcard", SearchParts.textual(paths, queries));
    }

    /**
     * Finds text that matches a regular expression.
     *
     * @param path where
     * @param query what
     * @return the operator
     */
    static SearchOperator regex(SearchPath path, String query) {
        return regex(List.of(Require.nonNull("path", path)), List.of(Require.nonNull("query", query)));
    }

    /**
     * Finds text that matches a regular expression.
     *
     * @param paths where; at least one
     * @param queries what; at least one
     * @return the operator
     * @throws IllegalArgumentException if there is no path or no query
     */
    static SearchOperator regex(Iterable<? extends SearchPath> paths, Iterable<String> queries) {
        return new SearchElement("regex", SearchParts.textualPathFirst(paths, queries));
    }

    /**
     * Finds vectors that are near to one, approximately.
     *
     * @param path the field
     * @param queryVector the vector
     * @param limit how many documents
     * @param numCandidates how many neighbours are looked at
     * @return the operator
     * @throws IllegalArgumentException if the limit is not positive, or greater than the number of candidates
     */
    static VectorSearchOperator vectorSearch(
            FieldSearchPath path, Iterable<Double> queryVector, int limit, int numCandidates) {
        Require.atLeast("numCandidates", numCandidates, limit);
        return new SearchElement(
                "vectorSearch",
                SearchParts.vector(path, queryVector, limit).with("numCandidates", Literal.of(numCandidates)));
    }

    /**
     * Finds vectors that are near to one, exactly.
     *
     * @param path the field
     * @param queryVector the vector
     * @param limit how many documents
     * @return the operator
     * @throws IllegalArgumentException if the limit is not positive
     */
    static VectorSearchOperator vectorSearchExact(FieldSearchPath path, Iterable<Double> queryVector, int limit) {
        return new SearchElement(
                "vectorSearch", SearchParts.vector(path, queryVector, limit).with("exact", Literal.of(true)));
    }

    /**
     * An operator of a kind that has no factory here yet.
     *
     * @param operator its name and definition
     * @return the operator
     */
    static SearchOperator of(Bson operator) {
        return new GivenSearchOperator(Require.nonNull("operator", operator), Shape.EMPTY);
    }
}
