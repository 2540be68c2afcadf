package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import dev.rotor.driver.model.search.FieldSearchPath;
import dev.rotor.driver.model.search.TextVectorSearchQuery;
import dev.rotor.driver.model.search.VectorSearchOptions;
import java.util.List;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The parts that {@link Aggregates} puts stages together from. */
final class Stages {

    private Stages() {}

    static BsonValue path(String argument, String value) {
        return Literal.of(Require.path(argument, value));
    }

    static BsonValue dollarPath(String fieldName) {
        if (!Require.path("fieldName", fieldName).startsWith("$")) {
            throw new IllegalArgumentException("fieldName must begin with $, unlike " + fieldName);
        }
        return Literal.of(fieldName);
    }

    /** A stage that is made of its arguments and of options whose names are known only when it is rendered. */
    static Bson of(String name, Bson arguments, Bson options) {
        return Shape.of(name, Joined.of(arguments, options));
    }

    static Shape fields(List<Field<?>> fields) {
        Shape shape = Shape.EMPTY;
        for (Field<?> field : fields) {
            shape = shape.with(field.name(), field.value());
        }
        return shape;
    }

    static @Nullable Shape variables(String argument, @Nullable List<? extends Variable<?>> variables) {
        if (variables == null) {
            return null;
        }
        Shape shape = Shape.EMPTY;
        for (Variable<?> variable : Require.<Variable<?>>all(argument, variables)) {
            shape = shape.with(variable.name(), variable.value());
        }
        return shape;
    }

    static Items pipeline(List<? extends Bson> pipeline) {
        return new Items(Require.<Bson>all("pipeline", pipeline));
    }

    static @Nullable Shape output(@Nullable List<BsonField> fields) {
        return fields == null ? null : output(Shape.EMPTY, fields);
    }

    private static Shape output(Shape shape, List<BsonField> fields) {
        Shape all = shape;
        for (BsonField field : fields) {
            all = all.with(field.name(), field.value());
        }
        return all;
    }

    static Bson group(@Nullable Object id, List<BsonField> fields) {
        for (BsonField field : fields) {
            if (field.name().equals("_id")) {
                throw new IllegalArgumentException("fieldAccumulators must not have a field _id: that is the group's");
            }
        }
        return Shape.of("$group", output(Shape.of("_id", id), fields));
    }

    static Shape windows(List<? extends WindowOutputField> fields) {
        Shape shape = Shape.EMPTY;
        for (WindowOutputField field : fields) {
            shape = shape.with(field.toBsonField().name(), field.toBsonField().value());
        }
        return shape;
    }

    static Bson facet(List<Facet> facets) {
        Shape shape = Shape.EMPTY;
        for (Facet facet : facets) {
            shape = withUnique("facets", shape, facet.name(), new Items(facet.pipeline()));
        }
        return Shape.of("$facet", shape);
    }

    static Shape fusion(List<FusionPipeline> pipelines) {
        Shape shape = Shape.EMPTY;
        for (FusionPipeline pipeline : pipelines) {
            shape = withUnique("pipelines", shape, pipeline.name(), new Items(pipeline.pipeline()));
        }
        return shape;
    }

    private static Shape withUnique(String argument, Shape shape, String name, Items stages) {
        if (shape.get(name) != null) {
            throw new IllegalArgumentException(argument + " must have different names, and two are called " + name);
        }
        return shape.with(name, stages);
    }

    static Bson merge(Object into, MergeOptions options) {
        MergeOptions.WhenMatched whenMatched =
                Require.nonNull("options", options).whenMatched();
        MergeOptions.WhenNotMatched whenNotMatched = options.whenNotMatched();
        return Shape.of(
                "$merge",
                Shape.of("into", into)
                        .withPresent("on", identifier(options.uniqueIdentifier()))
                        .withPresent("let", variables("variables", options.variables()))
                        .withPresent("whenMatched", whenMatched == null ? null : whenMatched(whenMatched, options))
                        .withPresent(
                                "whenNotMatched",
                                Literal.ofNullable(whenNotMatched == null ? null : whenNotMatched.wireName())));
    }

    private static @Nullable Object identifier(@Nullable List<String> fields) {
        if (fields == null) {
            return null;
        }
        return fields.size() == 1 ? Literal.of(fields.get(0)) : Items.ofStrings(fields);
    }

    private static Object whenMatched(MergeOptions.WhenMatched whenMatched, MergeOptions options) {
        if (whenMatched != MergeOptions.WhenMatched.PIPELINE) {
            return Literal.of(whenMatched.wireName());
        }
        List<Bson> pipeline = options.whenMatchedPipeline();
        if (pipeline == null) {
            throw new IllegalArgumentException("options ask for a pipeline, and whenMatchedPipeline gives none");
        }
        return new Items(pipeline);
    }

    static Bson vectorSearch(
            FieldSearchPath path, String query, Object value, String index, long limit, VectorSearchOptions options) {
        Shape arguments = Shape.of(
                        "path", Literal.of(Require.nonNull("path", path).toValue()))
                .with(query, value)
                .with("index", path("index", index))
                .with("limit", Literal.of(Require.atLeast("limit", limit, 1)));
        if (value instanceof TextVectorSearchQuery text) {
            arguments = arguments.withPresent("model", Literal.ofNullable(text.model()));
        }
        return of("$vectorSearch", arguments, Require.nonNull("options", options));
    }

    static Bson rerank(RerankQuery query, Object path, int numDocsToRerank, String model) {
        return Shape.of(
                "$rerank",
                Shape.of("query", Require.nonNull("query", query))
                        .with("path", path)
                        .with("numDocsToRerank", Literal.of(Require.atLeast("numDocsToRerank", numDocsToRerank, 1)))
                        .with("model", path("model", model)));
    }

    static Bson unset(List<String> fields) {
        for (String field : fields) {
            Require.path("fields", field);
        }
        return Shape.of("$unset", fields.size() == 1 ? Literal.of(fields.get(0)) : Items.ofStrings(fields));
    }
}
