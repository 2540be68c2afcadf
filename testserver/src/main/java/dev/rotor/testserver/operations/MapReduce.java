package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.BsonOrder;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.SortKey;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.script.Script;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code mapReduce}, with the results in the reply or in a collection. */
final class MapReduce implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
            "mapReduce",
            "mapreduce",
            "map",
            "reduce",
            "out",
            "query",
            "sort",
            "limit",
            "finalize",
            "scope",
            "jsMode",
            "verbose",
            "bypassDocumentValidation",
            "collation");

    @Override
    public Document run(Call call) {
        Namespace namespace = call.namespace();
        Object out = call.command().get("out");
        if (out == null) {
            throw new CommandError(40414, "BSON field 'mapReduce.out' is missing but a required field");
        }
        if (call.command().containsKey("scope")) {
            throw new CommandError(
                    ErrorCode.NOT_IMPLEMENTED, "This server does not implement the option scope of mapReduce");
        }
        List<Document> results = results(call, input(call, namespace));
        if (out instanceof Document spec && spec.containsKey("inline")) {
            return new Document("results", results);
        }
        Document stage = stage(out);
        Outputs.write(call, namespace, stage, results, call.variables());
        return new Document("result", name(out));
    }

    private static List<Document> input(Call call, Namespace namespace) {
        StoredCollection collection = call.find(namespace);
        Collation collation = call.collation(collection, call.command().get("collation"));
        Filter filter = Filter.of(call.document("query"), collation, call.variables());
        List<Document> documents = new ArrayList<>(new Reader(call).matching(namespace, filter));
        SortKey sort = SortKey.of(call.document("sort"), collation);
        if (!sort.isEmpty()) {
            documents.sort(sort);
        }
        long limit = call.number("limit", 0);
        return limit > 0 && limit < documents.size() ? documents.subList(0, (int) limit) : documents;
    }

    private static List<Document> results(Call call, List<Document> input) {
        Map<Object, List<@Nullable Object>> emitted = new TreeMap<>(BsonOrder.INSTANCE);
        Script map = Script.of(call.command().get("map"))
                .withEmit((key, value) ->
                        emitted.computeIfAbsent(key, k -> new ArrayList<>()).add(value));
        Script reduce = Script.of(call.command().get("reduce"));
        Object last = call.command().get("finalize");
        Script finish = last == null ? null : Script.of(last);
        input.forEach(map::run);
        List<Document> results = new ArrayList<>();
        emitted.forEach((key, values) -> {
            Object value = values.size() == 1 ? values.get(0) : reduce.run(new Document(), key, values);
            results.add(new Document("_id", key)
                    .append("value", finish == null ? value : finish.run(new Document(), key, value)));
        });
        return results;
    }

    private static String name(Object out) {
        if (out instanceof Document spec) {
            for (String mode : List.of("replace", "merge")) {
                if (spec.get(mode) instanceof String name) {
                    return name;
                }
            }
            throw new CommandError(
                    ErrorCode.NOT_IMPLEMENTED,
                    "This server implements the output modes inline, replace and merge of mapReduce");
        }
        return Values.text(out);
    }

    private static Document stage(Object out) {
        boolean merge = out instanceof Document spec && spec.containsKey("merge");
        String name = name(out);
        return merge
                ? new Document("$merge", new Document("into", name).append("whenMatched", "replace"))
                : new Document("$out", name);
    }
}
