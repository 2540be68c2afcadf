package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Pipeline;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import java.util.List;

/** {@code create}, {@code drop}, {@code dropDatabase}, {@code renameCollection}. */
final class Collections {
    static final Arguments CREATE = Arguments.of(
                    "create",
                    "capped",
                    "autoIndexId",
                    "idIndex",
                    "size",
                    "max",
                    "storageEngine",
                    "validator",
                    "validationLevel",
                    "validationAction",
                    "indexOptionDefaults",
                    "viewOn",
                    "pipeline",
                    "collation",
                    "writeConcern",
                    "flags",
                    "temp")
            .since("5.0", "timeseries", "expireAfterSeconds")
            .since("5.3", "clusteredIndex")
            .since("6.0", "changeStreamPreAndPostImages", "encryptedFields")
            .since("4.4", "recordPreImages");
    static final Arguments DROP = Arguments.of("drop").since("6.0", "collectionUUID");
    static final Arguments DROP_DATABASE = Arguments.of("dropDatabase");
    static final Arguments RENAME =
            Arguments.of("renameCollection", "to", "dropTarget", "stayTemp").since("6.0", "collectionUUID");

    private static final List<String> KEPT = List.of(
            "capped",
            "size",
            "max",
            "storageEngine",
            "indexOptionDefaults",
            "viewOn",
            "pipeline",
            "collation",
            "timeseries",
            "expireAfterSeconds",
            "clusteredIndex",
            "changeStreamPreAndPostImages",
            "encryptedFields",
            "validator",
            "validationLevel",
            "validationAction",
            "recordPreImages");

    private Collections() {}

    static Document create(Call call) {
        Namespace namespace = call.namespace();
        Targets.checkName(namespace);
        Document options = options(call);
        StoredCollection existing = call.find(namespace);
        if (existing != null) {
            // Since 7.0 the same once more is no error.
            if (call.version().atLeast(7, 0) && existing.options().equals(options) && call.overlay() == null) {
                return new Document();
            }
            String kind = existing.isView() ? "a view" : "Collection";
            throw new CommandError(
                    ErrorCode.NAMESPACE_EXISTS,
                    existing.isView()
                            ? kind + " already exists. NS: " + namespace
                            : kind + " " + namespace + " already exists.");
        }
        call.store().createCollection(call.overlay(), namespace, options);
        return new Document();
    }

    private static Document options(Call call) {
        Document given = call.command();
        Document options = new Document();
        for (String name : KEPT) {
            Object value = given.get(name);
            if (value != null && !Boolean.FALSE.equals(value)) {
                options.put(name, Values.copy(value));
            }
        }
        Collation.of(given.get("collation"));
        if (call.flag("capped") && call.number("size", 0) <= 0) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "the 'size' field is required when 'capped' is true");
        }
        if (!call.flag("capped") && given.containsKey("max")) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "The field 'max' may only be set on capped collections");
        }
        if (call.flag("capped")) {
            long size = call.number("size", 0);
            // Sizes are rounded up to a multiple of 256 below 6.2.
            options.put("size", call.version().atLeast(6, 2) ? size : (size + 255) / 256 * 256);
        }
        if (given.get("validator") instanceof Document validator) {
            Filter.of(validator);
            options.putIfAbsent("validationLevel", "strict");
            options.putIfAbsent("validationAction", "error");
        }
        if (given.containsKey("viewOn")) {
            checkView(call, options);
        } else if (given.containsKey("pipeline")) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "'pipeline' requires 'viewOn' to also be specified");
        }
        if (given.get("timeseries") instanceof Document series) {
            if (!(series.get("timeField") instanceof String)) {
                throw new CommandError(
                        40414, "BSON field 'create.timeseries.timeField' is missing but a required field");
            }
            Document complete = new Document((java.util.Map<String, ?>) series);
            complete.putIfAbsent("granularity", "seconds");
            complete.putIfAbsent("bucketMaxSpanSeconds", 3600);
            options.put("timeseries", complete);
        }
        if (given.get("clusteredIndex") instanceof Document clustered) {
            checkClustered(clustered);
            Document complete = new Document("v", 2)
                    .append("key", clustered.get("key"))
                    .append("name", clustered.getOrDefault("name", "_id_"))
                    .append("unique", true);
            options.put("clusteredIndex", complete);
        }
        return options;
    }

    private static void checkClustered(Document clustered) {
        if (!(clustered.get("key") instanceof Document key) || key.size() != 1 || !key.containsKey("_id")) {
            throw new CommandError(
                    ErrorCode.INVALID_INDEX_SPECIFICATION_OPTION,
                    "The clusteredIndex option is only supported for key: {_id: 1}");
        }
        if (!Values.isTrue(clustered.get("unique"))) {
            throw new CommandError(5979700, "The clusteredIndex option requires unique: true to be specified");
        }
    }

    private static void checkView(Call call, Document options) {
        if (!(options.get("viewOn") instanceof String on) || on.isEmpty()) {
            throw new CommandError(ErrorCode.BAD_VALUE, "'viewOn' cannot be empty");
        }
        Object pipeline = options.getOrDefault("pipeline", List.of());
        if (!(pipeline instanceof List<?> stages)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "'pipeline' must be an array");
        }
        options.put("pipeline", pipeline);
        for (Object stage : stages) {
            String name = Pipeline.single(stage).keySet().iterator().next();
            if (name.equals("$out") || name.equals("$merge")) {
                throw new CommandError(
                        ErrorCode.OPTION_NOT_SUPPORTED_ON_VIEW,
                        "The aggregation stage " + name
                                + " in location 0 of the pipeline cannot be used in the view definition");
            }
        }
        Pipeline.of(
                stages,
                Variables.let(null, call.store().now()),
                Collation.SIMPLE,
                new Reader(call).world(call.request().database()));
    }

    static Document drop(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = call.find(namespace);
        if (collection == null) {
            // Since 7.0 it is no error that there is nothing to drop.
            if (call.version().atLeast(7, 0)) {
                return new Document();
            }
            throw new CommandError(ErrorCode.NAMESPACE_NOT_FOUND, "ns not found");
        }
        settle(call, collection);
        int indexes = collection.indexes().size();
        call.store().drop(collection);
        Document reply = new Document();
        if (!collection.isView()) {
            reply.append("nIndexesWas", indexes);
        }
        return reply.append("ns", namespace.toString());
    }

    /** A command on a whole collection waits for the transactions that have written to it. */
    private static void settle(Call call, StoredCollection collection) {
        collection.records().forEach(record -> {
            if (record.owner() != null) {
                call.writer().claim(record);
            }
        });
    }

    static Document dropDatabase(Call call) {
        String database = call.request().database();
        if (database.equals("config") || database.equals("local") || database.equals("admin")) {
            throw new CommandError(
                    ErrorCode.ILLEGAL_OPERATION, "Dropping the '" + database + "' database is prohibited.");
        }
        List<StoredCollection> collections = call.store().catalog().collections(database);
        collections.forEach(collection -> settle(call, collection));
        collections.forEach(call.store()::drop);
        if (collections.isEmpty()) {
            return new Document();
        }
        call.store().droppedDatabase(database);
        return new Document("dropped", database);
    }

    static Document rename(Call call) {
        if (!(call.command().get("renameCollection") instanceof String source)
                || !(call.command().get("to") instanceof String target)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "collection names must be strings");
        }
        Namespace from = Namespace.parse(source);
        Namespace to = Namespace.parse(target);
        Targets.checkName(to);
        if (to.collection().isEmpty() || to.collection().contains("$")) {
            throw new CommandError(ErrorCode.INVALID_NAMESPACE, "Invalid target namespace: " + target);
        }
        if (from.equals(to)) {
            throw new CommandError(ErrorCode.ILLEGAL_OPERATION, "Can't rename a collection to itself");
        }
        StoredCollection collection = call.find(from);
        if (collection == null) {
            throw new CommandError(ErrorCode.NAMESPACE_NOT_FOUND, "Source collection " + from + " does not exist");
        }
        if (collection.isView()) {
            throw new CommandError(ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW, "cannot rename view: " + from);
        }
        if (call.find(to) != null && !call.flag("dropTarget")) {
            throw new CommandError(ErrorCode.NAMESPACE_EXISTS, "target namespace exists");
        }
        settle(call, collection);
        call.store().rename(collection, to);
        return new Document();
    }
}
