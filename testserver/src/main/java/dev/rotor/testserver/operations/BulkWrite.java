package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.ListSource;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.operations.Updating.Outcome;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import java.util.ArrayList;
import java.util.List;

/** {@code bulkWrite} (8.0): writes on several collections in one command. */
final class BulkWrite implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
            "bulkWrite",
            "ops",
            "nsInfo",
            "ordered",
            "bypassDocumentValidation",
            "let",
            "errorsOnly",
            "cursor",
            "stmtId",
            "stmtIds");
    private static final Arguments INSERT = Arguments.ofStatement("insert", "document");
    private static final Arguments UPDATE = Arguments.ofStatement(
            "update",
            "filter",
            "updateMods",
            "multi",
            "upsert",
            "upsertSupplied",
            "arrayFilters",
            "hint",
            "collation",
            "sort",
            "constants",
            "sampleId");
    private static final Arguments DELETE =
            Arguments.ofStatement("delete", "filter", "multi", "hint", "collation", "sampleId");

    private static final class Totals {
        int errors;
        int inserted;
        int matched;
        int modified;
        int upserted;
        int deleted;
    }

    @Override
    public Document run(Call call) {
        if (!call.request().database().equals("admin")) {
            throw new CommandError(ErrorCode.UNAUTHORIZED, "bulkWrite may only be run against the admin database.");
        }
        List<Namespace> namespaces = namespaces(call);
        List<?> operations = call.list("ops");
        Insert.checkSize(operations.size());
        List<Document> parsed = new ArrayList<>();
        for (Object each : operations) {
            parsed.add(checked(call, each, namespaces));
        }
        boolean ordered = !Boolean.FALSE.equals(call.command().get("ordered"));
        boolean errorsOnly = call.flag("errorsOnly");
        Statements statements = new Statements(call);
        Totals totals = new Totals();
        List<Document> results = new ArrayList<>();
        for (int i = 0; i < parsed.size(); i++) {
            Document operation = parsed.get(i);
            try {
                Document result = statements.run(i, () -> execute(call, operation, namespaces));
                count(operation, result, totals);
                if (!errorsOnly) {
                    Document shown = new Document("ok", 1.0).append("idx", i);
                    result.forEach(shown::put);
                    results.add(shown);
                }
            } catch (CommandError error) {
                statements.orThrow(error);
                totals.errors++;
                results.add(failed(operation, i, error));
                if (ordered) {
                    break;
                }
            }
        }
        long batch = Values.whole(call.document("cursor").get("batchSize"), Integer.MAX_VALUE);
        Document reply = call.cursors()
                .first(
                        call.request(),
                        new Namespace("admin", "$cmd.bulkWrite"),
                        new ListSource(results, true),
                        (int) Math.min(batch, Integer.MAX_VALUE),
                        false,
                        null);
        return reply.append("nErrors", totals.errors)
                .append("nInserted", totals.inserted)
                .append("nMatched", totals.matched)
                .append("nModified", totals.modified)
                .append("nUpserted", totals.upserted)
                .append("nDeleted", totals.deleted);
    }

    private static List<Namespace> namespaces(Call call) {
        List<Namespace> namespaces = new ArrayList<>();
        for (Object each : call.list("nsInfo")) {
            if (!(each instanceof Document info) || !(info.get("ns") instanceof String ns)) {
                throw new CommandError(40414, "BSON field 'bulkWrite.nsInfo.ns' is missing but a required field");
            }
            Namespace namespace = Namespace.parse(ns);
            if (namespace.collection().isEmpty()) {
                throw new CommandError(
                        ErrorCode.INVALID_NAMESPACE, "Invalid namespace specified for bulkWrite: '" + ns + "'");
            }
            namespaces.add(namespace);
        }
        return namespaces;
    }

    private static String kind(Document operation) {
        return operation.containsKey("insert") ? "insert" : operation.containsKey("update") ? "update" : "delete";
    }

    private static Document checked(Call call, Object each, List<Namespace> namespaces) {
        if (!(each instanceof Document operation) || operation.isEmpty()) {
            throw new CommandError(
                    ErrorCode.TYPE_MISMATCH, "BSON field 'bulkWrite.ops' has an element that is no operation");
        }
        String first = operation.keySet().iterator().next();
        switch (first) {
            case "insert" -> INSERT.check(operation, call.version());
            case "update" -> UPDATE.check(operation, call.version());
            case "delete" -> DELETE.check(operation, call.version());
            default -> throw new CommandError(40415, "BSON field 'bulkWrite.ops." + first + "' is an unknown field.");
        }
        long index = Values.whole(operation.get(first), -1);
        if (index < 0 || index >= namespaces.size()) {
            throw new CommandError(ErrorCode.BAD_VALUE, "BulkWrite ops entry 0 has an invalid nsInfo index.");
        }
        boolean multi = Values.isTrue(operation.get("multi"));
        if (multi && call.request().statements() != null) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "Cannot use retryable writes with multi=true");
        }
        return operation;
    }

    private static Document execute(Call call, Document operation, List<Namespace> namespaces) {
        String kind = kind(operation);
        Namespace namespace = namespaces.get((int) Values.whole(operation.get(kind), 0));
        if (kind.equals("insert")) {
            if (!(operation.get("document") instanceof Document document)) {
                throw new CommandError(40414, "BSON field 'insert.document' is missing but a required field");
            }
            Inserting.insert(call, namespace, document);
            return new Document("n", 1);
        }
        Document filter = UpdateCommand.query(operation.get("filter"));
        boolean multi = Values.isTrue(operation.get("multi"));
        if (kind.equals("delete")) {
            int n = new Deleting(
                            namespace,
                            filter,
                            multi,
                            new Document(),
                            operation.get("hint"),
                            operation.get("collation"),
                            call.variables())
                    .run(call)
                    .size();
            return new Document("n", n);
        }
        Outcome outcome = new Updating(
                        namespace,
                        filter,
                        operation.get("updateMods"),
                        multi,
                        Values.isTrue(operation.get("upsert")),
                        operation.get("sort") instanceof Document sort ? sort : new Document(),
                        operation.get("arrayFilters"),
                        operation.get("hint"),
                        operation.get("collation"),
                        call.variables())
                .run(call);
        Document upserted = outcome.upserted();
        Document result = new Document("n", outcome.matched() + (upserted == null ? 0 : 1))
                .append("nModified", outcome.modified());
        if (upserted != null) {
            result.append("upserted", new Document("_id", upserted.get("_id")));
        }
        return result;
    }

    private static void count(Document operation, Document result, Totals totals) {
        int n = (int) Values.whole(result.get("n"), 0);
        switch (kind(operation)) {
            case "insert" -> totals.inserted += n;
            case "delete" -> totals.deleted += n;
            default -> {
                boolean upserted = result.containsKey("upserted");
                totals.upserted += upserted ? 1 : 0;
                totals.matched += upserted ? 0 : n;
                totals.modified += (int) Values.whole(result.get("nModified"), 0);
            }
        }
    }

    private static Document failed(Document operation, int index, CommandError error) {
        Document result = new Document("ok", 0.0)
                .append("idx", index)
                .append("code", error.code())
                .append("errmsg", error.message());
        error.extra().forEach((name, value) -> result.append(name, Values.copy(value)));
        result.append("n", 0);
        if (kind(operation).equals("update")) {
            result.append("nModified", 0);
        }
        return result;
    }
}
