package dev.rotor.driver.model;

import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.model.geojson.Point;
import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import dev.rotor.driver.model.search.FieldSearchPath;
import dev.rotor.driver.model.search.SearchCollector;
import dev.rotor.driver.model.search.SearchOperator;
import dev.rotor.driver.model.search.SearchOptions;
import dev.rotor.driver.model.search.VectorSearchOptions;
import dev.rotor.driver.model.search.VectorSearchQuery;
import java.util.List;
import org.bson.BinaryVector;
import org.bson.BsonBinary;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Builds the stages of pipelines: {@code group("$city", sum("people", 1))}. Meant to be imported statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be.
 * Names of fields, collections and databases that are empty or have a NUL character are refused by an
 * {@link IllegalArgumentException}.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/operator/aggregation-pipeline/">Aggregation stages</a>
 */
public final class Aggregates {

    private Aggregates() {}

    /**
     * Adds fields to the documents.
     *
     * @param fields the fields
     * @return the stage
     * @throws IllegalArgumentException if there is none
     */
    public static Bson addFields(Field<?>... fields) {
        return Shape.of("$addFields", Stages.fields(Require.<Field<?>>some("fields", fields)));
    }

    /**
     * Adds fields to the documents.
     *
     * @param fields the fields
     * @return the stage
     * @throws IllegalArgumentException if there is none
     */
    public static Bson addFields(List<Field<?>> fields) {
        return Shape.of("$addFields", Stages.fields(Require.<Field<?>>some("fields", fields)));
    }

    /**
     * Adds fields to the documents, like {@link #addFields(Field...)}.
     *
     * @param fields the fields
     * @return the stage
     * @throws IllegalArgumentException if there is none
     */
    public static Bson set(Field<?>... fields) {
        return Shape.of("$set", Stages.fields(Require.<Field<?>>some("fields", fields)));
    }

    /**
     * Adds fields to the documents, like {@link #addFields(Field...)}.
     *
     * @param fields the fields
     * @return the stage
     * @throws IllegalArgumentException if there is none
     */
    public static Bson set(List<Field<?>> fields) {
        return Shape.of("$set", Stages.fields(Require.<Field<?>>some("fields", fields)));
    }

    /**
     * Puts documents into buckets of given boundaries.
     *
     * @param groupBy the expression by which documents are put into buckets
     * @param boundaries the boundaries of the buckets, ascending; at least two
     * @return the stage
     * @throws IllegalArgumentException if there are fewer than two boundaries
     */
    public static Bson bucket(Object groupBy, List<?> boundaries) {
        return bucket(groupBy, boundaries, BucketOptions.DEFAULT);
    }

    /**
     * Puts documents into buckets of given boundaries.
     *
     * @param groupBy the expression by which documents are put into buckets
     * @param boundaries the boundaries of the buckets, ascending; at least two
     * @param options options
     * @return the stage
     * @throws IllegalArgumentException if there are fewer than two boundaries
     */
    public static Bson bucket(Object groupBy, List<?> boundaries, BucketOptions options) {
        Items bounds = Items.of("boundaries", boundaries);
        if (bounds.values().size() < 2) {
            throw new IllegalArgumentException("boundaries must be at least two, not " + bounds.values());
        }
        return Shape.of(
                "$bucket",
                Shape.of("groupBy", Require.nonNull("groupBy", groupBy))
                        .with("boundaries", bounds)
                        .withPresent(
                                "default", Require.nonNull("options", options).defaultBucket())
                        .withPresent("output", Stages.output(options.output())));
    }

    /**
     * Puts documents into a number of buckets, as evenly as possible.
     *
     * @param groupBy the expression by which documents are put into buckets
     * @param buckets how many
     * @return the stage
     * @throws IllegalArgumentException if the number is not positive
     */
    public static Bson bucketAuto(Object groupBy, int buckets) {
        return bucketAuto(groupBy, buckets, BucketAutoOptions.DEFAULT);
    }

    /**
     * Puts documents into a number of buckets, as evenly as possible.
     *
     * @param groupBy the expression by which documents are put into buckets
     * @param buckets how many
     * @param options options
     * @return the stage
     * @throws IllegalArgumentException if the number is not positive
     */
    public static Bson bucketAuto(Object groupBy, int buckets, BucketAutoOptions options) {
        BucketGranularity granularity = Require.nonNull("options", options).granularity();
        return Shape.of(
                "$bucketAuto",
                Shape.of("groupBy", Require.nonNull("groupBy", groupBy))
                        .with("buckets", Literal.of(Require.atLeast("buckets", buckets, 1)))
                        .withPresent("output", Stages.output(options.output()))
                        .withPresent(
                                "granularity",
                                Literal.ofNullable(granularity == null ? null : granularity.wireName())));
    }

    /**
     * Counts the documents, into the field {@code count}.
     *
     * @return the stage
     */
    public static Bson count() {
        return count("count");
    }

    /**
     * Counts the documents.
     *
     * @param field the field that gets the number; not empty
     * @return the stage
     */
    public static Bson count(String field) {
        return Shape.of("$count", Literal.of(Require.path("field", field)));
    }

    /**
     * Lets only documents through that match a filter.
     *
     * @param filter the filter
     * @return the stage
     */
    public static Bson match(Bson filter) {
        return Shape.of("$match", Require.nonNull("filter", filter));
    }

    /**
     * Chooses and computes the fields of the documents.
     *
     * @param projection the fields
     * @return the stage
     */
    public static Bson project(Bson projection) {
        return Shape.of("$project", Require.nonNull("projection", projection));
    }

    /**
     * Sorts the documents.
     *
     * @param sort the order
     * @return the stage
     */
    public static Bson sort(Bson sort) {
        return Shape.of("$sort", Require.nonNull("sort", sort));
    }

    /**
     * Groups the documents by an expression, and sorts the groups by their size, the largest first.
     *
     * @param filter the expression
     * @return the stage
     */
    public static Bson sortByCount(Object filter) {
        return Shape.of("$sortByCount", Require.nonNull("filter", filter));
    }

    /**
     * Leaves the first documents out.
     *
     * @param skip how many
     * @return the stage
     * @throws IllegalArgumentException if it is negative
     */
    public static Bson skip(int skip) {
        return Shape.of("$skip", Literal.of(Require.atLeast("skip", skip, 0)));
    }

    /**
     * Lets only the first documents through.
     *
     * @param limit how many
     * @return the stage
     * @throws IllegalArgumentException if it is not positive
     */
    public static Bson limit(int limit) {
        return Shape.of("$limit", Literal.of(Require.atLeast("limit", limit, 1)));
    }

    /**
     * Looks up documents of another collection that have an equal field.
     *
     * @param from the other collection
     * @param localField the field here
     * @param foreignField the field there
     * @param as the field that gets the documents found
     * @return the stage
     */
    public static Bson lookup(String from, String localField, String foreignField, String as) {
        return Shape.of(
                "$lookup",
                Shape.of("from", Stages.path("from", from))
                        .with("localField", Stages.path("localField", localField))
                        .with("foreignField", Stages.path("foreignField", foreignField))
                        .with("as", Stages.path("as", as)));
    }

    /**
     * Looks up documents of another collection by a pipeline.
     *
     * @param from the other collection; {@code null} if the pipeline begins with {@code $documents}
     * @param pipeline the stages that the other documents go through
     * @param as the field that gets the documents found
     * @return the stage
     */
    public static Bson lookup(@Nullable String from, List<? extends Bson> pipeline, String as) {
        return lookup(from, null, pipeline, as);
    }

    /**
     * Looks up documents of another collection by a pipeline that can use values of this document.
     *
     * @param from the other collection; {@code null} if the pipeline begins with {@code $documents}
     * @param let variables for the pipeline; {@code null} for none
     * @param pipeline the stages that the other documents go through
     * @param as the field that gets the documents found
     * @return the stage
     */
    public static Bson lookup(
            @Nullable String from,
            @Nullable List<? extends Variable<?>> let,
            List<? extends Bson> pipeline,
            String as) {
        return Shape.of(
                "$lookup",
                Shape.EMPTY
                        .withPresent("from", Literal.ofNullable(from))
                        .withPresent("let", Stages.variables("let", let))
                        .with("pipeline", Stages.pipeline(pipeline))
                        .with("as", Stages.path("as", as)));
    }

    /**
     * Sends the documents through several pipelines.
     *
     * @param facets the pipelines
     * @return the stage
     * @throws IllegalArgumentException if there is none, or two have the same name
     */
    public static Bson facet(List<Facet> facets) {
        return Stages.facet(Require.some("facets", facets));
    }

    /**
     * Sends the documents through several pipelines.
     *
     * @param facets the pipelines
     * @return the stage
     * @throws IllegalArgumentException if there is none, or two have the same name
     */
    public static Bson facet(Facet... facets) {
        return Stages.facet(Require.some("facets", facets));
    }

    /**
     * Looks up documents of another collection, and those that they lead to in turn.
     *
     * @param from the other collection
     * @param startWith the expression to start with
     * @param connectFromField the field whose value is followed
     * @param connectToField the field that it is compared with
     * @param as the field that gets the documents found
     * @return the stage
     */
    public static Bson graphLookup(
            String from, Object startWith, String connectFromField, String connectToField, String as) {
        return graphLookup(from, startWith, connectFromField, connectToField, as, GraphLookupOptions.DEFAULT);
    }

    /**
     * Looks up documents of another collection, and those that they lead to in turn.
     *
     * @param from the other collection
     * @param startWith the expression to start with
     * @param connectFromField the field whose value is followed
     * @param connectToField the field that it is compared with
     * @param as the field that gets the documents found
     * @param options options
     * @return the stage
     */
    public static Bson graphLookup(
            String from,
            Object startWith,
            String connectFromField,
            String connectToField,
            String as,
            GraphLookupOptions options) {
        Require.nonNull("options", options);
        return Shape.of(
                "$graphLookup",
                Shape.of("from", Stages.path("from", from))
                        .with("startWith", Require.nonNull("startWith", startWith))
                        .with("connectFromField", Stages.path("connectFromField", connectFromField))
                        .with("connectToField", Stages.path("connectToField", connectToField))
                        .with("as", Stages.path("as", as))
                        .withPresent("maxDepth", Literal.ofNullable(options.maxDepth()))
                        .withPresent("depthField", Literal.ofNullable(options.depthField()))
                        .withPresent("restrictSearchWithMatch", options.restrictSearchWithMatch()));
    }

    /**
     * Groups the documents.
     *
     * @param id the expression by which to group; {@code null} for one group of all
     * @param fieldAccumulators the other fields of a group; {@link Accumulators} builds them
     * @return the stage
     * @throws IllegalArgumentException if a field is called {@code _id}
     */
    public static Bson group(@Nullable Object id, BsonField... fieldAccumulators) {
        return Stages.group(id, Require.all("fieldAccumulators", fieldAccumulators));
    }

    /**
     * Groups the documents.
     *
     * @param id the expression by which to group; {@code null} for one group of all
     * @param fieldAccumulators the other fields of a group; {@link Accumulators} builds them
     * @return the stage
     * @throws IllegalArgumentException if a field is called {@code _id}
     */
    public static Bson group(@Nullable Object id, List<BsonField> fieldAccumulators) {
        return Stages.group(id, Require.all("fieldAccumulators", fieldAccumulators));
    }

    /**
     * Adds the documents of another collection.
     *
     * @param collection the other collection
     * @param pipeline the stages that the other documents go through
     * @return the stage
     */
    public static Bson unionWith(String collection, List<? extends Bson> pipeline) {
        return Shape.of(
                "$unionWith",
                Shape.of("coll", Stages.path("collection", collection)).with("pipeline", Stages.pipeline(pipeline)));
    }

    /**
     * Makes a document of each element of an array.
     *
     * @param fieldName the path of the array, which begins with {@code $}
     * @return the stage
     * @throws IllegalArgumentException if the path does not begin with {@code $}
     */
    public static Bson unwind(String fieldName) {
        return Shape.of("$unwind", Stages.dollarPath(fieldName));
    }

    /**
     * Makes a document of each element of an array.
     *
     * @param fieldName the path of the array, which begins with {@code $}
     * @param unwindOptions options
     * @return the stage
     * @throws IllegalArgumentException if the path does not begin with {@code $}
     */
    public static Bson unwind(String fieldName, UnwindOptions unwindOptions) {
        Require.nonNull("unwindOptions", unwindOptions);
        return Shape.of(
                "$unwind",
                Shape.of("path", Stages.dollarPath(fieldName))
                        .withPresent(
                                "preserveNullAndEmptyArrays",
                                Literal.ofNullable(unwindOptions.preserveNullAndEmptyArrays()))
                        .withPresent("includeArrayIndex", Literal.ofNullable(unwindOptions.includeArrayIndex())));
    }

    /**
     * Writes the documents to a collection, which it replaces.
     *
     * @param collectionName the collection
     * @return the stage
     */
    public static Bson out(String collectionName) {
        return Shape.of("$out", Stages.path("collectionName", collectionName));
    }

    /**
     * Writes the documents to a collection, which it replaces.
     *
     * @param databaseName the database
     * @param collectionName the collection
     * @return the stage
     */
    public static Bson out(String databaseName, String collectionName) {
        return Shape.of(
                "$out",
                Shape.of("db", Stages.path("databaseName", databaseName))
                        .with("coll", Stages.path("collectionName", collectionName)));
    }

    /**
     * Writes the documents to a collection, which it replaces.
     *
     * @param destination the collection, and its options
     * @return the stage
     */
    public static Bson out(Bson destination) {
        return Shape.of("$out", Require.nonNull("destination", destination));
    }

    /**
     * Writes the documents to a collection, into what is there.
     *
     * @param collectionName the collection, in the database of the aggregation
     * @return the stage
     */
    public static Bson merge(String collectionName) {
        return merge(collectionName, MergeOptions.DEFAULT);
    }

    /**
     * Writes the documents to a collection, into what is there.
     *
     * @param namespace the collection
     * @return the stage
     */
    public static Bson merge(MongoNamespace namespace) {
        return merge(namespace, MergeOptions.DEFAULT);
    }

    /**
     * Writes the documents to a collection, into what is there.
     *
     * @param collectionName the collection, in the database of the aggregation
     * @param options options
     * @return the stage
     * @throws IllegalArgumentException if documents that match are to go through a pipeline, and there is none
     */
    public static Bson merge(String collectionName, MergeOptions options) {
        return Stages.merge(Stages.path("collectionName", collectionName), options);
    }

    /**
     * Writes the documents to a collection, into what is there.
     *
     * @param namespace the collection
     * @param options options
     * @return the stage
     * @throws IllegalArgumentException if documents that match are to go through a pipeline, and there is none
     */
    public static Bson merge(MongoNamespace namespace, MergeOptions options) {
        Require.nonNull("namespace", namespace);
        return Stages.merge(
                Shape.of("db", Literal.of(namespace.databaseName()))
                        .with("coll", Literal.of(namespace.collectionName())),
                options);
    }

    /**
     * Replaces each document by the value of an expression.
     *
     * @param value the expression
     * @return the stage
     */
    public static Bson replaceRoot(Object value) {
        return Shape.of("$replaceRoot", "newRoot", Require.nonNull("value", value));
    }

    /**
     * Replaces each document by the value of an expression, like {@link #replaceRoot(Object)}.
     *
     * @param value the expression
     * @return the stage
     */
    public static Bson replaceWith(Object value) {
        return Shape.of("$replaceWith", Require.nonNull("value", value));
    }

    /**
     * Lets documents through at random.
     *
     * @param size how many
     * @return the stage
     * @throws IllegalArgumentException if it is not positive
     */
    public static Bson sample(int size) {
        return Shape.of("$sample", "size", Literal.of(Require.atLeast("size", size, 1)));
    }

    /**
     * Adds fields that window functions compute.
     *
     * @param partitionBy the expression that divides the documents into partitions; {@code null} for one of all
     * @param sortBy the order of the documents in a partition; {@code null} where no function needs one
     * @param output a field
     * @param moreOutput more fields
     * @return the stage
     */
    public static Bson setWindowFields(
            @Nullable Object partitionBy,
            @Nullable Bson sortBy,
            WindowOutputField output,
            WindowOutputField... moreOutput) {
        return setWindowFields(partitionBy, sortBy, Require.join("output", output, "moreOutput", moreOutput));
    }

    /**
     * Adds fields that window functions compute.
     *
     * @param partitionBy the expression that divides the documents into partitions; {@code null} for one of all
     * @param sortBy the order of the documents in a partition; {@code null} where no function needs one
     * @param output the fields
     * @return the stage
     * @throws IllegalArgumentException if there is none
     */
    public static Bson setWindowFields(
            @Nullable Object partitionBy, @Nullable Bson sortBy, Iterable<? extends WindowOutputField> output) {
        return Shape.of(
                "$setWindowFields",
                Shape.EMPTY
                        .withPresent("partitionBy", partitionBy)
                        .withPresent("sortBy", sortBy)
                        .with("output", Stages.windows(Require.some("output", output))));
    }

    /**
     * Adds documents where the values of a field have gaps.
     *
     * @param field the field
     * @param range which values there shall be
     * @return the stage
     */
    public static Bson densify(String field, DensifyRange range) {
        return densify(field, range, DensifyOptions.densifyOptions());
    }

    /**
     * Adds documents where the values of a field have gaps.
     *
     * @param field the field
     * @param range which values there shall be
     * @param options options
     * @return the stage
     */
    public static Bson densify(String field, DensifyRange range, DensifyOptions options) {
        return Stages.of(
                "$densify",
                Shape.of("field", Stages.path("field", field)).with("range", Require.nonNull("range", range)),
                Require.nonNull("options", options));
    }

    /**
     * Fills fields that are null or missing.
     *
     * @param options options
     * @param output a field, and how it is filled
     * @param moreOutput more fields
     * @return the stage
     */
    public static Bson fill(FillOptions options, FillOutputField output, FillOutputField... moreOutput) {
        return fill(options, Require.join("output", output, "moreOutput", moreOutput));
    }

    /**
     * Fills fields that are null or missing.
     *
     * @param options options
     * @param output the fields, and how they are filled
     * @return the stage
     * @throws IllegalArgumentException if there is none
     */
    public static Bson fill(FillOptions options, Iterable<? extends FillOutputField> output) {
        return Stages.of(
                "$fill",
                Require.nonNull("options", options),
                Shape.of("output", new Joined(Joined.Rule.FIRST_PLACE, Require.<Bson>some("output", output))));
    }

    /**
     * Searches by a search index. It must be the first stage.
     *
     * @param operator what to search
     * @return the stage
     */
    public static Bson search(SearchOperator operator) {
        return search(operator, SearchOptions.searchOptions());
    }

    /**
     * Searches by a search index. It must be the first stage.
     *
     * @param operator what to search
     * @param options options
     * @return the stage
     */
    public static Bson search(SearchOperator operator, SearchOptions options) {
        return Stages.of("$search", Require.nonNull("operator", operator), Require.nonNull("options", options));
    }

    /**
     * Searches by a search index. It must be the first stage.
     *
     * @param collector what to search, and how to group it
     * @return the stage
     */
    public static Bson search(SearchCollector collector) {
        return search(collector, SearchOptions.searchOptions());
    }

    /**
     * Searches by a search index. It must be the first stage.
     *
     * @param collector what to search, and how to group it
     * @param options options
     * @return the stage
     */
    public static Bson search(SearchCollector collector, SearchOptions options) {
        return Stages.of("$search", Require.nonNull("collector", collector), Require.nonNull("options", options));
    }

    /**
     * Gives the metadata of a search. It must be the first stage.
     *
     * @param operator what to search
     * @return the stage
     */
    public static Bson searchMeta(SearchOperator operator) {
        return searchMeta(operator, SearchOptions.searchOptions());
    }

    /**
     * Gives the metadata of a search. It must be the first stage.
     *
     * @param operator what to search
     * @param options options
     * @return the stage
     */
    public static Bson searchMeta(SearchOperator operator, SearchOptions options) {
        return Stages.of("$searchMeta", Require.nonNull("operator", operator), Require.nonNull("options", options));
    }

    /**
     * Gives the metadata of a search. It must be the first stage.
     *
     * @param collector what to search, and how to group it
     * @return the stage
     */
    public static Bson searchMeta(SearchCollector collector) {
        return searchMeta(collector, SearchOptions.searchOptions());
    }

    /**
     * Gives the metadata of a search. It must be the first stage.
     *
     * @param collector what to search, and how to group it
     * @param options options
     * @return the stage
     */
    public static Bson searchMeta(SearchCollector collector, SearchOptions options) {
        return Stages.of("$searchMeta", Require.nonNull("collector", collector), Require.nonNull("options", options));
    }

    /**
     * Searches documents whose vectors are near to one. It must be the first stage.
     *
     * @param path the field that holds the vectors
     * @param queryVector the vector
     * @param index the index
     * @param limit how many documents
     * @param options options, which say whether the search is exact
     * @return the stage
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Bson vectorSearch(
            FieldSearchPath path, Iterable<Double> queryVector, String index, long limit, VectorSearchOptions options) {
        return Stages.vectorSearch(path, "queryVector", Items.of("queryVector", queryVector), index, limit, options);
    }

    /**
     * Searches documents whose vectors are near to one. It must be the first stage.
     *
     * @param path the field that holds the vectors
     * @param queryVector the vector
     * @param index the index
     * @param limit how many documents
     * @param options options, which say whether the search is exact
     * @return the stage
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Bson vectorSearch(
            FieldSearchPath path, BinaryVector queryVector, String index, long limit, VectorSearchOptions options) {
        return Stages.vectorSearch(
                path,
                "queryVector",
                new BsonBinary(Require.nonNull("queryVector", queryVector)),
                index,
                limit,
                options);
    }

    /**
     * Searches documents that are near to what the server makes a vector of. It must be the first stage.
     *
     * @param path the field that the index embeds
     * @param query what the server makes a vector of
     * @param index the index
     * @param limit how many documents
     * @param options options, which say whether the search is exact
     * @return the stage
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Bson vectorSearch(
            FieldSearchPath path, VectorSearchQuery query, String index, long limit, VectorSearchOptions options) {
        return Stages.vectorSearch(path, "query", Require.nonNull("query", query), index, limit, options);
    }

    /**
     * Sorts the first documents again, by how well a model finds that they fit.
     *
     * @param query what the documents are compared with
     * @param path the field that is compared
     * @param numDocsToRerank how many of the first documents
     * @param model the name of the model
     * @return the stage
     * @throws IllegalArgumentException if the number is not positive
     */
    public static Bson rerank(RerankQuery query, String path, int numDocsToRerank, String model) {
        return Stages.rerank(query, Stages.path("path", path), numDocsToRerank, model);
    }

    /**
     * Sorts the first documents again, by how well a model finds that they fit.
     *
     * @param query what the documents are compared with
     * @param paths the fields that are compared
     * @param numDocsToRerank how many of the first documents
     * @param model the name of the model
     * @return the stage
     * @throws IllegalArgumentException if there is no path, or the number is not positive
     */
    public static Bson rerank(RerankQuery query, List<String> paths, int numDocsToRerank, String model) {
        List<String> names = Require.some("paths", paths);
        return Stages.rerank(
                query, names.size() == 1 ? Literal.of(names.get(0)) : Items.ofStrings(names), numDocsToRerank, model);
    }

    /**
     * Combines the results of several pipelines by their scores.
     *
     * @param pipelines the pipelines, each of another name
     * @param normalization how their scores are brought into the same range
     * @return the stage
     * @throws IllegalArgumentException if there is none, or two have the same name
     */
    public static Bson scoreFusion(List<FusionPipeline> pipelines, ScoreNormalization normalization) {
        return scoreFusion(pipelines, normalization, ScoreFusionOptions.scoreFusionOptions());
    }

    /**
     * Combines the results of several pipelines by their scores.
     *
     * @param pipelines the pipelines, each of another name
     * @param normalization how their scores are brought into the same range
     * @param options options
     * @return the stage
     * @throws IllegalArgumentException if there is none, or two have the same name
     */
    public static Bson scoreFusion(
            List<FusionPipeline> pipelines, ScoreNormalization normalization, ScoreFusionOptions options) {
        return Stages.of(
                "$scoreFusion",
                Shape.of(
                        "input",
                        Shape.of("pipelines", Stages.fusion(Require.some("pipelines", pipelines)))
                                .with(
                                        "normalization",
                                        Literal.of(Require.nonNull("normalization", normalization)
                                                .wireName()))),
                Require.nonNull("options", options));
    }

    /**
     * Gives each document a score.
     *
     * @param score the expression of the score
     * @return the stage
     */
    public static Bson score(Object score) {
        return score(score, ScoreOptions.scoreOptions());
    }

    /**
     * Gives each document a score.
     *
     * @param score the expression of the score
     * @param options options
     * @return the stage
     */
    public static Bson score(Object score, ScoreOptions options) {
        return Stages.of(
                "$score", Shape.of("score", Require.nonNull("score", score)), Require.nonNull("options", options));
    }

    /**
     * Leaves fields out.
     *
     * @param fields the fields
     * @return the stage
     * @throws IllegalArgumentException if there is none
     */
    public static Bson unset(String... fields) {
        return Stages.unset(Require.some("fields", fields));
    }

    /**
     * Leaves fields out.
     *
     * @param fields the fields
     * @return the stage
     * @throws IllegalArgumentException if there is none
     */
    public static Bson unset(List<String> fields) {
        return Stages.unset(Require.some("fields", fields));
    }

    /**
     * Gives the documents by how near they are to a point, the nearest first. It must be the first stage.
     *
     * @param near the point
     * @param distanceField the field that gets the distance
     * @return the stage
     */
    public static Bson geoNear(Point near, String distanceField) {
        return geoNear(near, distanceField, GeoNearOptions.geoNearOptions());
    }

    /**
     * Gives the documents by how near they are to a point, the nearest first. It must be the first stage.
     *
     * @param near the point
     * @param distanceField the field that gets the distance
     * @param options options
     * @return the stage
     */
    public static Bson geoNear(Point near, String distanceField, GeoNearOptions options) {
        return Stages.of(
                "$geoNear",
                Shape.of("near", Require.nonNull("near", near))
                        .with("distanceField", Stages.path("distanceField", distanceField)),
                Require.nonNull("options", options));
    }

    /**
     * Begins a pipeline, of a database, with given documents.
     *
     * @param documents the documents
     * @return the stage
     */
    public static Bson documents(List<? extends Bson> documents) {
        return Shape.of("$documents", new Items(Require.<Bson>all("documents", documents)));
    }
}
