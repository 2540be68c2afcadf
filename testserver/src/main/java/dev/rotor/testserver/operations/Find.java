package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.CursorSource;
import dev.rotor.testserver.cursor.Cursors;
import dev.rotor.testserver.cursor.ListSource;
import dev.rotor.testserver.cursor.TailableSource;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Bounds;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Projection;
import dev.rotor.testserver.query.SortKey;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.StoredIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code find}. */
final class Find implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
                    "find",
                    "filter",
                    "sort",
                    "projection",
                    "hint",
                    "skip",
                    "limit",
                    "batchSize",
                    "singleBatch",
                    "max",
                    "min",
                    "returnKey",
                    "showRecordId",
                    "tailable",
                    "oplogReplay",
                    "noCursorTimeout",
                    "awaitData",
                    "allowPartialResults",
                    "collation",
                    "ntoreturn",
                    "options",
                    "runtimeConstants",
                    "term")
            .since("4.4", "allowDiskUse")
            .since("5.0", "let", "resumeAfter", "requestResumeToken")
            .since("6.0", "encryptionInformation");

    @Override
    public Document run(Call call) {
        Namespace namespace = call.namespace();
        StoredCollection collection = call.find(namespace);
        Collation collation = call.collation(collection, call.command().get("collation"));
        Variables variables = call.variables();
        Filter filter = Filter.of(call.document("filter"), collation, variables);
        SortKey sort = SortKey.of(call.document("sort"), collation);
        Projection projection = Projection.of(call.document("projection"), variables, filter);
        Document hint = Hints.keys(call.command().get("hint"), collection);
        long skip = notNegative(call, "skip");
        long limit = call.number("limit", 0);
        boolean single = call.flag("singleBatch") || limit < 0;
        limit = Math.abs(limit);
        int batchSize = batchSize(call);
        if (call.flag("awaitData") && !call.flag("tailable")) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "Cannot set 'awaitData' without also setting 'tailable'");
        }
        CursorSource source;
        if (call.flag("tailable")) {
            checkTailable(call);
            source = tailable(call, collection, filter, projection, skip);
        } else {
            List<Document> found = documents(call, namespace, collection, filter, sort, hint);
            boolean limited = limit > 0 && found.size() - skip >= limit;
            List<Document> chosen = found.subList((int) Math.min(skip, found.size()), found.size());
            chosen = limited ? chosen.subList(0, (int) limit) : chosen;
            List<Document> shown = new ArrayList<>(chosen.size());
            for (Document document : chosen) {
                shown.add(shown(call, document, projection, hint));
            }
            source = new ListSource(shown, limited || isSortedInMemory(call, collection));
        }
        return call.cursors().first(call.request(), namespace, source, batchSize, single, call.snapshotTime());
    }

    private static long notNegative(Call call, String name) {
        long value = call.number(name, 0);
        if (value < 0) {
            throw new CommandError(51024, "BSON field '" + name + "' value must be >= 0, actual value '" + value + "'");
        }
        return value;
    }

    private static int batchSize(Call call) {
        long size = call.number("batchSize", Cursors.FIRST_BATCH);
        if (size < 0) {
            throw new CommandError(51024, "BSON field 'batchSize' value must be >= 0, actual value '" + size + "'");
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static List<Document> documents(
            Call call,
            Namespace namespace,
            @Nullable StoredCollection collection,
            Filter filter,
            SortKey sort,
            @Nullable Document hint) {
        Reader reader = new Reader(call);
        List<Document> found = new ArrayList<>();
        if (collection != null && !collection.isView() && call.flag("showRecordId")) {
            reader.hits(collection, filter)
                    .forEach(hit -> found.add(hit.document()
                            .cloneDeeply()
                            .append("$recordId", hit.record().id())));
        } else {
            found.addAll(reader.matching(namespace, filter));
        }
        List<Document> ordered = Reader.ordered(found, sort, hint, filter.collation());
        Document min = call.document("min");
        Document max = call.document("max");
        if (min.isEmpty() && max.isEmpty()) {
            return ordered;
        }
        if (hint == null) {
            throw new CommandError(51173, "When using min()/max() a hint of which index to use must be provided");
        }
        Bounds bounds = Bounds.of(hint, min, max);
        return ordered.stream().filter(bounds::contain).toList();
    }

    private static Document shown(Call call, Document document, Projection projection, @Nullable Document hint) {
        if (call.flag("returnKey")) {
            // The key of the index that is used: the one hinted at, or the one that sorts.
            Document index = hint == null ? call.document("sort") : hint;
            Document key = new Document();
            index.keySet().stream().filter(document::containsKey).forEach(field -> key.put(field, document.get(field)));
            return key;
        }
        Document shown = call.document("projection").isEmpty() ? document : projection.apply(document);
        if (document.containsKey("$recordId")) {
            shown.put("$recordId", document.get("$recordId"));
        }
        return shown;
    }

    /**
     * A sort that no index supports knows its last document; an index only learns at the next one that there is none.
     */
    private static boolean isSortedInMemory(Call call, @Nullable StoredCollection collection) {
        Document sort = call.document("sort");
        if (sort.isEmpty() || collection == null || sort.containsKey("$natural")) {
            return false;
        }
        String first = sort.keySet().iterator().next();
        for (StoredIndex index : collection.indexes()) {
            if (index.keys().keySet().iterator().next().equals(first)) {
                return false;
            }
        }
        return true;
    }

    /** New documents come at the end of the natural order and nowhere else. */
    private static void checkTailable(Call call) {
        Document sort = call.document("sort");
        if (!sort.isEmpty() && !(sort.size() == 1 && sort.get("$natural") instanceof Number n && n.intValue() == 1)) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE,
                    "error processing query: cannot use tailable option with a sort on something else than {$natural:"
                            + " 1}");
        }
        if (call.flag("singleBatch")) {
            throw new CommandError(ErrorCode.BAD_VALUE, "cannot use tailable option with the 'singleBatch' option");
        }
    }

    private static CursorSource tailable(
            Call call, @Nullable StoredCollection collection, Filter filter, Projection projection, long skip) {
        if (collection == null) {
            // On a collection that is not there a tailable cursor is dead at once.
            return new ListSource(List.of(), true);
        }
        if (!collection.isCapped()) {
            throw new CommandError(
                    ErrorCode.BAD_VALUE,
                    "error processing query: ns=" + collection.namespace()
                            + " tailable cursor requested on non capped collection");
        }
        boolean all = call.document("projection").isEmpty();
        return new TailableSource(
                collection,
                filter,
                document -> all ? document : projection.apply(document),
                call.flag("awaitData"),
                skip,
                call.number("limit", 0));
    }
}
