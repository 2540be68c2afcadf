package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorDrain;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.model.CreateCollectionOptions;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** A collection that is made only where there was none, whatever the server thinks of making one twice. */
public final class NewCollection {

    private NewCollection() {}

    /** Asks for a collection of that name first; both commands share one deadline. */
    public static CompletionStage<Void> create(
            Engine engine, Scope scope, MongoNamespace namespace, CreateCollectionOptions options) {
        long deadline = engine.deadlineOf(scope);
        BsonDocument filter = new BsonDocument("name", new BsonString(namespace.collectionName()));
        ReadCommands.ListCollectionsSpec list =
                new ReadCommands.ListCollectionsSpec(filter, true, null, 0, null, options.comment(), false, null);
        Operation<BatchCursor<BsonDocument>> listing =
                ReadCommands.listCollections(engine, scope, list, ReadCommands.DOCUMENTS);
        AtomicBoolean found = new AtomicBoolean();
        return CursorDrain.start(
                        engine,
                        engine.execute(listing, deadline),
                        one -> {
                            found.set(true);
                            return false;
                        },
                        found::get)
                .thenCompose(exists -> exists
                        ? refused(engine, namespace)
                        : engine.execute(
                                CollectionCommands.create(scope, namespace.collectionName(), options), deadline));
    }

    private static CompletionStage<Void> refused(Engine engine, MongoNamespace namespace) {
        DriverFuture<Void> refused = new DriverFuture<>(engine);
        refused.completeExceptionally(new MongoException(
                "Collection " + namespace + " already exists", null, ErrorCodes.NAMESPACE_EXISTS, null));
        return refused;
    }
}
