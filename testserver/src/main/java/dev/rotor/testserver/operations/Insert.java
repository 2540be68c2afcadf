package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.storage.Namespace;
import java.util.ArrayList;
import java.util.List;

/** {@code insert}. */
final class Insert implements Command {
    static final Arguments ARGUMENTS = Arguments.of(
                    "insert", "documents", "ordered", "bypassDocumentValidation", "stmtId", "stmtIds")
            .since("6.0", "encryptionInformation");

    static final int MAX_STATEMENTS = 100_000;

    @Override
    public Document run(Call call) {
        Namespace namespace = call.namespace();
        List<?> documents = call.list("documents");
        checkSize(documents.size());
        Statements statements = new Statements(call);
        boolean ordered = !Boolean.FALSE.equals(call.command().get("ordered"));
        List<Document> errors = new ArrayList<>();
        int n = 0;
        for (int i = 0; i < documents.size(); i++) {
            if (!(documents.get(i) instanceof Document document)) {
                throw new CommandError(
                        ErrorCode.TYPE_MISMATCH,
                        "BSON field 'insert.documents." + i + "' is the wrong type, expected type 'object'");
            }
            try {
                statements.run(i, () -> {
                    Inserting.insert(call, namespace, document);
                    return new Document("n", 1);
                });
                n++;
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

    static void checkSize(int statements) {
        if (statements < 1 || statements > MAX_STATEMENTS) {
            throw new CommandError(
                    ErrorCode.INVALID_LENGTH,
                    "Write batch sizes must be between 1 and " + MAX_STATEMENTS + ". Got " + statements
                            + " operations.");
        }
    }
}
