package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stages: those that the engine does well go to it, the rest is done here. */
final class Stages {
    private static final Set<String> LATER_STAGES = Set.of(
            "$bucketAuto",
            "$densify",
            "$fill",
            "$geoNear",
            "$setWindowFields",
            "$planCacheStats",
            "$search",
            "$searchMeta",
            "$vectorSearch",
            "$querySettings",
            "$listSampledQueries",
            "$shardedDataDistribution",
            "$queryStats",
            "$score",
            "$rankFusion",
            "$scoreFusion");
    private static final Set<String> ENDS = Set.of(
            "$out",
            "$merge",
            "$documents",
            "$collStats",
            "$indexStats",
            "$currentOp",
            "$listLocalSessions",
            "$listSessions",
            "$listSearchIndexes",
            "$changeStream",
            "$changeStreamSplitLargeEvent");
    private static final Set<String> KNOWN = Set.of(
            "$match",
            "$project",
            "$addFields",
            "$set",
            "$unset",
            "$replaceRoot",
            "$replaceWith",
            "$limit",
            "$skip",
            "$sort",
            "$group",
            "$count",
            "$sortByCount",
            "$unwind",
            "$lookup",
            "$graphLookup",
            "$unionWith",
            "$facet",
            "$sample",
            "$bucket",
            "$redact");

    private Stages() {}

    record Surroundings(Variables variables, Collation collation, PipelineWorld world) {}

    static boolean isKnown(String name) {
        return KNOWN.contains(name) || ENDS.contains(name) || LATER_STAGES.contains(name);
    }

    static CommandError unrecognized(String name) {
        return new CommandError(40324, "Unrecognized pipeline stage name: '" + name + "'");
    }

    static UnaryOperator<List<Document>> of(String name, @Nullable Object spec, Surroundings around) {
        if (!isKnown(name)
                || (name.equals("$unionWith") && !around.world().version().atLeast(4, 4))) {
            throw unrecognized(name);
        }
        if (LATER_STAGES.contains(name)) {
            throw new CommandError(ErrorCode.NOT_IMPLEMENTED, "This server does not implement the stage " + name);
        }
        return switch (name) {
            case "$match" -> match(spec, around);
            case "$limit" -> limit(spec);
            case "$skip" -> skip(spec);
            case "$sort" -> sort(spec, around);
            case "$count" -> count(spec);
            case "$project" -> project(spec, around);
            case "$addFields", "$set" -> set(name, spec, around);
            case "$replaceRoot" -> replace(name, object(name, spec).get("newRoot"), around);
            case "$replaceWith" -> replace(name, spec, around);
            case "$sortByCount" -> sortByCount(spec, around);
            case "$group", "$unwind", "$unset", "$sample", "$bucket", "$redact" -> engine(name, spec, around);
            case "$facet" -> Joins.facet(object(name, spec), around);
            case "$unionWith" -> Joins.union(spec, around);
            case "$lookup" -> Joins.lookup(object(name, spec), around);
            case "$graphLookup" -> Joins.graph(object(name, spec), around);
            case "$out", "$merge" ->
                throw new CommandError(40601, name + " can only be the final stage in the pipeline");
            case "$changeStreamSplitLargeEvent" ->
                throw new CommandError(7182800, name + " can only be the last stage of a $changeStream pipeline");
            default -> throw new CommandError(40602, name + " is only valid as the first stage in a pipeline");
        };
    }

    static Document object(String name, @Nullable Object spec) {
        if (spec instanceof Document document) {
            return document;
        }
        throw new CommandError(
                name.equals("$match") ? 15959 : name.equals("$project") ? 15969 : name.equals("$sort") ? 15973 : 40272,
                "the " + name + " filter must be an expression in an object");
    }

    private static UnaryOperator<List<Document>> match(@Nullable Object spec, Surroundings around) {
        Filter filter = Filter.of(object("$match", spec), around.collation(), around.variables());
        return documents -> documents.stream().filter(filter::matches).collect(Collectors.toList());
    }

    private static UnaryOperator<List<Document>> limit(@Nullable Object spec) {
        long limit = whole("$limit", spec);
        if (limit <= 0) {
            throw new CommandError(15958, "the limit must be positive");
        }
        return documents -> documents.size() <= limit ? documents : documents.subList(0, (int) limit);
    }

    private static UnaryOperator<List<Document>> skip(@Nullable Object spec) {
        long skip = whole("$skip", spec);
        if (skip < 0) {
            throw new CommandError(
                    5107200, "invalid argument to $skip stage: Expected a non-negative number in: $skip: " + skip);
        }
        return documents -> documents.subList((int) Math.min(skip, documents.size()), documents.size());
    }

    private static long whole(String name, @Nullable Object spec) {
        if (spec instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue())) {
            return n.longValue();
        }
        throw new CommandError(
                name.equals("$limit") ? 5107201 : 5107200,
                "invalid argument to " + name + " stage: Expected an integer: " + name + ": " + JsonText.shell(spec));
    }

    private static UnaryOperator<List<Document>> sort(@Nullable Object spec, Surroundings around) {
        Document fields = object("$sort", spec);
        if (fields.isEmpty()) {
            throw new CommandError(15976, "$sort stage must have at least one sort key");
        }
        SortKey key = SortKey.of(fields, around.collation());
        return documents -> documents.stream().sorted(key).collect(Collectors.toList());
    }

    private static UnaryOperator<List<Document>> count(@Nullable Object spec) {
        if (!(spec instanceof String name) || name.isEmpty() || name.startsWith("$") || name.contains(".")) {
            throw new CommandError(40156, "the count field must be a non-empty string that is no path");
        }
        return documents -> documents.isEmpty() ? List.of() : List.of(new Document(name, documents.size()));
    }

    private static UnaryOperator<List<Document>> project(@Nullable Object spec, Surroundings around) {
        if (!(spec instanceof Document fields)) {
            throw new CommandError(15969, "$project specification must be an object");
        }
        if (fields.isEmpty()) {
            throw new CommandError(
                    51272, "Invalid $project :: caused by :: projection specification must have at least one field");
        }
        try {
            Projection projection = Projection.of(fields, around.variables(), null);
            return documents -> documents.stream().map(projection::apply).collect(Collectors.toList());
        } catch (CommandError error) {
            throw new CommandError(error.code(), "Invalid $project :: caused by :: " + error.message());
        }
    }

    private static UnaryOperator<List<Document>> set(String name, @Nullable Object spec, Surroundings around) {
        if (!(spec instanceof Document fields)) {
            throw new CommandError(
                    40272, name + " specification stage must be an object, got " + Values.typeName(spec));
        }
        if (fields.isEmpty()) {
            throw new CommandError(
                    40177, "Invalid " + name + " :: caused by :: specification must have at least one field");
        }
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            if (field.getKey().startsWith("$")) {
                throw new CommandError(
                        16410,
                        "Invalid " + name
                                + " :: caused by :: FieldPath field names may not start with '$'. Consider using $getField or $setField.");
            }
            try {
                Expressions.check(field.getValue());
            } catch (CommandError error) {
                throw new CommandError(error.code(), "Invalid " + name + " :: caused by :: " + error.message());
            }
        }
        return documents -> documents.stream()
                .map(document -> {
                    Document result = Paths.shallow(document);
                    fields.forEach((path, value) -> place(result, path, value, document, around));
                    return result;
                })
                .collect(Collectors.toList());
    }

    private static void place(
            Document target, String path, @Nullable Object spec, Document document, Surroundings around) {
        int dot = path.indexOf('.');
        String head = dot < 0 ? path : path.substring(0, dot);
        boolean nested = spec instanceof Document d
                && !d.isEmpty()
                && !d.keySet().iterator().next().startsWith("$");
        if (dot < 0 && !nested) {
            Object value = Expressions.evaluate(spec, document, around.variables());
            if (value instanceof Missing) {
                target.remove(head);
            } else {
                target.put(head, value);
            }
            return;
        }
        Object inner = target.get(head);
        if (inner instanceof List<?> many) {
            List<@Nullable Object> mapped = new ArrayList<>();
            for (Object each : many) {
                mapped.add(into(each, dot < 0 ? "" : path.substring(dot + 1), spec, document, around));
            }
            target.put(head, mapped);
        } else {
            target.put(head, into(inner, dot < 0 ? "" : path.substring(dot + 1), spec, document, around));
        }
    }

    private static Document into(
            @Nullable Object value, String rest, @Nullable Object spec, Document document, Surroundings around) {
        Document copy = value instanceof Document d ? Paths.shallow(d) : new Document();
        if (rest.isEmpty() && spec instanceof Document fields) {
            fields.forEach((path, each) -> place(copy, path, each, document, around));
        } else {
            place(copy, rest, spec, document, around);
        }
        return copy;
    }

    private static UnaryOperator<List<Document>> replace(String name, @Nullable Object spec, Surroundings around) {
        Expressions.check(spec);
        return documents -> documents.stream()
                .map(document -> {
                    Object value = Expressions.evaluate(spec, document, around.variables());
                    if (value instanceof Document replacement) {
                        return replacement;
                    }
                    throw new CommandError(
                            40228,
                            (name.equals("$replaceRoot") ? "'newRoot' expression " : "'replacement document' ")
                                    + " must evaluate to an object, but resulting value was: " + JsonText.shell(value)
                                    + ". Type of resulting value: '" + Values.typeName(value) + "'.");
                })
                .collect(Collectors.toList());
    }

    private static UnaryOperator<List<Document>> sortByCount(@Nullable Object spec, Surroundings around) {
        UnaryOperator<List<Document>> group =
                engine("$group", new Document("_id", spec).append("count", new Document("$sum", 1)), around);
        UnaryOperator<List<Document>> sort = sort(new Document("count", -1), around);
        return documents -> sort.apply(group.apply(documents));
    }

    /** Whether groups depend on values of the documents. */
    private static boolean groupsByValue(@Nullable Object spec) {
        Object id = spec instanceof Document d ? d.get("_id") : null;
        return id instanceof Document || (id instanceof String text && text.startsWith("$"));
    }

    /** Stages of the engine, which find variables as fields of the documents. */
    private static UnaryOperator<List<Document>> engine(String name, @Nullable Object spec, Surroundings around) {
        if (name.equals("$group") && !around.collation().isSimple() && groupsByValue(spec)) {
            throw new CommandError(
                    ErrorCode.NOT_IMPLEMENTED, "This server does not implement $group under a collation");
        }
        Document stage = new Document(name, spec);
        Aggregation aggregation;
        try {
            aggregation = Aggregation.fromPipeline(
                    List.of(stage), database -> EngineDatabase.EMPTY, EngineDatabase.EMPTY, null, NoopOplog.get());
        } catch (RuntimeException failure) {
            throw Failures.of(failure);
        }
        return documents -> aggregation.runStages(documents.stream().map(around.variables()::bound)).stream()
                .map(around.variables()::freed)
                .collect(Collectors.toList());
    }
}
