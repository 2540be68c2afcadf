package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.ClientEntity;
import dev.rotor.conformance.unified.entity.CursorEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.ResultDocuments;
import dev.rotor.driver.ListDatabasesQuery;
import dev.rotor.driver.MongoCluster;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoDriverInformation;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/** Operations of a client. */
final class ClientOperations {

    private ClientOperations() {}

    static Map<String, Handler<ClientEntity>> table() {
        return Map.ofEntries(
                Map.entry("listDatabases", ClientOperations::listDatabases),
                Map.entry("listDatabaseNames", ClientOperations::listDatabaseNames),
                Map.entry("listDatabaseObjects", ClientOperations::listDatabaseObjects),
                Map.entry("createChangeStream", ClientOperations::createChangeStream),
                Map.entry("clientBulkWrite", ClientOperations::bulkWrite),
                Map.entry("appendMetadata", ClientOperations::appendMetadata),
                Map.entry("dropDatabase", ClientOperations::dropDatabase),
                Map.entry("close", ClientOperations::close));
    }

    private static Handler.Action listDatabases(ClientEntity entity, Arguments arguments, CaseContext context) {
        MongoCluster client = Views.of(entity.client(), arguments, context);
        ListDatabasesQuery<BsonDocument> query =
                Queries.listDatabases(client.listDatabases(BsonDocument.class), arguments);
        return () -> Result.documents(Await.result(query.toList()));
    }

    private static Handler.Action listDatabaseNames(ClientEntity entity, Arguments arguments, CaseContext context) {
        MongoCluster client = Views.of(entity.client(), arguments, context);
        return () -> Result.of(CollectionIndexes.strings(Await.result(client.listDatabaseNames())));
    }

    private static Handler.Action listDatabaseObjects(ClientEntity entity, Arguments arguments, CaseContext context) {
        MongoCluster client = Views.of(entity.client(), arguments, context);
        return () -> Result.of(CollectionIndexes.strings(Await.result(client.listMongoDatabases()).stream()
                .map(MongoDatabase::name)
                .toList()));
    }

    private static Handler.Action createChangeStream(ClientEntity entity, Arguments arguments, CaseContext context) {
        MongoCluster client = Views.of(entity.client(), arguments, context);
        WatchQuery<BsonDocument> query =
                Queries.watch(client.watch(arguments.required("pipeline", Values::documents)), arguments);
        return () -> Result.entity(new CursorEntity("changeStream", Await.result(query.open())));
    }

    private static Handler.Action bulkWrite(ClientEntity entity, Arguments arguments, CaseContext context) {
        MongoCluster client = Views.of(entity.client(), arguments, context);
        List<ClientNamespacedWriteModel> models = arguments.required("models", Values::documents).stream()
                .map(model -> WriteModels.namespaced(model.clone()))
                .toList();
        ClientBulkWriteOptions options = Options.clientBulkWrite(arguments);
        return () -> Result.of(ResultDocuments.of(Await.result(client.bulkWrite(models, options))));
    }

    private static Handler.Action appendMetadata(ClientEntity entity, Arguments arguments, CaseContext context) {
        Arguments fields =
                new Arguments("driverInfoOptions", arguments.required("driverInfoOptions", Values::document));
        MongoDriverInformation library = new MongoDriverInformation(
                fields.required("name", Values::string),
                fields.orElse("version", Values::string, ""),
                fields.orElse("platform", Values::string, ""));
        fields.assertAllUsed();
        return () -> {
            entity.client().appendMetadata(library);
            return Result.NONE;
        };
    }

    private static Handler.Action dropDatabase(ClientEntity entity, Arguments arguments, CaseContext context) {
        MongoDatabase database = Views.of(entity.client(), arguments, context)
                .getDatabase(arguments.required("database", Values::string));
        return () -> Result.after(database.drop());
    }

    private static Handler.Action close(ClientEntity entity, Arguments arguments, CaseContext context) {
        return () -> {
            entity.close();
            Await.result(entity.client().closeAsync());
            return Result.NONE;
        };
    }
}
