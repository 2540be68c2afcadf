package dev.rotor.driver.model.search;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonWriter;
import org.bson.codecs.configuration.CodecRegistry;

/**
 * All search values that are a name and a document of arguments, which are set one by one. That one class stands behind
 * several interfaces keeps them down to what a user may call.
 */
record SearchElement(String name, Shape body)
        implements SearchOperator,
                CompoundSearchOperatorBase,
                CompoundSearchOperator,
                ShouldCompoundSearchOperator,
                TextSearchOperator,
                AutocompleteSearchOperator,
                PhraseSearchOperator,
                VectorSearchOperator,
                NumberRangeSearchOperatorBase,
                DateRangeSearchOperatorBase,
                SearchScore,
                PathBoostSearchScore,
                PathSearchScoreExpression,
                GaussSearchScoreExpression,
                StringSearchFacet,
                NumberSearchFacet,
                DateSearchFacet,
                SearchCollector {

    private SearchElement with(String argument, Object value) {
        return new SearchElement(name, body.with(argument, value));
    }

    @Override
    public SearchElement score(SearchScore modifier) {
        return with("score", Require.nonNull("modifier", modifier));
    }

    @Override
    public SearchElement must(Iterable<? extends SearchOperator> clauses) {
        return withClauses("must", clauses);
    }

    @Override
    public SearchElement mustNot(Iterable<? extends SearchOperator> clauses) {
        return withClauses("mustNot", clauses);
    }

    @Override
    public SearchElement should(Iterable<? extends SearchOperator> clauses) {
        return withClauses("should", clauses);
    }

    @Override
    public SearchElement filter(Iterable<? extends SearchOperator> clauses) {
        return withClauses("filter", clauses);
    }

    private SearchElement withClauses(String rule, Iterable<? extends SearchOperator> clauses) {
        List<Object> all = new ArrayList<>();
        if (body.get(rule) instanceof Items before) {
            all.addAll(before.values());
        }
        all.addAll(Require.<SearchOperator>some("clauses", clauses));
        return with(rule, new Items(all));
    }

    @Override
    public SearchElement minimumShouldMatch(int minimumShouldMatch) {
        return with("minimumShouldMatch", Literal.of(minimumShouldMatch));
    }

    @Override
    public SearchElement fuzzy() {
        return fuzzy(FuzzySearchOptions.fuzzySearchOptions());
    }

    @Override
    public SearchElement fuzzy(FuzzySearchOptions options) {
        Require.nonNull("options", options);
        return new SearchElement(name, body.without("synonyms").with("fuzzy", options));
    }

    @Override
    public SearchElement synonyms(String mapping) {
        Require.path("name", mapping);
        return new SearchElement(name, body.without("fuzzy").with("synonyms", Literal.of(mapping)));
    }

    @Override
    public SearchElement anyTokenOrder() {
        return with("tokenOrder", Literal.of("any"));
    }

    @Override
    public SearchElement sequentialTokenOrder() {
        return with("tokenOrder", Literal.of("sequential"));
    }

    @Override
    public SearchElement slop(int slop) {
        return with("slop", Literal.of(slop));
    }

    @Override
    public SearchElement filter(SearchOperator filter) {
        return with("filter", Require.nonNull("filter", filter));
    }

    @Override
    public SearchElement undefined(float fallback) {
        return with("undefined", Literal.of((double) fallback));
    }

    @Override
    public SearchElement offset(double offset) {
        return with("offset", Literal.of(offset));
    }

    @Override
    public SearchElement decay(double decay) {
        return with("decay", Literal.of(decay));
    }

    @Override
    public SearchElement numBuckets(int max) {
        return with("numBuckets", Literal.of(max));
    }

    @Override
    public SearchElement defaultBucket(String bucket) {
        return with("default", Literal.of(Require.path("name", bucket)));
    }

    @Override
    public SearchElement gt(Number l) {
        return with("gt", Require.nonNull("l", l));
    }

    @Override
    public SearchElement lt(Number u) {
        return with("lt", Require.nonNull("u", u));
    }

    @Override
    public SearchElement gte(Number l) {
        return with("gte", Require.nonNull("l", l));
    }

    @Override
    public SearchElement lte(Number u) {
        return with("lte", Require.nonNull("u", u));
    }

    @Override
    public SearchElement gtLt(Number l, Number u) {
        return gt(l).lt(u);
    }

    @Override
    public SearchElement gteLte(Number l, Number u) {
        return gte(l).lte(u);
    }

    @Override
    public SearchElement gtLte(Number l, Number u) {
        return gt(l).lte(u);
    }

    @Override
    public SearchElement gteLt(Number l, Number u) {
        return gte(l).lt(u);
    }

    @Override
    public SearchElement gt(Instant l) {
        return with("gt", Require.nonNull("l", l));
    }

    @Override
    public SearchElement lt(Instant u) {
        return with("lt", Require.nonNull("u", u));
    }

    @Override
    public SearchElement gte(Instant l) {
        return with("gte", Require.nonNull("l", l));
    }

    @Override
    public SearchElement lte(Instant u) {
        return with("lte", Require.nonNull("u", u));
    }

    @Override
    public SearchElement gtLt(Instant l, Instant u) {
        return gt(l).lt(u);
    }

    @Override
    public SearchElement gteLte(Instant l, Instant u) {
        return gte(l).lte(u);
    }

    @Override
    public SearchElement gtLte(Instant l, Instant u) {
        return gt(l).lte(u);
    }

    @Override
    public SearchElement gteLt(Instant l, Instant u) {
        return gte(l).lt(u);
    }

    @Override
    public void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry) {
        Shape.of(name, body).writeTo(writer, documentClass, codecRegistry);
    }

    @Override
    public String toString() {
        return Shape.of(name, body).toString();
    }
}
