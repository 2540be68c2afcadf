package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stages that read other collections or have pipelines of their own. */
final class Joins {
    private Joins() {}

    static UnaryOperator<List<Document>> facet(Document spec, Stages.Surroundings around) {
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        spec.forEach((name, stages) -> pipelines.put(name, sub("$facet", stages, around.variables(), around)));
        return documents -> {
            Document result = new Document();
            pipelines.forEach((name, pipeline) -> result.put(name, new ArrayList<>(pipeline.run(documents))));
            return List.of(result);
        };
    }

    private static Pipeline sub(String name, @Nullable Object stages, Variables variables, Stages.Surroundings around) {
        if (!(stages instanceof List<?> many)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "the pipeline of " + name + " must be an array");
        }
        return Pipeline.of(many, variables, around.collation(), around.world());
    }

    static UnaryOperator<List<Document>> union(@Nullable Object spec, Stages.Surroundings around) {
        String from;
        Pipeline pipeline;
        if (spec instanceof String name) {
            from = name;
            pipeline = sub("$unionWith", List.of(), around.variables(), around);
        } else if (spec instanceof Document d && d.get("coll") instanceof String name) {
            from = name;
            pipeline = sub("$unionWith", d.getOrDefault("pipeline", List.of()), around.variables(), around);
        } else {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE, "the $unionWith stage specification must be an object or string");
        }
        return documents -> {
            List<Document> all = new ArrayList<>(documents);
            all.addAll(pipeline.run(around.world().documents(from)));
            return all;
        };
    }

    static UnaryOperator<List<Document>> lookup(Document spec, Stages.Surroundings around) {
        for (String name : spec.keySet()) {
            if (!Set.of("from", "localField", "foreignField", "as", "let", "pipeline")
                    .contains(name)) {
                throw new CommandError(ErrorCode.FAILED_TO_PARSE, "unknown argument to $lookup: " + name);
            }
        }
        if (!(spec.get("as") instanceof String as)) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "must specify 'as' field for a $lookup");
        }
        boolean byField = spec.containsKey("localField") || spec.containsKey("foreignField");
        if (byField && !(spec.get("localField") instanceof String && spec.get("foreignField") instanceof String)) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
        }
        if (!byField && !spec.containsKey("pipeline")) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
        }
        Object stages = spec.getOrDefault("pipeline", List.of());
        Document let = spec.get("let") instanceof Document d ? d : new Document();
        return documents -> {
            List<Document> foreign =
                    spec.get("from") instanceof String from ? around.world().documents(from) : List.of(new Document());
            List<Document> result = new ArrayList<>();
            for (Document document : documents) {
                List<Document> matching = byField ? joined(document, spec, foreign) : foreign;
                Variables inner = around.variables().let(let, document);
                Document copy = Paths.shallow(document);
                copy.put(
                        as,
                        new ArrayList<>(sub("$lookup", stages, inner, around).run(matching)));
                result.add(copy);
            }
            return result;
        };
    }

    private static List<Document> joined(Document document, Document spec, List<Document> foreign) {
        List<@Nullable Object> wanted = flat(Paths.values(document, Values.text(spec.get("localField"))));
        List<Document> matching = new ArrayList<>();
        for (Document other : foreign) {
            List<@Nullable Object> found = flat(Paths.values(other, Values.text(spec.get("foreignField"))));
            if (wanted.stream().anyMatch(w -> found.stream().anyMatch(f -> BsonOrder.same(w, f)))) {
                matching.add(other);
            }
        }
        return matching;
    }

    /** Elements of arrays, and null for what is not there. */
    private static List<@Nullable Object> flat(List<@Nullable Object> values) {
        List<@Nullable Object> flat = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof List<?> many) {
                flat.addAll(many);
            } else {
                flat.add(value instanceof Missing ? null : value);
            }
        }
        return flat;
    }

    static UnaryOperator<List<Document>> graph(Document spec, Stages.Surroundings around) {
        for (String name : List.of("from", "as", "connectFromField", "connectToField")) {
            if (!(spec.get(name) instanceof String)) {
                throw new CommandError(
                        40105,
                        "missing '" + name + "' option to $graphLookup stage specification: " + JsonText.shell(spec));
            }
        }
        Filter restriction = Filter.of(spec.get("restrictSearchWithMatch") instanceof Document d ? d : new Document());
        return documents -> {
            List<Document> foreign = around.world().documents(Values.text(spec.get("from")));
            List<Document> result = new ArrayList<>();
            for (Document document : documents) {
                Object start = Expressions.evaluate(spec.get("startWith"), document, around.variables());
                Document copy = Paths.shallow(document);
                copy.put(
                        Values.text(spec.get("as")),
                        reach(
                                spec,
                                start,
                                foreign.stream().filter(restriction::matches).toList()));
                result.add(copy);
            }
            return result;
        };
    }

    private record Step(@Nullable Object value, long depth) {}

    private static List<Document> reach(Document spec, @Nullable Object start, List<Document> foreign) {
        long max = Values.whole(spec.get("maxDepth"), Long.MAX_VALUE);
        Map<Object, Document> found = new TreeMap<>(BsonOrder.INSTANCE);
        Deque<Step> open = new ArrayDeque<>();
        flat(java.util.Arrays.asList(start)).forEach(value -> open.add(new Step(value, 0)));
        while (!open.isEmpty()) {
            Step step = open.remove();
            for (Document other : foreign) {
                boolean connected = flat(Paths.values(other, Values.text(spec.get("connectToField")))).stream()
                        .anyMatch(value -> BsonOrder.same(value, step.value()));
                if (connected && step.depth() <= max && !found.containsKey(other.get("_id"))) {
                    Document hit = Paths.shallow(other);
                    if (spec.get("depthField") instanceof String depth) {
                        hit.put(depth, step.depth());
                    }
                    found.put(other.get("_id"), hit);
                    flat(Paths.values(other, Values.text(spec.get("connectFromField"))))
                            .forEach(value -> open.add(new Step(value, step.depth() + 1)));
                }
            }
        }
        return new ArrayList<>(found.values());
    }
}
