package dev.rotor.driver.core.client;

import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.future.LinkedFuture;
import dev.rotor.driver.core.op.BulkWrite;
import dev.rotor.driver.core.op.CommandOptions;
import dev.rotor.driver.core.op.DeleteOperation;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.FindAndModifyOperation;
import dev.rotor.driver.core.op.InsertOneOperation;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.core.op.UpdateOperation;
import dev.rotor.driver.model.BulkWriteOptions;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.DeleteResult;
import dev.rotor.driver.model.FindOneAndDeleteOptions;
import dev.rotor.driver.model.FindOneAndReplaceOptions;
import dev.rotor.driver.model.FindOneAndUpdateOptions;
import dev.rotor.driver.model.InsertManyOptions;
import dev.rotor.driver.model.InsertManyResult;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.InsertOneOptions;
import dev.rotor.driver.model.InsertOneResult;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.ReplaceOptions;
import dev.rotor.driver.model.ReturnDocument;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.driver.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.bson.codecs.Codec;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The writes of a collection: checks what can be checked before anything is sent, then makes the operation. */
final class CollectionWrites<T> {

    private final Engine engine;
    private final Scope scope;
    private final String collection;
    private final Decoders.Lazy<T> codec;

    CollectionWrites(Engine engine, Scope scope, String collection, Decoders.Lazy<T> codec) {
        this.engine = engine;
        this.scope = scope;
        this.collection = collection;
        this.codec = codec;
    }

    CompletionStage<InsertOneResult> insertOne(T document, InsertOneOptions options) {
        Objects.requireNonNull(document, "document");
        Codec<T> encoder = codec.get();
        DocumentIds.Identified<T> identified = DocumentIds.identify(document, encoder);
        return engine.execute(new InsertOneOperation<>(
                scope,
                collection,
                identified.document(),
                identified.id(),
                encoder,
                new CommandOptions(true, options.bypassDocumentValidation(), null, options.comment())));
    }

    CompletionStage<InsertManyResult> insertMany(List<? extends T> documents, InsertManyOptions options) {
        if (documents.isEmpty()) {
            throw new IllegalArgumentException("documents must not be empty");
        }
        List<InsertOneModel<T>> models = new ArrayList<>(documents.size());
        for (T document : documents) {
            models.add(new InsertOneModel<>(document));
        }
        CommandOptions command =
                new CommandOptions(options.ordered(), options.bypassDocumentValidation(), null, options.comment());
        @Nullable BsonValue[] ids = new BsonValue[models.size()];
        boolean acknowledged = scope.isAcknowledged();
        // Whoever gives the result up ends the bulk write too.
        return LinkedFuture.map(engine, bulk(models, ids, command), result -> new InsertManyResult(acknowledged, ids));
    }

    CompletionStage<BulkWriteResult> bulkWrite(
            List<? extends WriteModel<? extends T>> requests, BulkWriteOptions options) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("requests must not be empty");
        }
        return bulk(
                requests,
                new BsonValue[requests.size()],
                new CommandOptions(
                        options.ordered(), options.bypassDocumentValidation(), options.let(), options.comment()));
    }

    /** Fills in the ids of the documents that are inserted. */
    private DriverFuture<BulkWriteResult> bulk(
            List<? extends WriteModel<? extends T>> requests, @Nullable BsonValue[] ids, CommandOptions options) {
        Codec<T> encoder = codec.get();
        List<WriteModel<? extends T>> models = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            WriteModel<? extends T> model = Objects.requireNonNull(requests.get(i), "requests");
            if (model instanceof InsertOneModel<? extends T> insert) {
                DocumentIds.Identified<T> identified = DocumentIds.identify(insert.document(), encoder);
                ids[i] = identified.id();
                models.add(new InsertOneModel<>(identified.document()));
            } else {
                models.add(checked(model));
            }
        }
        return new BulkWrite<>(engine, scope, collection, models, ids, encoder, options).start();
    }

    private WriteModel<? extends T> checked(WriteModel<? extends T> model) {
        if (model instanceof UpdateOneModel<? extends T> update && update.update() != null) {
            return new UpdateOneModel<>(update.filter(), checkedUpdate(update.update()), update.options());
        }
        if (model instanceof UpdateManyModel<? extends T> update && update.update() != null) {
            return new UpdateManyModel<>(update.filter(), checkedUpdate(update.update()), update.options());
        }
        if (model instanceof ReplaceOneModel<? extends T> replace) {
            UpdateChecks.replacement(replace.replacement());
        }
        return model;
    }

    private Bson checkedUpdate(Bson update) {
        return UpdateChecks.update(update, scope.codecRegistry());
    }

    CompletionStage<UpdateResult> updateOne(Bson filter, Bson update, UpdateOptions options) {
        return update(new UpdateOneModel<>(filter, checkedUpdate(update), ofStatement(options)), ofCommand(options));
    }

    CompletionStage<UpdateResult> updateOne(Bson filter, List<? extends Bson> pipeline, UpdateOptions options) {
        return update(new UpdateOneModel<>(filter, pipeline, ofStatement(options)), ofCommand(options));
    }

    CompletionStage<UpdateResult> updateMany(Bson filter, Bson update, UpdateOptions options) {
        return update(new UpdateManyModel<>(filter, checkedUpdate(update), ofStatement(options)), ofCommand(options));
    }

    CompletionStage<UpdateResult> updateMany(Bson filter, List<? extends Bson> pipeline, UpdateOptions options) {
        return update(new UpdateManyModel<>(filter, pipeline, ofStatement(options)), ofCommand(options));
    }

    CompletionStage<UpdateResult> replaceOne(Bson filter, T replacement, ReplaceOptions options) {
        UpdateChecks.replacement(replacement);
        ReplaceOptions statement = options.let(null).comment((BsonValue) null).bypassDocumentValidation(null);
        return update(
                new ReplaceOneModel<>(filter, replacement, statement),
                new CommandOptions(true, options.bypassDocumentValidation(), options.let(), options.comment()));
    }

    private CompletionStage<UpdateResult> update(WriteModel<T> model, CommandOptions options) {
        return engine.execute(new UpdateOperation<>(scope, collection, model, codec.get(), options));
    }

    private static UpdateOptions ofStatement(UpdateOptions options) {
        return options.let() == null && options.comment() == null && options.bypassDocumentValidation() == null
                ? options
                : options.let(null).comment((BsonValue) null).bypassDocumentValidation(null);
    }

    private static CommandOptions ofCommand(UpdateOptions options) {
        return new CommandOptions(true, options.bypassDocumentValidation(), options.let(), options.comment());
    }

    CompletionStage<DeleteResult> deleteOne(Bson filter, DeleteOptions options) {
        return delete(new DeleteOneModel<>(filter, ofStatement(options)), options);
    }

    CompletionStage<DeleteResult> deleteMany(Bson filter, DeleteOptions options) {
        return delete(new DeleteManyModel<>(filter, ofStatement(options)), options);
    }

    private CompletionStage<DeleteResult> delete(WriteModel<T> model, DeleteOptions options) {
        CommandOptions command = new CommandOptions(true, null, options.let(), options.comment());
        return engine.execute(new DeleteOperation<>(scope, collection, model, codec.get(), command));
    }

    private static DeleteOptions ofStatement(DeleteOptions options) {
        return options.let() == null && options.comment() == null
                ? options
                : options.let(null).comment((BsonValue) null);
    }

    CompletionStage<@Nullable T> findOneAndDelete(Bson filter, FindOneAndDeleteOptions options) {
        return modify(
                filter,
                new FindAndModifyOperation.Change<>(true, null, null, null, null),
                new FindAndModifyOperation.Options(
                        false,
                        null,
                        null,
                        options.projection(),
                        options.sort(),
                        null,
                        options.collation(),
                        options.hint(),
                        options.hintString(),
                        options.let(),
                        options.maxTime(),
                        options.comment()));
    }

    CompletionStage<@Nullable T> findOneAndReplace(Bson filter, T replacement, FindOneAndReplaceOptions options) {
        Objects.requireNonNull(replacement, "replacement");
        UpdateChecks.replacement(replacement);
        return modify(
                filter,
                new FindAndModifyOperation.Change<>(false, null, null, replacement, codec.get()),
                new FindAndModifyOperation.Options(
                        options.returnDocument() == ReturnDocument.AFTER,
                        options.upsert(),
                        null,
                        options.projection(),
                        options.sort(),
                        options.bypassDocumentValidation(),
                        options.collation(),
                        options.hint(),
                        options.hintString(),
                        options.let(),
                        options.maxTime(),
                        options.comment()));
    }

    CompletionStage<@Nullable T> findOneAndUpdate(Bson filter, Bson update, FindOneAndUpdateOptions options) {
        return modify(
                filter,
                new FindAndModifyOperation.Change<>(false, checkedUpdate(update), null, null, null),
                ofUpdate(options));
    }

    CompletionStage<@Nullable T> findOneAndUpdate(
            Bson filter, List<? extends Bson> pipeline, FindOneAndUpdateOptions options) {
        if (pipeline.isEmpty()) {
            throw new IllegalArgumentException("an update pipeline needs at least one stage");
        }
        return modify(
                filter,
                new FindAndModifyOperation.Change<>(false, null, List.copyOf(pipeline), null, null),
                ofUpdate(options));
    }

    private static FindAndModifyOperation.Options ofUpdate(FindOneAndUpdateOptions options) {
        return new FindAndModifyOperation.Options(
                options.returnDocument() == ReturnDocument.AFTER,
                options.upsert(),
                options.arrayFilters(),
                options.projection(),
                options.sort(),
                options.bypassDocumentValidation(),
                options.collation(),
                options.hint(),
                options.hintString(),
                options.let(),
                options.maxTime(),
                options.comment());
    }

    private CompletionStage<@Nullable T> modify(
            Bson filter, FindAndModifyOperation.Change<T> change, FindAndModifyOperation.Options options) {
        Objects.requireNonNull(filter, "filter");
        return engine.execute(new FindAndModifyOperation<>(scope, collection, filter, change, options, codec.get()));
    }
}
