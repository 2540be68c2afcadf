package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code collStats}, {@code dbStats}, {@code validate}, {@code dataSize}. */
final class Statistics {
    static final Arguments COLLECTION = Arguments.of("collStats", "scale");
    static final Arguments DATABASE = Arguments.of("dbStats", "scale", "freeStorage");
    static final Arguments VALIDATE = Arguments.of(
            "validate",
            "full",
            "scandata",
            "background",
            "repair",
            "enforceFastCount",
            "checkBSONConformance",
            "metadata");

    private Statistics() {}

    static Document collection(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = call.find(namespace);
        Document reply = new Document("ns", namespace.toString());
        storage(collection, call.number("scale", 1)).forEach(reply::append);
        return reply;
    }

    static Document storage(@Nullable StoredCollection collection, long scale) {
        long size = collection == null ? 0 : collection.size();
        int count = collection == null ? 0 : collection.count();
        Document indexes = new Document();
        if (collection != null) {
            collection.indexes().forEach(index -> indexes.append(index.name(), 4096));
        }
        Document stats = new Document("size", (int) (size / Math.max(1, scale))).append("count", count);
        if (count > 0) {
            stats.append("avgObjSize", (int) (size / count));
        }
        if (collection != null && collection.isCapped()) {
            stats.append("max", collection.options().getOrDefault("max", 0))
                    .append("maxSize", collection.options().get("size"));
        }
        return stats.append("storageSize", (int) ((size + 4095) / 4096 * 4096 / Math.max(1, scale)))
                .append("capped", collection != null && collection.isCapped())
                .append("nindexes", indexes.size())
                .append("totalIndexSize", indexes.size() * 4096)
                .append("indexSizes", indexes)
                .append("scaleFactor", (int) scale);
    }

    static Document database(Call call) {
        List<StoredCollection> collections =
                call.store().catalog().collections(call.request().database());
        double scale = Math.max(1, call.number("scale", 1));
        long objects = collections.stream().mapToLong(StoredCollection::count).sum();
        double size = collections.stream().mapToLong(StoredCollection::size).sum() / scale;
        long views = collections.stream().filter(StoredCollection::isView).count();
        long indexes = collections.stream().mapToLong(c -> c.indexes().size()).sum();
        return new Document("db", call.request().database())
                .append("collections", collections.size() - views)
                .append("views", views)
                .append("objects", objects)
                .append("avgObjSize", objects == 0 ? 0.0 : size / objects)
                .append("dataSize", size)
                .append("storageSize", size)
                .append("indexes", indexes)
                .append("indexSize", indexes * 4096 / scale)
                .append("totalSize", size + indexes * 4096 / scale)
                .append("scaleFactor", (long) scale);
    }

    static Document validate(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = call.find(namespace);
        if (collection == null) {
            throw new CommandError(
                    ErrorCode.NAMESPACE_NOT_FOUND, "Collection '" + namespace + "' does not exist to validate.");
        }
        if (collection.isView()) {
            throw new CommandError(ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW, "Cannot validate a view");
        }
        if (call.flag("background") && call.flag("full")) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "Running the validate command with both { background: true } and { full: true } is not supported");
        }
        Document keys = new Document();
        Document details = new Document();
        for (StoredIndex index : collection.indexes()) {
            keys.append(index.name(), collection.count());
            details.append(index.name(), new Document("valid", true));
        }
        return new Document("ns", namespace.toString())
                .append("uuid", collection.uuid())
                .append("nInvalidDocuments", 0)
                .append("nNonCompliantDocuments", 0)
                .append("nrecords", collection.count())
                .append("nIndexes", collection.indexes().size())
                .append("keysPerIndex", keys)
                .append("indexDetails", details)
                .append("valid", true)
                .append("repaired", false)
                .append("warnings", new ArrayList<>())
                .append("errors", new ArrayList<>())
                .append("extraIndexEntries", new ArrayList<>())
                .append("missingIndexEntries", new ArrayList<>());
    }
}
