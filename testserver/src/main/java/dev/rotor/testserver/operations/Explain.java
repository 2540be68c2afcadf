package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Implication;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredIndex;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code explain}: how a command would be executed; here a scan of the collection or of an index. */
final class Explain implements Command {
    static final Arguments ARGUMENTS = Arguments.of("explain", "verbosity");

    private static final Set<String> EXPLAINED =
            Set.of("find", "aggregate", "count", "distinct", "update", "delete", "findAndModify", "mapReduce");
    private static final Set<String> VERBOSITIES = Set.of("queryPlanner", "executionStats", "allPlansExecution");

    @Override
    public Document run(Call call) {
        if (!(call.command().get("explain") instanceof Document inner) || inner.isEmpty()) {
            throw new CommandError(
                    ErrorCode.TYPE_MISMATCH, "BSON field 'explain.explain' is the wrong type, expected type 'object'");
        }
        String name = inner.keySet().iterator().next();
        if (!EXPLAINED.contains(name)) {
            throw new CommandError(ErrorCode.COMMAND_NOT_FOUND, "Explain failed due to unknown command: " + name);
        }
        if (!VERBOSITIES.contains(String.valueOf(call.command().getOrDefault("verbosity", "allPlansExecution")))) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}");
        }
        if (!(inner.get(name) instanceof String collection)) {
            throw new CommandError(
                    ErrorCode.INVALID_NAMESPACE,
                    "collection name has invalid type " + Values.typeName(inner.get(name)));
        }
        return plan(call, call.namespace(collection), inner);
    }

    static Document plan(Call call, Namespace namespace, Document inner) {
        StoredCollection collection = call.find(namespace);
        Object query = inner.getOrDefault("filter", inner.getOrDefault("query", new Document()));
        Filter filter = Filter.of(query instanceof Document d ? d : new Document());
        StoredIndex index = index(collection, Hints.keys(inner.get("hint"), collection), filter.spec());
        Document winning = new Document();
        if (collection == null) {
            winning.append("stage", "EOF");
        } else if (filter.onlyId() != null) {
            winning.append("stage", call.version().atLeast(8, 0) ? "EXPRESS_IXSCAN" : "IDHACK");
        } else if (index != null) {
            winning.append("stage", "FETCH")
                    .append(
                            "inputStage",
                            new Document("stage", "IXSCAN")
                                    .append("keyPattern", index.keys().cloneDeeply())
                                    .append("indexName", index.name())
                                    .append("isUnique", index.isUnique())
                                    .append("isPartial", index.spec().containsKey("partialFilterExpression"))
                                    .append("direction", "forward"));
        } else {
            winning.append("stage", "COLLSCAN")
                    .append("filter", Values.copy(filter.spec()))
                    .append("direction", "forward");
        }
        Document reply = new Document("explainVersion", "1");
        reply.append(
                "queryPlanner",
                new Document("namespace", namespace.toString())
                        .append("indexFilterSet", false)
                        .append("parsedQuery", Values.copy(filter.spec()))
                        .append("winningPlan", winning)
                        .append("rejectedPlans", new java.util.ArrayList<>()));
        if (!"queryPlanner".equals(call.command().get("verbosity"))) {
            int found = inner.containsKey("pipeline")
                    ? 0
                    : new Reader(call).matching(namespace, filter).size();
            reply.append(
                    "executionStats",
                    new Document("executionSuccess", true)
                            .append("nReturned", found)
                            .append("executionTimeMillis", 0)
                            .append("totalKeysExamined", 0)
                            .append("totalDocsExamined", collection == null ? 0 : collection.count()));
        }
        return reply.append("command", inner.cloneDeeply().append("$db", namespace.database()))
                .append(
                        "serverInfo",
                        new Document("host", "localhost")
                                .append("version", call.version().toString()));
    }

    /**
     * The index that is hinted at, or else the first whose first field the filter names; a partial one only if all that
     * is looked for is in it.
     */
    private static @Nullable StoredIndex index(
            @Nullable StoredCollection collection, @Nullable Document hint, Document filter) {
        if (collection == null || (hint != null && hint.containsKey("$natural"))) {
            return null;
        }
        for (StoredIndex index : collection.indexes()) {
            boolean wanted = hint == null
                    ? filter.containsKey(index.keys().keySet().iterator().next())
                            && (!(index.spec().get("partialFilterExpression") instanceof Document part)
                                    || Implication.holds(filter, part))
                    : Hints.sameKeys(index.keys(), hint);
            if (wanted) {
                return index;
            }
        }
        return null;
    }
}
