package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.BsonSize;
import dev.rotor.testserver.query.Filter;
import dev.rotor.testserver.storage.StoredCollection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a document must be like to be stored in a collection. */
final class Validation {
    private static final int MAX_SIZE = 16 * 1024 * 1024;

    private Validation() {}

    /**
     * Checks the size and the collection's validator.
     *
     * @param before what the document was; one that was not valid then may stay so with {@code validationLevel:
     *     moderate}
     * @throws CommandError 121 with {@code errInfo}, or 10334
     */
    static void check(Call call, StoredCollection collection, @Nullable Document before, Document document) {
        int size = BsonSize.of(document);
        if (size > MAX_SIZE) {
            throw new CommandError(
                    before == null ? ErrorCode.BSON_OBJECT_TOO_LARGE.code() : 17419,
                    before == null
                            ? "object to insert too large. size in bytes: " + size + ", max size: " + MAX_SIZE
                            : "Resulting document after update is larger than " + MAX_SIZE);
        }
        if (!(collection.options().get("validator") instanceof Document validator)
                || validator.isEmpty()
                || call.flag("bypassDocumentValidation")
                || "off".equals(collection.options().get("validationLevel"))
                || "warn".equals(collection.options().get("validationAction"))) {
            return;
        }
        Filter filter = Filter.of(validator, collection.collation(), call.variables());
        boolean spared = "moderate".equals(collection.options().get("validationLevel"))
                && before != null
                && !filter.matches(before);
        if (spared || filter.matches(document)) {
            return;
        }
        CommandError failure = new CommandError(ErrorCode.DOCUMENT_VALIDATION_FAILURE, "Document failed validation");
        if (call.version().atLeast(5, 0)) {
            failure.with(
                    "errInfo",
                    new Document("failingDocumentId", document.get("_id"))
                            .append("details", details(validator, document)));
        }
        throw failure;
    }

    /** Which operator of the validator the document fails: the outermost of each, with what was seen. */
    private static Document details(Document validator, Document document) {
        for (Map.Entry<String, Object> rule : validator.entrySet()) {
            Document alone = new Document(rule.getKey(), rule.getValue());
            if (Filter.of(alone).matches(document)) {
                continue;
            }
            if (rule.getKey().startsWith("$")) {
                return new Document("operatorName", rule.getKey()).append("specifiedAs", alone.cloneDeeply());
            }
            boolean operators = rule.getValue() instanceof Document d
                    && !d.isEmpty()
                    && d.keySet().iterator().next().startsWith("$");
            Document details = new Document(
                            "operatorName",
                            operators
                                    ? ((Document) rule.getValue())
                                            .keySet()
                                            .iterator()
                                            .next()
                                    : "$eq")
                    .append("specifiedAs", alone.cloneDeeply());
            Object found = dev.rotor.testserver.query.Paths.values(document, rule.getKey())
                    .get(0);
            if (found instanceof de.bwaldvogel.mongo.backend.Missing) {
                return details.append("reason", "field was missing");
            }
            return details.append(
                            "reason",
                            operators && ((Document) rule.getValue()).containsKey("$type")
                                    ? "type did not match"
                                    : "comparison failed")
                    .append("consideredValue", dev.rotor.testserver.query.Values.copy(found));
        }
        return new Document("operatorName", "$and").append("clausesNotSatisfied", List.of());
    }
}
