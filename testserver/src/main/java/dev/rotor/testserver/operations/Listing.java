package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.ListSource;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** {@code listDatabases}, {@code listCollections}, {@code listIndexes}. */
final class Listing {
    static final Arguments DATABASES = Arguments.of("listDatabases", "filter", "nameOnly", "authorizedDatabases");
    static final Arguments COLLECTIONS = Arguments.of(
            "listCollections", "filter", "cursor", "nameOnly", "authorizedCollections", "includePendingDrops");
    static final Arguments INDEXES =
            Arguments.of("listIndexes", "cursor", "includeBuildUUIDs", "includeIndexBuildInfo");

    private static final long EMPTY_DATABASE = 40_960;

    private Listing() {}

    static Document databases(Call call) {
        if (!call.request().database().equals("admin")) {
            throw new CommandError(ErrorCode.UNAUTHORIZED, "listDatabases may only be run against the admin database.");
        }
        Filter filter = Filter.of(call.document("filter"));
        TreeSet<String> names = new TreeSet<>(call.store().catalog().databases());
        names.addAll(List.of("admin", "config"));
        if (!call.request().server().deployment().isSharded()) {
            names.add("local");
        }
        List<Document> shown = new ArrayList<>();
        long total = 0;
        for (String name : names) {
            List<StoredCollection> collections = call.store().catalog().collections(name);
            long size = EMPTY_DATABASE
                    + collections.stream().mapToLong(StoredCollection::size).sum();
            Document entry = new Document("name", name);
            if (!call.flag("nameOnly")) {
                entry.append("sizeOnDisk", size).append("empty", collections.isEmpty());
            }
            if (filter.matches(entry)) {
                shown.add(entry);
                total += size;
            }
        }
        Document reply = new Document("databases", shown);
        if (!call.flag("nameOnly")) {
            reply.append("totalSize", total).append("totalSizeMb", total / (1024 * 1024));
        }
        return reply;
    }

    static Document collections(Call call) {
        Filter filter = Filter.of(call.document("filter"));
        List<StoredCollection> all = new ArrayList<>(
                call.store().catalog().collections(call.request().database()));
        if (call.overlay() != null) {
            call.overlay().created().values().forEach(all::add);
        }
        List<Document> shown = new ArrayList<>();
        boolean views = all.stream().anyMatch(StoredCollection::isView);
        for (StoredCollection collection : all) {
            Document entry = entry(collection, call.flag("nameOnly"));
            if (filter.matches(entry(collection, false))) {
                shown.add(entry);
            }
        }
        if (views) {
            Document system = new Document("name", "system.views").append("type", "collection");
            if (!call.flag("nameOnly")) {
                system.append("options", new Document()).append("info", new Document("readOnly", false));
            }
            if (filter.matches(system)) {
                shown.add(system);
            }
        }
        return cursor(call, new Namespace(call.request().database(), "$cmd.listCollections"), shown);
    }

    private static Document entry(StoredCollection collection, boolean nameOnly) {
        String type = collection.isView() ? "view" : collection.isTimeSeries() ? "timeseries" : "collection";
        Document entry = new Document("name", collection.namespace().collection()).append("type", type);
        if (nameOnly) {
            return entry;
        }
        entry.append("options", collection.options().cloneDeeply());
        Document info = new Document("readOnly", collection.isView());
        if (!collection.isView() && !collection.isTimeSeries()) {
            info.append("uuid", collection.uuid());
        }
        entry.append("info", info);
        collection.indexes().stream()
                .filter(index -> index.isId() && !Values.isTrue(index.spec().get("clustered")))
                .findFirst()
                .ifPresent(id -> entry.append("idIndex", id.spec().cloneDeeply()));
        return entry;
    }

    static Document indexes(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = call.find(namespace);
        if (collection == null) {
            throw new CommandError(ErrorCode.NAMESPACE_NOT_FOUND, "ns does not exist: " + namespace);
        }
        if (collection.isView()) {
            throw new CommandError(
                    ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW, "Namespace " + namespace + " is a view, not a collection");
        }
        List<Document> shown = new ArrayList<>();
        collection.indexes().forEach(index -> {
            Document spec = index.spec().cloneDeeply();
            if (!call.version().atLeast(4, 4)) {
                spec.append("ns", namespace.toString());
            }
            shown.add(spec);
        });
        return cursor(call, namespace, shown);
    }

    private static Document cursor(Call call, Namespace namespace, List<Document> documents) {
        Document options = call.document("cursor");
        long batchSize = Values.whole(options.get("batchSize"), Integer.MAX_VALUE);
        if (batchSize < 0) {
            throw new CommandError(
                    51024, "BSON field 'batchSize' value must be >= 0, actual value '" + batchSize + "'");
        }
        return call.cursors()
                .first(
                        call.request(),
                        namespace,
                        new ListSource(documents, true),
                        (int) Math.min(batchSize, Integer.MAX_VALUE),
                        false,
                        null);
    }
}
