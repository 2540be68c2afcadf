package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.WriteModel;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Reads the models of bulk writes. */
final class WriteModels {

    private WriteModels() {}

    /** The model that a document with one key, the model's kind, describes. */
    static WriteModel<BsonDocument> of(BsonDocument request) {
        String kind = request.getFirstKey();
        Arguments fields = new Arguments(kind, request.getDocument(kind));
        WriteModel<BsonDocument> model = of(kind, fields);
        fields.assertAllUsed();
        return model;
    }

    /** The model of a client's bulk write, which names its collection itself. */
    static ClientNamespacedWriteModel namespaced(BsonDocument request) {
        String kind = request.getFirstKey();
        Arguments fields = new Arguments(kind, request.getDocument(kind));
        MongoNamespace namespace = MongoNamespace.parse(fields.required("namespace", Values::string));
        WriteModel<BsonDocument> model = of(kind, fields);
        fields.assertAllUsed();
        return new ClientNamespacedWriteModel(namespace, model);
    }

    private static WriteModel<BsonDocument> of(String kind, Arguments fields) {
        return switch (kind) {
            case "insertOne" -> new InsertOneModel<>(fields.required("document", Values::document));
            case "updateOne" -> updateOne(fields);
            case "updateMany" -> updateMany(fields);
            case "replaceOne" ->
                new ReplaceOneModel<>(
                        fields.required("filter", Values::document),
                        fields.required("replacement", Values::document),
                        Options.replace(fields));
            case "deleteOne" ->
                new DeleteOneModel<>(fields.required("filter", Values::document), Options.delete(fields));
            case "deleteMany" ->
                new DeleteManyModel<>(fields.required("filter", Values::document), Options.delete(fields));
            default -> throw new RunnerException("the runner does not know the write model " + kind);
        };
    }

    private static WriteModel<BsonDocument> updateOne(Arguments fields) {
        BsonDocument filter = fields.required("filter", Values::document);
        BsonValue update = fields.required("update", Values::any);
        return update.isArray()
                ? new UpdateOneModel<>(filter, Values.documents(update), Options.update(fields))
                : new UpdateOneModel<>(filter, Values.document(update), Options.update(fields));
    }

    private static WriteModel<BsonDocument> updateMany(Arguments fields) {
        BsonDocument filter = fields.required("filter", Values::document);
        BsonValue update = fields.required("update", Values::any);
        return update.isArray()
                ? new UpdateManyModel<>(filter, Values.documents(update), Options.update(fields))
                : new UpdateManyModel<>(filter, Values.document(update), Options.update(fields));
    }
}
