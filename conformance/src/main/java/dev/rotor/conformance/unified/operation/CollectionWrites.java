package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.CollectionEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.ResultDocuments;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.BulkWriteOptions;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.FindOneAndDeleteOptions;
import dev.rotor.driver.model.FindOneAndReplaceOptions;
import dev.rotor.driver.model.FindOneAndUpdateOptions;
import dev.rotor.driver.model.InsertManyOptions;
import dev.rotor.driver.model.InsertOneOptions;
import dev.rotor.driver.model.ReplaceOptions;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.driver.model.WriteModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Writes of a collection. */
final class CollectionWrites {

    private CollectionWrites() {}

    static Map<String, Handler<CollectionEntity>> table() {
        return Map.ofEntries(
                Map.entry("insertOne", CollectionWrites::insertOne),
                Map.entry("insertMany", CollectionWrites::insertMany),
                Map.entry("updateOne", CollectionWrites::updateOne),
                Map.entry("updateMany", CollectionWrites::updateMany),
                Map.entry("replaceOne", CollectionWrites::replaceOne),
                Map.entry("deleteOne", CollectionWrites::deleteOne),
                Map.entry("deleteMany", CollectionWrites::deleteMany),
                Map.entry("findOneAndDelete", CollectionWrites::findOneAndDelete),
                Map.entry("findOneAndReplace", CollectionWrites::findOneAndReplace),
                Map.entry("findOneAndUpdate", CollectionWrites::findOneAndUpdate),
                Map.entry("bulkWrite", CollectionWrites::bulkWrite));
    }

    private static Handler.Action insertOne(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        // Written by the driver: the case's own document must stay as it is.
        BsonDocument document = arguments.required("document", Values::document).clone();
        InsertOneOptions options = Options.insertOne(arguments);
        return () -> Result.of(ResultDocuments.of(Await.result(collection.insertOne(document, options))));
    }

    private static Handler.Action insertMany(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        List<BsonDocument> documents = arguments.required("documents", Values::documents).stream()
                .map(BsonDocument::clone)
                .toList();
        InsertManyOptions options = Options.insertMany(arguments);
        return () -> Result.of(ResultDocuments.of(Await.result(collection.insertMany(documents, options))));
    }

    private static Handler.Action updateOne(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        BsonValue update = arguments.required("update", Values::any);
        UpdateOptions options = Options.update(arguments);
        return () -> updated(
                update.isArray()
                        ? collection.updateOne(filter, Values.documents(update), options)
                        : collection.updateOne(filter, Values.document(update), options));
    }

    private static Handler.Action updateMany(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        BsonValue update = arguments.required("update", Values::any);
        UpdateOptions options = Options.update(arguments);
        return () -> updated(
                update.isArray()
                        ? collection.updateMany(filter, Values.documents(update), options)
                        : collection.updateMany(filter, Values.document(update), options));
    }

    private static Result updated(CompletionStage<UpdateResult> stage) throws Exception {
        return Result.of(ResultDocuments.of(Await.result(stage)));
    }

    private static Handler.Action replaceOne(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        BsonDocument replacement = arguments.required("replacement", Values::document);
        ReplaceOptions options = Options.replace(arguments);
        return () -> updated(collection.replaceOne(filter, replacement, options));
    }

    private static Handler.Action deleteOne(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        DeleteOptions options = Options.delete(arguments);
        return () -> Result.of(ResultDocuments.of(Await.result(collection.deleteOne(filter, options))));
    }

    private static Handler.Action deleteMany(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        DeleteOptions options = Options.delete(arguments);
        return () -> Result.of(ResultDocuments.of(Await.result(collection.deleteMany(filter, options))));
    }

    private static Handler.Action findOneAndDelete(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        FindOneAndDeleteOptions options = Options.findOneAndDelete(arguments);
        return () -> found(collection.findOneAndDelete(filter, options));
    }

    private static Handler.Action findOneAndReplace(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        BsonDocument replacement = arguments.required("replacement", Values::document);
        FindOneAndReplaceOptions options = Options.findOneAndReplace(arguments);
        return () -> found(collection.findOneAndReplace(filter, replacement, options));
    }

    private static Handler.Action findOneAndUpdate(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        BsonValue update = arguments.required("update", Values::any);
        FindOneAndUpdateOptions options = Options.findOneAndUpdate(arguments);
        return () -> found(
                update.isArray()
                        ? collection.findOneAndUpdate(filter, Values.documents(update), options)
                        : collection.findOneAndUpdate(filter, Values.document(update), options));
    }

    /** The document, or null where none was found: that is a result, and not the lack of one. */
    private static Result found(CompletionStage<@Nullable BsonDocument> stage) throws Exception {
        BsonDocument document = Await.result(stage);
        return Result.of(document == null ? BsonNull.VALUE : document);
    }

    private static Handler.Action bulkWrite(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        List<WriteModel<BsonDocument>> models = arguments.required("requests", Values::documents).stream()
                .map(request -> WriteModels.of(request.clone()))
                .toList();
        BulkWriteOptions options = Options.bulkWrite(arguments);
        return () -> Result.of(ResultDocuments.of(Await.result(collection.bulkWrite(models, options))));
    }
}
