package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Duplicates;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredIndex;
import java.util.List;
import java.util.Map;

/** {@code collMod}. */
final class CollMod implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
                    "collMod",
                    "index",
                    "validator",
                    "validationLevel",
                    "validationAction",
                    "viewOn",
                    "pipeline",
                    "recordPreImages",
                    "cappedSize",
                    "cappedMax")
            .since("5.0", "expireAfterSeconds", "timeseries")
            .since("6.0", "changeStreamPreAndPostImages", "dryRun");

    private static final List<String> OPTIONS = List.of(
            "validator",
            "validationLevel",
            "validationAction",
            "viewOn",
            "pipeline",
            "recordPreImages",
            "expireAfterSeconds",
            "changeStreamPreAndPostImages",
            "timeseries");

    @Override
    public Document run(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = call.find(namespace);
        if (collection == null) {
            throw new CommandError(ErrorCode.NAMESPACE_NOT_FOUND, "ns does not exist");
        }
        Document reply = new Document();
        if (call.command().get("index") instanceof Document change) {
            index(call, collection, change, reply);
        }
        Document options = new Document((Map<String, ?>) collection.options());
        Document changed = new Document();
        for (String name : OPTIONS) {
            Object value = call.command().get(name);
            if (value != null) {
                changed.put(name, Values.copy(value));
            }
        }
        if (changed.isEmpty() && call.command().containsKey("index")) {
            return reply;
        }
        if (changed.get("validator") instanceof Document validator) {
            Filter.of(validator);
            options.putIfAbsent("validationLevel", "strict");
            options.putIfAbsent("validationAction", "error");
        }
        if (changed.containsKey("viewOn") != changed.containsKey("pipeline") && collection.isView()) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "Must specify both 'viewOn' and 'pipeline' when modifying a view");
        }
        options.putAll(changed);
        if (changed.containsKey("cappedSize")) {
            options.put("size", changed.get("cappedSize"));
        }
        call.store().reconfigure(collection, options, changed);
        return reply;
    }

    private static void index(Call call, StoredCollection collection, Document change, Document reply) {
        StoredIndex index = named(collection, change);
        Document spec = new Document((Map<String, ?>) index.spec());
        if (change.containsKey("expireAfterSeconds")) {
            Object old = spec.get("expireAfterSeconds");
            if (old != null) {
                reply.append("expireAfterSeconds_old", old);
            }
            reply.append("expireAfterSeconds_new", change.get("expireAfterSeconds"));
            spec.put("expireAfterSeconds", change.get("expireAfterSeconds"));
        }
        if (change.containsKey("hidden")) {
            reply.append("hidden_old", Values.isTrue(spec.get("hidden"))).append("hidden_new", change.get("hidden"));
            spec.put("hidden", change.get("hidden"));
        }
        if (change.containsKey("prepareUnique")) {
            reply.append("prepareUnique_old", Values.isTrue(spec.get("prepareUnique")))
                    .append("prepareUnique_new", change.get("prepareUnique"));
            spec.put("prepareUnique", change.get("prepareUnique"));
        }
        if (Values.isTrue(change.get("unique"))) {
            unique(collection, index, spec);
            reply.append("unique_new", true);
            spec.put("unique", true);
            spec.remove("prepareUnique");
        }
        call.store().respecify(collection, index, spec, new Document("index", Values.copy(change)));
    }

    private static StoredIndex named(StoredCollection collection, Document change) {
        for (StoredIndex index : collection.indexes()) {
            boolean byName = index.name().equals(change.get("name"));
            if (byName || (change.get("keyPattern") instanceof Document keys && Hints.sameKeys(index.keys(), keys))) {
                return index;
            }
        }
        throw new CommandError(
                ErrorCode.INDEX_NOT_FOUND,
                "cannot find index " + change.getOrDefault("name", change.get("keyPattern")) + " for ns "
                        + collection.namespace());
    }

    /** An index becomes unique only if it was prepared for that and no two documents have the same key. */
    private static void unique(StoredCollection collection, StoredIndex index, Document spec) {
        if (!Values.isTrue(spec.get("prepareUnique"))) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "Cannot make index unique with 'prepareUnique=false'. Run collMod to set it first.");
        }
        List<Document> violations = Duplicates.violations(collection, index);
        if (!violations.isEmpty()) {
            throw new CommandError(
                            ErrorCode.CANNOT_CONVERT_INDEX_TO_UNIQUE,
                            "Cannot convert the index to unique. Please resolve conflicting documents before running collMod again.")
                    .with("violations", violations);
        }
    }
}
