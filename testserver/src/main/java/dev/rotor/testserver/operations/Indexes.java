package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.Overlay;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code createIndexes} and {@code dropIndexes}. */
final class Indexes {
    static final Arguments CREATE = Arguments.of("createIndexes", "indexes", "ignoreUnknownIndexOptions")
            .since("4.4", "commitQuorum");
    static final Arguments DROP = Arguments.of("dropIndexes", "index").since("6.0", "collectionUUID");

    private static final Set<String> OPTIONS = Set.of(
            "v",
            "key",
            "name",
            "ns",
            "background",
            "unique",
            "hidden",
            "partialFilterExpression",
            "sparse",
            "storageEngine",
            "weights",
            "default_language",
            "language_override",
            "textIndexVersion",
            "2dsphereIndexVersion",
            "bits",
            "min",
            "max",
            "bucketSize",
            "expireAfterSeconds",
            "collation",
            "wildcardProjection",
            "prepareUnique",
            "clustered",
            "dropDups");
    private static final Set<String> KINDS = Set.of("text", "2d", "2dsphere", "hashed", "geoHaystack", "columnstore");

    private Indexes() {}

    static Document create(Call call) {
        Namespace namespace = call.namespace();
        List<?> given = call.list("indexes");
        if (given.isEmpty()) {
            throw new CommandError(ErrorCode.BAD_VALUE, "Must specify at least one index to create");
        }
        List<Document> specs = new ArrayList<>();
        for (Object each : given) {
            specs.add(spec(each, call));
        }
        StoredCollection existing = Targets.existing(call, namespace);
        StoredCollection collection = Targets.created(call, namespace);
        int before = collection.indexes().size();
        List<Document> added = new ArrayList<>();
        for (Document spec : specs) {
            if (!isThere(collection, spec)) {
                added.add(spec);
            }
        }
        if (!added.isEmpty()) {
            if (existing != null) {
                checkTransaction(call, existing);
            }
            call.store().createIndexes(call.overlay(), collection, added);
        }
        Document reply = new Document("numIndexesBefore", before)
                .append("numIndexesAfter", collection.indexes().size())
                .append("createdCollectionAutomatically", existing == null);
        if (added.isEmpty()) {
            reply.append("note", "all indexes already exist");
        }
        return reply;
    }

    /** In a transaction new indexes are only for a collection that it has created itself, and that is still empty. */
    private static void checkTransaction(Call call, StoredCollection existing) {
        Overlay overlay = call.overlay();
        if (overlay == null) {
            return;
        }
        if (!overlay.created().containsKey(existing.namespace())) {
            throw new CommandError(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Cannot create new indexes on existing collection " + existing.namespace()
                            + " in a multi-document transaction.");
        }
        if (existing.count() > 0) {
            throw new CommandError(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Cannot create new indexes on non-empty collection " + existing.namespace()
                            + " in a multi-document transaction.");
        }
    }

    private static Document spec(Object given, Call call) {
        if (!(given instanceof Document spec)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "The elements of the 'indexes' array must be objects");
        }
        if (!(spec.get("key") instanceof Document key) || key.isEmpty()) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE, "The 'key' field is a required property of an index specification");
        }
        if (!(spec.get("name") instanceof String name) || name.isEmpty()) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE, "The 'name' field is a required property of an index specification");
        }
        key.forEach((field, direction) -> {
            boolean number = direction instanceof Number n && n.doubleValue() != 0;
            if (!number && !(direction instanceof String kind && KINDS.contains(kind))) {
                throw new CommandError(
                        ErrorCode.CANNOT_CREATE_INDEX,
                        "Error in specification " + dev.rotor.testserver.query.JsonText.shell(spec)
                                + " :: caused by :: Values in v:2 index key pattern cannot be of type "
                                + Values.typeName(direction)
                                + ". Only numbers > 0, numbers < 0, and strings are allowed.");
            }
        });
        Document ready = new Document("v", spec.getOrDefault("v", 2));
        ready.append("key", Values.copy(key)).append("name", name);
        spec.forEach((option, value) -> {
            if (!OPTIONS.contains(option)) {
                if (!call.flag("ignoreUnknownIndexOptions")) {
                    throw new CommandError(
                            ErrorCode.INVALID_INDEX_SPECIFICATION_OPTION,
                            "Error in specification " + dev.rotor.testserver.query.JsonText.shell(spec)
                                    + " :: caused by :: The field '" + option
                                    + "' is not valid for an index specification. Specification: "
                                    + dev.rotor.testserver.query.JsonText.shell(spec));
                }
            } else if (!option.equals("ns")
                    && !option.equals("dropDups")
                    && !(option.equals("collation") && Collation.of(value).isSimple())) {
                ready.putIfAbsent(option, Values.copy(value));
            }
        });
        Object partial = spec.get("partialFilterExpression");
        if (partial != null) {
            if (!(partial instanceof Document filter)) {
                throw new CommandError(
                        ErrorCode.TYPE_MISMATCH,
                        "The field 'partialFilterExpression' must be an object, but got " + Values.typeName(partial));
            }
            Filter.of(filter);
        }
        return ready;
    }

    private static boolean isThere(StoredCollection collection, Document spec) {
        Document keys = Values.document(spec.get("key"));
        for (StoredIndex index : collection.indexes()) {
            boolean sameName = index.name().equals(spec.get("name"));
            boolean sameKeys = Hints.sameKeys(index.keys(), keys)
                    && Collation.of(index.spec().get("collation")).equals(Collation.of(spec.get("collation")));
            if (sameKeys && index.isId()) {
                return true;
            }
            if (sameName && sameKeys) {
                if (Values.isTrue(index.spec().get("unique")) != Values.isTrue(spec.get("unique"))
                        || !java.util.Objects.equals(
                                index.spec().get("expireAfterSeconds"), spec.get("expireAfterSeconds"))) {
                    throw new CommandError(
                            ErrorCode.INDEX_KEY_SPECS_CONFLICT,
                            "An existing index has the same name as the requested index. When index names are not"
                                    + " specified, they are auto generated and can cause conflicts. Please refer to our"
                                    + " documentation. Requested index: "
                                    + dev.rotor.testserver.query.JsonText.shell(spec) + ", existing index: "
                                    + dev.rotor.testserver.query.JsonText.shell(index.spec()));
                }
                return true;
            }
            if (sameName) {
                throw new CommandError(
                        ErrorCode.INDEX_KEY_SPECS_CONFLICT,
                        "An existing index has the same name as the requested index. Requested index: "
                                + dev.rotor.testserver.query.JsonText.shell(spec) + ", existing index: "
                                + dev.rotor.testserver.query.JsonText.shell(index.spec()));
            }
            if (sameKeys) {
                throw new CommandError(
                        ErrorCode.INDEX_OPTIONS_CONFLICT,
                        "Index already exists with a different name: " + index.name());
            }
        }
        return false;
    }

    static Document drop(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = Targets.existing(call, namespace);
        if (collection == null) {
            throw new CommandError(ErrorCode.NAMESPACE_NOT_FOUND, "ns not found " + namespace);
        }
        Object wanted = call.command().get("index");
        int before = collection.indexes().size();
        List<StoredIndex> found = new ArrayList<>();
        if ("*".equals(wanted)) {
            collection.indexes().stream().filter(index -> !index.isId()).forEach(found::add);
        } else {
            for (Object each : wanted instanceof List<?> many ? many : List.of(wanted == null ? "" : wanted)) {
                found.add(named(collection, each));
            }
        }
        found.forEach(index -> call.store().dropIndex(collection, index));
        Document reply = new Document("nIndexesWas", before);
        return "*".equals(wanted) ? reply.append("msg", "non-_id indexes dropped for collection") : reply;
    }

    private static StoredIndex named(StoredCollection collection, Object wanted) {
        for (StoredIndex index : collection.indexes()) {
            if (index.name().equals(wanted)
                    || (wanted instanceof Document keys && Hints.sameKeys(index.keys(), keys))) {
                if (index.isId()) {
                    throw new CommandError(ErrorCode.INVALID_OPTIONS, "cannot drop _id index");
                }
                return index;
            }
        }
        throw new CommandError(
                ErrorCode.INDEX_NOT_FOUND,
                wanted instanceof Document keys
                        ? "can't find index with key: " + dev.rotor.testserver.query.JsonText.shell(keys)
                        : "index not found with name [" + wanted + "]");
    }
}
