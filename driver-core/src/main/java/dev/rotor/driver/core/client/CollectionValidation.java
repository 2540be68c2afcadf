package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoCollectionInvalidException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.core.future.LinkedFuture;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.core.op.ValidateCommand;
import dev.rotor.driver.model.ValidateCollectionOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.bson.Document;

/** Has a collection checked, and tells damage apart from a clean report: to the server both are success. */
final class CollectionValidation {

    private CollectionValidation() {}

    static CompletionStage<Document> run(
            Engine engine, Scope scope, MongoNamespace namespace, ValidateCollectionOptions options) {
        Scope primary = scope.withReadPreference(ReadPreference.PRIMARY);
        return LinkedFuture.map(
                engine,
                engine.execute(ValidateCommand.of(
                        primary,
                        namespace.collectionName(),
                        options,
                        scope.codecRegistry().get(Document.class))),
                report -> checked(namespace, report));
    }

    private static Document checked(MongoNamespace namespace, Document report) {
        List<String> errors = new ArrayList<>();
        if (isValid(report, errors)) {
            return report;
        }
        String reason = errors.isEmpty() ? "the server names no error" : String.join("; ", errors);
        throw new MongoCollectionInvalidException(
                "Collection " + namespace + " is invalid: " + reason, namespace, report);
    }

    /** A mongos hands on what each shard says. */
    private static boolean isValid(Document report, List<String> errors) {
        boolean valid = !Boolean.FALSE.equals(report.get("valid"));
        if (report.get("errors") instanceof Collection<?> told) {
            told.forEach(error -> errors.add(String.valueOf(error)));
        }
        if (report.get("raw") instanceof Document shards) {
            for (Map.Entry<String, Object> shard : shards.entrySet()) {
                if (shard.getValue() instanceof Document one) {
                    valid &= isValid(one, errors);
                }
            }
        }
        return valid;
    }
}
