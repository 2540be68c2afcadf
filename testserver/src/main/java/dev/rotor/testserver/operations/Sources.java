package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Expressions;
import dev.rotor.testserver.query.Pipeline;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stages that bring documents forth instead of a collection. */
final class Sources {
    private Sources() {}

    /** Their documents, or null if the pipeline begins with another stage. */
    static @Nullable List<Document> documents(Call call, Namespace namespace, String stage, List<?> stages) {
        Object spec = stages.isEmpty() ? null : Pipeline.single(stages.get(0)).get(stage);
        return switch (stage) {
            case "$documents" -> literal(call, namespace, spec);
            case "$listLocalSessions", "$listSessions" ->
                call.request().server().localSessions(spec instanceof Document d && Values.isTrue(d.get("allUsers")));
            case "$currentOp" -> {
                if (!namespace.database().equals("admin")) {
                    throw new CommandError(
                            ErrorCode.INVALID_NAMESPACE,
                            "$currentOp must be run against the 'admin' database with {aggregate: 1}");
                }
                yield call.request().server().currentOperations();
            }
            case "$collStats" -> List.of(collStats(call, namespace, spec));
            case "$indexStats" -> indexStats(call, namespace);
            case "$listSearchIndexes" -> throw SearchIndexes.refusal();
            default -> null;
        };
    }

    private static List<Document> literal(Call call, Namespace namespace, @Nullable Object spec) {
        if (!call.version().atLeast(5, 1)) {
            throw new CommandError(40324, "Unrecognized pipeline stage name: '$documents'");
        }
        if (!namespace.collection().equals("$cmd.aggregate")) {
            throw new CommandError(
                    ErrorCode.INVALID_NAMESPACE, "$documents must be run against a database with {aggregate: 1}");
        }
        Object value = Expressions.evaluate(spec, new Document(), call.variables());
        if (!(value instanceof List<?> many)) {
            throw new CommandError(5858203, "an array is expected");
        }
        List<Document> documents = new ArrayList<>();
        for (Object each : many) {
            if (!(each instanceof Document document)) {
                throw new CommandError(40228, "$documents must evaluate to an array of objects");
            }
            documents.add(document.cloneDeeply());
        }
        return documents;
    }

    private static Document collStats(Call call, Namespace namespace, @Nullable Object spec) {
        StoredCollection collection = call.find(namespace);
        if (collection == null && !call.version().atLeast(6, 2)) {
            throw new CommandError(
                    ErrorCode.NAMESPACE_NOT_FOUND,
                    "Unable to retrieve storageStats in $collStats stage :: caused by :: Collection [" + namespace
                            + "] not found.");
        }
        Document wanted = spec instanceof Document d ? d : new Document();
        Document stats = new Document("ns", namespace.toString())
                .append("host", "localhost")
                .append("localTime", Instant.now());
        if (wanted.containsKey("count")) {
            stats.append("count", collection == null ? 0 : collection.count());
        }
        if (wanted.get("storageStats") instanceof Document options) {
            stats.append("storageStats", Statistics.storage(collection, Values.whole(options.get("scale"), 1)));
        }
        if (wanted.containsKey("latencyStats")) {
            Document none = new Document("latency", 0L).append("ops", 0L);
            stats.append(
                    "latencyStats",
                    new Document("reads", none).append("writes", none.clone()).append("commands", none.clone()));
        }
        return stats;
    }

    private static List<Document> indexStats(Call call, Namespace namespace) {
        StoredCollection collection = call.find(namespace);
        List<Document> stats = new ArrayList<>();
        if (collection != null) {
            for (StoredIndex index : collection.indexes()) {
                stats.add(new Document("name", index.name())
                        .append("key", index.keys().cloneDeeply())
                        .append("host", "localhost")
                        .append("accesses", new Document("ops", 0L).append("since", Instant.now()))
                        .append("spec", index.spec().cloneDeeply()));
            }
        }
        return stats;
    }
}
