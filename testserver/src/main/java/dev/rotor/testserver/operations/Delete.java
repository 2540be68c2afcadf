package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.storage.Namespace;
import java.util.ArrayList;
import java.util.List;

/** {@code delete}. */
final class Delete implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
                    "delete", "deletes", "ordered", "bypassDocumentValidation", "stmtId", "stmtIds", "runtimeConstants")
            .since("5.0", "let")
            .since("6.0", "encryptionInformation");
    private static final Arguments STATEMENT = Arguments.ofStatement(
                    "delete.deletes", "q", "limit", "collation", "sampleId")
            .since("4.4", "hint");

    @Override
    public Document run(Call call) {
        Namespace namespace = call.namespace();
        List<?> deletes = call.list("deletes");
        Insert.checkSize(deletes.size());
        Statements statements = new Statements(call);
        boolean ordered = !Boolean.FALSE.equals(call.command().get("ordered"));
        List<Deleting> parsed = new ArrayList<>();
        for (Object each : deletes) {
            parsed.add(parse(call, namespace, each));
        }
        List<Document> errors = new ArrayList<>();
        int n = 0;
        for (int i = 0; i < parsed.size(); i++) {
            Deleting each = parsed.get(i);
            try {
                Document result =
                        statements.run(i, () -> new Document("n", each.run(call).size()));
                n += (int) Values.whole(result.get("n"), 0);
            } catch (CommandError error) {
                statements.orThrow(error);
                errors.add(Statements.asWriteError(i, error));
                if (ordered) {
                    break;
                }
            }
        }
        Document reply = new Document("n", n);
        if (!errors.isEmpty()) {
            reply.append("writeErrors", errors);
        }
        return reply;
    }

    private static Deleting parse(Call call, Namespace namespace, Object statement) {
        if (!(statement instanceof Document spec)) {
            throw new CommandError(
                    ErrorCode.TYPE_MISMATCH, "BSON field 'delete.deletes.0' is the wrong type, expected type 'object'");
        }
        STATEMENT.check(spec, call.version());
        for (String required : List.of("q", "limit")) {
            if (!spec.containsKey(required)) {
                throw new CommandError(
                        40414, "BSON field 'delete.deletes." + required + "' is missing but a required field");
            }
        }
        long limit = Values.whole(spec.get("limit"), -1);
        if (limit != 0 && limit != 1) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "The limit field in delete objects must be 0 or 1. Got " + spec.get("limit"));
        }
        if (limit == 0 && call.request().statements() != null) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "Cannot use (or request) retryable writes with limit=0");
        }
        return new Deleting(
                namespace,
                UpdateCommand.query(spec.get("q")),
                limit == 0,
                new Document(),
                spec.get("hint"),
                spec.get("collation"),
                call.variables());
    }
}
