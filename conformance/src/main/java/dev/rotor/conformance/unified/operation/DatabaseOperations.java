package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.CollectionEntity;
import dev.rotor.conformance.unified.entity.CursorEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.driver.AggregateQuery;
import dev.rotor.driver.ListCollectionsQuery;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.RunCursorCommandQuery;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.model.DropCollectionOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;

/** Operations of a database. */
final class DatabaseOperations {

    private DatabaseOperations() {}

    static Map<String, Handler<MongoDatabase>> table() {
        return Map.ofEntries(
                Map.entry("runCommand", DatabaseOperations::runCommand),
                Map.entry("runCursorCommand", DatabaseOperations::runCursorCommand),
                Map.entry("createCommandCursor", DatabaseOperations::createCommandCursor),
                Map.entry("aggregate", DatabaseOperations::aggregate),
                Map.entry("createCollection", DatabaseOperations::createCollection),
                Map.entry("dropCollection", DatabaseOperations::dropCollection),
                Map.entry("modifyCollection", DatabaseOperations::modifyCollection),
                Map.entry("listCollections", DatabaseOperations::listCollections),
                Map.entry("listCollectionNames", DatabaseOperations::listCollectionNames),
                Map.entry("listCollectionObjects", DatabaseOperations::listCollectionObjects),
                Map.entry("createChangeStream", DatabaseOperations::createChangeStream),
                Map.entry("drop", DatabaseOperations::drop));
    }

    private static Handler.Action runCommand(MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        BsonDocument command = arguments.required("command", Values::document);
        arguments.optional("commandName", Values::string);
        ReadPreference preference = arguments.orElse("readPreference", Values::readPreference, ReadPreference.PRIMARY);
        // Without a read preference the method without one is what a user would call.
        Call<BsonDocument> call = arguments.has("readPreference")
                ? () -> database.runCommand(command, preference, BsonDocument.class)
                : () -> database.runCommand(command, BsonDocument.class);
        return () -> Result.of(Await.result(call.start()));
    }

    private interface Call<T> {
        CompletionStage<T> start();
    }

    private static RunCursorCommandQuery<BsonDocument> cursorCommand(
            MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        arguments.optional("commandName", Values::string);
        return Queries.runCursorCommand(
                database.runCursorCommand(arguments.required("command", Values::document), BsonDocument.class),
                arguments);
    }

    private static Handler.Action runCursorCommand(MongoDatabase entity, Arguments arguments, CaseContext context) {
        RunCursorCommandQuery<BsonDocument> query = cursorCommand(entity, arguments, context);
        return () -> Result.documents(Await.result(query.toList()));
    }

    private static Handler.Action createCommandCursor(MongoDatabase entity, Arguments arguments, CaseContext context) {
        // Cases count the commands of a cursor that they read one by one.
        RunCursorCommandQuery<BsonDocument> query =
                cursorCommand(entity, arguments, context).prefetch(false);
        return () -> Result.entity(new CursorEntity("commandCursor", Await.result(query.open())));
    }

    private static Handler.Action aggregate(MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = arguments.with(
                Views.of(entity, arguments, context),
                "readPreference",
                Values::readPreference,
                MongoDatabase::withReadPreference);
        AggregateQuery<BsonDocument> query = Queries.aggregate(
                database.aggregate(arguments.required("pipeline", Values::documents), BsonDocument.class), arguments);
        return () -> Result.documents(Await.result(query.toList()));
    }

    private static Handler.Action createCollection(MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        String name = arguments.required("collection", Values::string);
        Call<Void> call;
        if (arguments.has("viewOn")) {
            String source = arguments.required("viewOn", Values::string);
            List<BsonDocument> pipeline = arguments.orElse("pipeline", Values::documents, List.of());
            var options = CollectionOptions.view(arguments);
            call = () -> database.createView(name, source, pipeline, options);
        } else {
            var options = CollectionOptions.create(arguments);
            call = () -> database.createCollection(name, options);
        }
        return () -> {
            Await.result(call.start());
            return Result.entity(new CollectionEntity(database.getCollection(name, BsonDocument.class)));
        };
    }

    private static Handler.Action dropCollection(MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        String name = arguments.required("collection", Values::string);
        DropCollectionOptions options = arguments.with(
                DropCollectionOptions.DEFAULT, "encryptedFields", Values::bson, DropCollectionOptions::encryptedFields);
        return () -> Result.after(database.getCollection(name).drop(options));
    }

    private static Handler.Action modifyCollection(MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        String name = arguments.required("collection", Values::string);
        var options = CollectionOptions.modify(arguments);
        return () -> Result.after(database.modifyCollection(name, options));
    }

    private static Handler.Action listCollections(MongoDatabase entity, Arguments arguments, CaseContext context) {
        ListCollectionsQuery<BsonDocument> query = Queries.listCollections(
                Views.of(entity, arguments, context).listCollections(BsonDocument.class), arguments);
        return () -> Result.documents(Await.result(query.toList()));
    }

    private static Handler.Action listCollectionNames(MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.optional("filter", Values::document);
        return () -> Result.of(CollectionIndexes.strings(
                Await.result(filter == null ? database.listCollectionNames() : database.listCollectionNames(filter))));
    }

    private static Handler.Action listCollectionObjects(
            MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.optional("filter", Values::document);
        return () -> Result.of(CollectionIndexes.strings(
                Await.result(filter == null ? database.listMongoCollections() : database.listMongoCollections(filter))
                        .stream()
                        .map(collection -> collection.namespace().collectionName())
                        .toList()));
    }

    private static Handler.Action createChangeStream(MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        WatchQuery<BsonDocument> query =
                Queries.watch(database.watch(arguments.required("pipeline", Values::documents)), arguments);
        return () -> Result.entity(new CursorEntity("changeStream", Await.result(query.open())));
    }

    private static Handler.Action drop(MongoDatabase entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity, arguments, context);
        return () -> Result.after(database.drop());
    }
}
