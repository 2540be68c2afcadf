package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorDrain;
import dev.rotor.driver.core.future.LinkedFuture;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.model.ClusteredIndexOptions;
import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.driver.model.CreateIndexOptions;
import dev.rotor.driver.model.DropCollectionOptions;
import dev.rotor.driver.model.IndexModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Collections come and go: mostly by one command, by several where others go with them or the user wants to know
 * whether there was one. All commands of a call share one deadline.
 */
public final class CollectionLifecycle {

    private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));

    private CollectionLifecycle() {}

    /** Creates a collection. */
    public static CompletableFuture<@Nullable Void> create(
            Engine engine, Scope scope, MongoNamespace namespace, CreateCollectionOptions options) {
        String name = namespace.collectionName();
        Bson fields = options.encryptedFields();
        if (fields == null && !options.checkExists()) {
            return engine.execute(CollectionCommands.create(scope, name, options));
        }
        long deadline = engine.deadlineOf(scope);
        List<Supplier<? extends CompletableFuture<?>>> commands = new ArrayList<>(5);
        if (options.checkExists()) {
            commands.add(() -> checkMissing(engine, scope, namespace, options, deadline));
        }
        if (fields != null) {
            EncryptedCollection encrypted = EncryptedCollection.of(name, fields, scope.codecRegistry());
            CreateCollectionOptions clustered = CreateCollectionOptions.DEFAULT
                    .clusteredIndex(ClusteredIndexOptions.create(BY_ID, true))
                    .comment(options.comment());
            commands.add(() -> engine.execute(
                    CollectionCommands.createForEncryption(scope, encrypted.escCollection(), clustered), deadline));
            commands.add(() -> engine.execute(
                    CollectionCommands.createForEncryption(scope, encrypted.ecocCollection(), clustered), deadline));
        }
        commands.add(() -> engine.execute(CollectionCommands.create(scope, name, options), deadline));
        if (fields != null) {
            CreateIndexOptions index = CreateIndexOptions.DEFAULT.comment(options.comment());
            commands.add(() -> engine.execute(
                    IndexCommands.create(scope, name, List.of(IndexModel.create(EncryptedCollection.INDEX)), index),
                    deadline));
        }
        return CommandSequence.start(engine, commands);
    }

    /** Fails when there is a collection of that name, whatever the server thinks of making one twice. */
    private static CompletableFuture<@Nullable Void> checkMissing(
            Engine engine, Scope scope, MongoNamespace namespace, CreateCollectionOptions options, long deadline) {
        BsonDocument filter = new BsonDocument("name", new BsonString(namespace.collectionName()));
        ReadCommands.ListCollectionsSpec list =
                new ReadCommands.ListCollectionsSpec(filter, true, null, 0, null, options.comment(), false, null);
        Operation<BatchCursor<BsonDocument>> listing =
                ReadCommands.listCollections(engine, scope, list, ReadCommands.DOCUMENTS);
        AtomicBoolean found = new AtomicBoolean();
        CursorDrain<BsonDocument, Boolean> looking = CursorDrain.start(
                engine,
                engine.execute(listing, deadline),
                one -> {
                    found.set(true);
                    return false;
                },
                found::get);
        return LinkedFuture.of(engine, looking, (exists, failure) -> {
            if (failure != null) {
                throw StageFailures.rethrown(failure);
            }
            if (Boolean.TRUE.equals(exists)) {
                throw new MongoException(
                        "Collection " + namespace + " already exists", null, ErrorCodes.NAMESPACE_EXISTS, null);
            }
            return null;
        });
    }

    /** Drops a collection, which may be missing. */
    public static CompletableFuture<@Nullable Void> drop(
            Engine engine, Scope scope, String name, DropCollectionOptions options) {
        Bson fields = options.encryptedFields();
        if (fields == null) {
            return dropOne(engine, scope, name, options, engine.deadlineOf(scope));
        }
        EncryptedCollection encrypted = EncryptedCollection.of(name, fields, scope.codecRegistry());
        long deadline = engine.deadlineOf(scope);
        List<Supplier<? extends CompletableFuture<?>>> commands = new ArrayList<>(3);
        for (String each : List.of(encrypted.escCollection(), encrypted.ecocCollection(), name)) {
            commands.add(() -> dropOne(engine, scope, each, options, deadline));
        }
        return CommandSequence.start(engine, commands);
    }

    private static CompletableFuture<@Nullable Void> dropOne(
            Engine engine, Scope scope, String name, DropCollectionOptions options, long deadline) {
        return MissingCollection.isDone(
                engine, engine.execute(CollectionCommands.drop(scope, name, options.comment()), deadline));
    }
}
