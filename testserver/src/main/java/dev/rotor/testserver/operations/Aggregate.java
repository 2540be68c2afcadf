package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.CursorSource;
import dev.rotor.testserver.cursor.Cursors;
import dev.rotor.testserver.cursor.ListSource;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Pipeline;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code aggregate}. */
final class Aggregate implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
                    "aggregate",
                    "pipeline",
                    "cursor",
                    "explain",
                    "allowDiskUse",
                    "bypassDocumentValidation",
                    "collation",
                    "hint",
                    "runtimeConstants",
                    "needsMerge",
                    "fromMongos",
                    "exchange",
                    "isMapReduceCommand")
            .since("5.0", "let", "collectionUUID")
            .since("6.0", "encryptionInformation");

    /** Stages that are not part of the Stable API. */
    private static final Set<String> UNSTABLE = Set.of(
            "$currentOp",
            "$indexStats",
            "$listLocalSessions",
            "$listSessions",
            "$planCacheStats",
            "$search",
            "$searchMeta",
            "$listSearchIndexes",
            "$vectorSearch",
            "$queryStats");

    private static final Set<String> WITHOUT_COLLECTION = Set.of(
            "$documents", "$currentOp", "$listLocalSessions", "$changeStream", "$queryStats", "$listSampledQueries");

    @Override
    public Document run(Call call) {
        Object target = call.command().get("aggregate");
        boolean onCollection = target instanceof String;
        if (!onCollection && !(target instanceof Number n && n.doubleValue() == 1)) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "Invalid command format: the 'aggregate' field must specify a collection name or 1");
        }
        Namespace namespace =
                onCollection ? call.namespace() : new Namespace(call.request().database(), "$cmd.aggregate");
        List<?> stages = call.list("pipeline");
        boolean explain = call.flag("explain");
        if (!(call.command().get("cursor") instanceof Document) && !explain) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "The 'cursor' option is required, except for aggregate with the explain argument");
        }
        checkApi(call, stages);
        StoredCollection collection = onCollection ? call.find(namespace) : null;
        Collation collation = call.collation(collection, call.command().get("collation"));
        Hints.keys(call.command().get("hint"), collection);
        String first = stages.isEmpty()
                ? ""
                : Pipeline.single(stages.get(0)).keySet().iterator().next();
        if (!onCollection && !WITHOUT_COLLECTION.contains(first)) {
            Pipeline.of(stages, call.variables(), collation, new Reader(call).world(namespace.database()));
            throw new CommandError(
                    ErrorCode.INVALID_NAMESPACE,
                    "{aggregate: 1} is not valid for '" + (first.isEmpty() ? "an empty pipeline" : first)
                            + "'; a collection is required.");
        }
        if (first.equals("$changeStream")) {
            return ChangeStreams.open(call, namespace, stages, collation, batchSize(call));
        }
        if (explain) {
            return Explain.plan(call, namespace, new Document("aggregate", target).append("pipeline", stages));
        }
        List<Document> result = documents(call, namespace, first, stages, collation);
        CursorSource source = new ListSource(result, false);
        return call.cursors().first(call.request(), namespace, source, batchSize(call), false, call.snapshotTime());
    }

    private static int batchSize(Call call) {
        long size = Values.whole(call.document("cursor").get("batchSize"), Cursors.FIRST_BATCH);
        if (size < 0) {
            throw new CommandError(51024, "BSON field 'batchSize' value must be >= 0, actual value '" + size + "'");
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static void checkApi(Call call, List<?> stages) {
        if (!call.request().api().strict()) {
            return;
        }
        for (Object each : stages) {
            Document stage = Pipeline.single(each);
            String name = stage.keySet().iterator().next();
            boolean counting = name.equals("$collStats")
                    && stage.get(name) instanceof Document options
                    && options.keySet().equals(Set.of("count"));
            if (UNSTABLE.contains(name) || (name.equals("$collStats") && !counting)) {
                throw new CommandError(
                        ErrorCode.API_STRICT_ERROR,
                        "stage " + name + " is not allowed with 'apiStrict: true' in API Version "
                                + call.request().api().version());
            }
        }
    }

    private static List<Document> documents(
            Call call, Namespace namespace, String first, List<?> stages, Collation collation) {
        Variables variables = call.variables();
        Reader reader = new Reader(call);
        List<?> rest = stages;
        Document last = stages.isEmpty() ? new Document() : Pipeline.single(stages.get(stages.size() - 1));
        boolean writes = last.containsKey("$out") || last.containsKey("$merge");
        if (writes) {
            if (call.overlay() != null) {
                String name = last.keySet().iterator().next();
                throw new CommandError(
                        ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION, name + " cannot be used in a transaction");
            }
            if ("linearizable".equals(call.request().readConcern().level())) {
                String name = last.keySet().iterator().next();
                throw new CommandError(
                        ErrorCode.INVALID_OPTIONS, name + " cannot be used with a 'linearizable' read concern level");
            }
            rest = rest.subList(0, rest.size() - 1);
        }
        List<Document> input = Sources.documents(call, namespace, first, stages);
        boolean sourced = input != null;
        if (sourced) {
            rest = rest.subList(1, rest.size());
        }
        Pipeline pipeline = Pipeline.of(rest, variables, collation, reader.world(namespace.database()));
        List<Document> result;
        if (input != null) {
            result = pipeline.run(input);
        } else if (first.equals("$match") && Pipeline.single(stages.get(0)).get("$match") instanceof Document match) {
            // The first filter may use the index.
            Pipeline after =
                    Pipeline.of(rest.subList(1, rest.size()), variables, collation, reader.world(namespace.database()));
            result = after.run(reader.matching(namespace, Filter.of(match, collation, variables)));
        } else {
            result = pipeline.run(reader.all(namespace));
        }
        if (writes) {
            Outputs.write(call, namespace, last, result, variables);
            return List.of();
        }
        return new ArrayList<>(result);
    }
}
