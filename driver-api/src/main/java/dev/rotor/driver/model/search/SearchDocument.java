package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.BsonValueCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/**
 * All search values that are one document whose elements are set one by one. That one class stands behind several
 * interfaces keeps them down to what a user may call.
 */
record SearchDocument(WritableBson content)
        implements SearchPath,
                FieldSearchPath,
                SearchOptions,
                SearchHighlight,
                SearchCount,
                LowerBoundSearchCount,
                FuzzySearchOptions,
                VectorSearchOptions,
                VectorSearchNestedOptions,
                SearchScore,
                SearchScoreExpression,
                SearchFacet,
                SearchCollector {

    static final SearchDocument EMPTY = new SearchDocument(Shape.EMPTY);

    /** Enough for paths, which hold no values of users. */
    private static final CodecRegistry BSON_VALUES = CodecRegistries.fromProviders(new BsonValueCodecProvider());

    SearchDocument with(String name, Object value) {
        return new SearchDocument(Joined.with(content, name, value));
    }

    @Override
    public SearchDocument option(String name, Object value) {
        return with(Require.path("name", name), Require.nonNull("value", value));
    }

    @Override
    public SearchDocument index(String name) {
        return with("index", Literal.of(Require.path("name", name)));
    }

    @Override
    public SearchDocument highlight(SearchHighlight option) {
        return with("highlight", Require.nonNull("option", option));
    }

    @Override
    public SearchDocument count(SearchCount option) {
        return with("count", Require.nonNull("option", option));
    }

    @Override
    public SearchDocument returnStoredSource(boolean returnStoredSource) {
        return with("returnStoredSource", Literal.of(returnStoredSource));
    }

    @Override
    public SearchDocument maxCharsToExamine(int maxCharsToExamine) {
        return with("maxCharsToExamine", Literal.of(maxCharsToExamine));
    }

    @Override
    public SearchDocument maxNumPassages(int maxNumPassages) {
        return with("maxNumPassages", Literal.of(maxNumPassages));
    }

    @Override
    public SearchDocument threshold(int threshold) {
        return with("threshold", Literal.of(threshold));
    }

    @Override
    public SearchDocument maxEdits(int maxEdits) {
        return with("maxEdits", Literal.of(maxEdits));
    }

    @Override
    public SearchDocument prefixLength(int prefixLength) {
        return with("prefixLength", Literal.of(prefixLength));
    }

    @Override
    public SearchDocument maxExpansions(int maxExpansions) {
        return with("maxExpansions", Literal.of(maxExpansions));
    }

    @Override
    public SearchDocument filter(Bson filter) {
        return with("filter", Require.nonNull("filter", filter));
    }

    @Override
    public SearchDocument parentFilter(Bson parentFilter) {
        return with("parentFilter", Require.nonNull("parentFilter", parentFilter));
    }

    @Override
    public SearchDocument nestedOptions(VectorSearchNestedOptions nestedOptions) {
        return with("nestedOptions", Require.nonNull("nestedOptions", nestedOptions));
    }

    @Override
    public SearchDocument scoreMode(VectorSearchScoreMode scoreMode) {
        return with(
                "scoreMode", Literal.of(Require.nonNull("scoreMode", scoreMode).wireName()));
    }

    @Override
    public SearchDocument multi(String analyzerName) {
        return with("multi", Literal.of(Require.path("analyzerName", analyzerName)));
    }

    @Override
    public String toValue() {
        return asDocument().getString("value").getValue();
    }

    @Override
    public BsonValue toBsonValue() {
        BsonDocument document = asDocument();
        return document.size() == 1 && document.get("value") instanceof BsonString field ? field : document;
    }

    private BsonDocument asDocument() {
        return content.toBsonDocument(BsonDocument.class, BSON_VALUES);
    }

    @Override
    public void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry) {
        content.writeTo(writer, documentClass, codecRegistry);
    }

    @Override
    public String toString() {
        return content.toString();
    }
}
