package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.operations.Updating.Outcome;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.query.Projection;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code findAndModify}. */
final class FindAndModify implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
                    "findAndModify",
                    "findandmodify",
                    "query",
                    "sort",
                    "remove",
                    "update",
                    "new",
                    "fields",
                    "upsert",
                    "bypassDocumentValidation",
                    "collation",
                    "arrayFilters",
                    "stmtId",
                    "runtimeConstants")
            .since("4.4", "hint")
            .since("5.0", "let")
            .since("6.0", "encryptionInformation");

    @Override
    public Document run(Call call) {
        Namespace namespace = call.namespace();
        boolean remove = call.flag("remove");
        check(call, remove);
        return new Statements(call).run(0, () -> remove ? removed(call, namespace) : updated(call, namespace));
    }

    private static void check(Call call, boolean remove) {
        boolean update = call.command().containsKey("update");
        if (!remove && !update) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "Either an update or remove=true must be specified");
        }
        if (remove && update) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "Cannot specify both an update and remove=true");
        }
        if (remove && call.flag("upsert")) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "Cannot specify both upsert=true and remove=true ");
        }
        if (remove && call.flag("new")) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
        }
    }

    private static Document removed(Call call, Namespace namespace) {
        Variables variables = call.variables();
        List<Document> deleted = new Deleting(
                        namespace,
                        call.document("query"),
                        false,
                        call.document("sort"),
                        call.command().get("hint"),
                        call.command().get("collation"),
                        variables)
                .run(call);
        Document gone = deleted.isEmpty() ? null : deleted.get(0);
        return new Document("lastErrorObject", new Document("n", deleted.size()))
                .append("value", shown(call, gone, variables));
    }

    private static Document updated(Call call, Namespace namespace) {
        Variables variables = call.variables();
        Outcome outcome = new Updating(
                        namespace,
                        call.document("query"),
                        call.command().get("update"),
                        false,
                        call.flag("upsert"),
                        call.document("sort"),
                        call.command().get("arrayFilters"),
                        call.command().get("hint"),
                        call.command().get("collation"),
                        variables)
                .run(call);
        Document upserted = outcome.upserted();
        Document last = new Document("n", outcome.matched() + (upserted == null ? 0 : 1))
                .append("updatedExisting", outcome.matched() > 0);
        if (upserted != null) {
            last.append("upserted", upserted.get("_id"));
        }
        Document value = call.flag("new") ? outcome.after() : outcome.before();
        return new Document("lastErrorObject", last).append("value", shown(call, value, variables));
    }

    private static @Nullable Document shown(Call call, @Nullable Document document, Variables variables) {
        if (document == null) {
            return null;
        }
        Document fields = call.document("fields");
        if (fields.isEmpty()) {
            return document.cloneDeeply();
        }
        Filter filter = Filter.of(call.document("query"), dev.rotor.testserver.query.Collation.SIMPLE, variables);
        return Projection.of(fields, variables, filter).apply(document.cloneDeeply());
    }
}
