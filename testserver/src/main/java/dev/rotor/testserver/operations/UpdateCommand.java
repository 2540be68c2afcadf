package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.operations.Updating.Outcome;
import dev.rotor.testserver.query.Pipeline;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code update}. */
final class UpdateCommand implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
                    "update", "updates", "ordered", "bypassDocumentValidation", "stmtId", "stmtIds", "runtimeConstants")
            .since("5.0", "let")
            .since("6.0", "encryptionInformation");
    private static final Arguments STATEMENT = Arguments.ofStatement(
                    "update.updates",
                    "q",
                    "u",
                    "c",
                    "multi",
                    "upsert",
                    "upsertSupplied",
                    "arrayFilters",
                    "collation",
                    "sampleId")
            .since("4.2", "hint")
            .since("8.0", "sort");

    @Override
    public Document run(Call call) {
        Namespace namespace = call.namespace();
        List<?> updates = call.list("updates");
        Insert.checkSize(updates.size());
        Statements statements = new Statements(call);
        boolean ordered = !Boolean.FALSE.equals(call.command().get("ordered"));
        List<Updating> parsed = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
            parsed.add(parse(call, namespace, updates.get(i)));
        }
        List<Document> upserted = new ArrayList<>();
        List<Document> errors = new ArrayList<>();
        int n = 0;
        int modified = 0;
        for (int i = 0; i < parsed.size(); i++) {
            Updating each = parsed.get(i);
            try {
                Document result = statements.run(i, () -> result(each.run(call)));
                n += (int) Values.whole(result.get("n"), 0);
                modified += (int) Values.whole(result.get("nModified"), 0);
                if (result.containsKey("upserted")) {
                    upserted.add(new Document("index", i).append("_id", result.get("upserted")));
                }
            } catch (CommandError error) {
                statements.orThrow(error);
                errors.add(Statements.asWriteError(i, error));
                if (ordered) {
                    break;
                }
            }
        }
        Document reply = new Document("n", n).append("nModified", modified);
        if (!upserted.isEmpty()) {
            reply.append("upserted", upserted);
        }
        if (!errors.isEmpty()) {
            reply.append("writeErrors", errors);
        }
        return reply;
    }

    private static Document result(Outcome outcome) {
        Document upserted = outcome.upserted();
        Document result = new Document("n", outcome.matched() + (upserted == null ? 0 : 1))
                .append("nModified", outcome.modified());
        if (upserted != null) {
            result.append("upserted", upserted.get("_id"));
        }
        return result;
    }

    private static Updating parse(Call call, Namespace namespace, Object statement) {
        if (!(statement instanceof Document spec)) {
            throw new CommandError(
                    ErrorCode.TYPE_MISMATCH, "BSON field 'update.updates.0' is the wrong type, expected type 'object'");
        }
        STATEMENT.check(spec, call.version());
        for (String required : List.of("q", "u")) {
            if (!spec.containsKey(required)) {
                throw new CommandError(
                        40414, "BSON field 'update.updates." + required + "' is missing but a required field");
            }
        }
        boolean multi = Values.isTrue(spec.get("multi"));
        Document sort = spec.get("sort") instanceof Document d ? d : new Document();
        if (multi && !sort.isEmpty()) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "Cannot specify sort with multi=true");
        }
        if (multi && call.request().statements() != null) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "Cannot use (or request) retryable writes with multi=true");
        }
        if (spec.get("u") instanceof List<?> stages) {
            // Not an error of the statement: the command as a whole is refused, and no statement runs.
            Pipeline.checkNames(stages);
        }
        return new Updating(
                namespace,
                query(spec.get("q")),
                spec.get("u"),
                multi,
                Values.isTrue(spec.get("upsert")),
                sort,
                spec.get("arrayFilters"),
                spec.get("hint"),
                spec.get("collation"),
                call.variables());
    }

    static Document query(@Nullable Object value) {
        if (value instanceof Document query) {
            return query;
        }
        throw new CommandError(
                ErrorCode.TYPE_MISMATCH,
                "the filter is the wrong type '" + Values.typeName(value) + "', expected type 'object'");
    }
}
