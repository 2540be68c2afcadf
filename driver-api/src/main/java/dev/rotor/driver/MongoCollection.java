package dev.rotor.driver;

import dev.rotor.driver.model.BulkWriteOptions;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.CountOptions;
import dev.rotor.driver.model.CreateIndexOptions;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.DeleteResult;
import dev.rotor.driver.model.DropCollectionOptions;
import dev.rotor.driver.model.DropIndexOptions;
import dev.rotor.driver.model.EstimatedDocumentCountOptions;
import dev.rotor.driver.model.FindOneAndDeleteOptions;
import dev.rotor.driver.model.FindOneAndReplaceOptions;
import dev.rotor.driver.model.FindOneAndUpdateOptions;
import dev.rotor.driver.model.IndexModel;
import dev.rotor.driver.model.IndexOptions;
import dev.rotor.driver.model.InsertManyOptions;
import dev.rotor.driver.model.InsertManyResult;
import dev.rotor.driver.model.InsertOneOptions;
import dev.rotor.driver.model.InsertOneResult;
import dev.rotor.driver.model.RenameCollectionOptions;
import dev.rotor.driver.model.ReplaceOptions;
import dev.rotor.driver.model.SearchIndexModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.driver.model.WriteModel;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A collection, together with the class, codecs, concerns, read preference and timeout that its operations use, as the
 * CRUD and Index Management specifications define them. Immutable: the methods named {@code with…} give a copy. How
 * results arrive and fail: see {@link MongoClient}.
 *
 * <p><b>Failed writes.</b> A single write that the server refuses fails with a {@link MongoWriteException}; several
 * writes in one call fail with a {@link MongoBulkWriteException}, which tells what was done all the same. When a write
 * was done but its write concern was not met, a single one fails with a {@link MongoWriteConcernException}. With
 * {@link WriteConcern#UNACKNOWLEDGED} results say nothing and such failures go unnoticed.
 *
 * @param <T> what documents are read and written as
 */
public interface MongoCollection<T> {

    /**
     * The collection's full name.
     *
     * @return database and collection
     */
    MongoNamespace namespace();

    /**
     * The collection's name, without that of its database.
     *
     * @return the name
     */
    default String name() {
        return namespace().collectionName();
    }

    /**
     * The database that this collection belongs to. Nothing is sent.
     *
     * @return the database, with the codecs, concerns, read preference, timeout and session of this collection
     */
    MongoDatabase database();

    /**
     * What documents are read and written as.
     *
     * @return the class
     */
    Class<T> documentClass();

    /**
     * The codecs for what is read and written.
     *
     * @return the registry
     */
    CodecRegistry codecRegistry();

    /**
     * Which members reads go to.
     *
     * @return the read preference
     */
    ReadPreference readPreference();

    /**
     * Which data reads may see.
     *
     * @return the read concern
     */
    ReadConcern readConcern();

    /**
     * What makes a write acknowledged.
     *
     * @return the write concern
     */
    WriteConcern writeConcern();

    /**
     * The time limit of each operation, {@code timeoutMS}.
     *
     * @return the limit; zero for none; {@code null} when neither this nor database and client have one, so that the
     *     older timeouts apply
     */
    @Nullable
    Duration timeout();

    /**
     * The session that operations of this collection use.
     *
     * @return the session; {@code null} for none
     */
    @Nullable
    ClientSession session();

    /**
     * The same with another class.
     *
     * @param documentClass what documents are read and written as
     * @param <R> what documents are read and written as
     * @return a copy
     */
    <R> MongoCollection<R> withDocumentClass(Class<R> documentClass);

    /**
     * The same with other codecs.
     *
     * @param codecRegistry the registry
     * @return a copy
     */
    MongoCollection<T> withCodecRegistry(CodecRegistry codecRegistry);

    /**
     * The same with another read preference.
     *
     * @param readPreference which members reads go to
     * @return a copy
     */
    MongoCollection<T> withReadPreference(ReadPreference readPreference);

    /**
     * The same with another read concern.
     *
     * @param readConcern which data reads may see
     * @return a copy
     */
    MongoCollection<T> withReadConcern(ReadConcern readConcern);

    /**
     * The same with another write concern.
     *
     * @param writeConcern what makes a write acknowledged
     * @return a copy
     */
    MongoCollection<T> withWriteConcern(WriteConcern writeConcern);

    /**
     * The same with another time limit, as the Client Side Operations Timeout specification defines it.
     *
     * @param timeout for each operation, in whole milliseconds; zero for no limit; {@code null} for that of the
     *     database
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    MongoCollection<T> withTimeout(@Nullable Duration timeout);

    /**
     * The same, saying whether operations work on the documents as they are stored. For tools that look beneath time
     * series collections; applications have no use for it, and it may go without notice. Sent to servers from 8.2 on.
     *
     * @param rawData whether; {@code null}: not sent
     * @return a copy
     */
    MongoCollection<T> withRawData(@Nullable Boolean rawData);

    /**
     * The same bound to a session: operations of the copy use it.
     *
     * @param session a session of the same client; {@code null} for none
     * @return a copy
     * @throws IllegalArgumentException if it is a session of another client
     */
    MongoCollection<T> withSession(@Nullable ClientSession session);

    /**
     * All documents. The same as {@code find(new BsonDocument())}.
     *
     * @return a query
     */
    default FindQuery<T> find() {
        return find(new BsonDocument());
    }

    /**
     * The documents that match a filter.
     *
     * @param filter which documents; an empty one for all
     * @return a query
     */
    default FindQuery<T> find(Bson filter) {
        return find(filter, documentClass());
    }

    /**
     * The documents that match a filter, read as another class.
     *
     * @param filter which documents; an empty one for all
     * @param resultClass what each result is read as
     * @param <R> what each result is read as
     * @return a query
     */
    <R> FindQuery<R> find(Bson filter, Class<R> resultClass);

    /**
     * The first document that matches a filter. The same as {@code find(filter).first()}, which takes sort, projection
     * and the other options.
     *
     * @param filter which document; an empty one for any
     * @return the document, or {@code null} when none matched; fails with a {@link MongoException}
     */
    default CompletionStage<@Nullable T> findOne(Bson filter) {
        return find(filter).first();
    }

    /**
     * Runs an aggregation pipeline.
     *
     * @param pipeline the stages
     * @return a query
     */
    default AggregateQuery<T> aggregate(List<? extends Bson> pipeline) {
        return aggregate(pipeline, documentClass());
    }

    /**
     * Runs an aggregation pipeline whose results are read as another class.
     *
     * @param pipeline the stages
     * @param resultClass what each result is read as
     * @param <R> what each result is read as
     * @return a query
     */
    <R> AggregateQuery<R> aggregate(List<? extends Bson> pipeline, Class<R> resultClass);

    /**
     * The different values of a field.
     *
     * @param fieldName the field, dotted if it is an inner one
     * @param resultClass what each value is read as
     * @param <R> what each value is read as
     * @return a query
     * @throws IllegalArgumentException if the field name is empty
     */
    default <R> DistinctQuery<R> distinct(String fieldName, Class<R> resultClass) {
        return distinct(fieldName, new BsonDocument(), resultClass);
    }

    /**
     * The different values of a field in the documents that match a filter.
     *
     * @param fieldName the field, dotted if it is an inner one
     * @param filter which documents are looked at
     * @param resultClass what each value is read as
     * @param <R> what each value is read as
     * @return a query
     * @throws IllegalArgumentException if the field name is empty
     */
    <R> DistinctQuery<R> distinct(String fieldName, Bson filter, Class<R> resultClass);

    /**
     * Counts all documents, one by one. {@link #estimatedDocumentCount()} is quicker.
     *
     * @return the number; fails with a {@link MongoException}
     */
    default CompletionStage<Long> countDocuments() {
        return countDocuments(new BsonDocument());
    }

    /**
     * Counts the documents that match a filter.
     *
     * @param filter which documents; an empty one for all
     * @return the number; fails with a {@link MongoException}
     */
    default CompletionStage<Long> countDocuments(Bson filter) {
        return countDocuments(filter, CountOptions.DEFAULT);
    }

    /**
     * Counts the documents that match a filter. The server does it by an aggregation, so {@code $where}, {@code $near}
     * and {@code $nearSphere} must be written as {@code $expr} and {@code $geoWithin}.
     *
     * @param filter which documents; an empty one for all
     * @param options how
     * @return the number; fails with a {@link MongoException}
     */
    CompletionStage<Long> countDocuments(Bson filter, CountOptions options);

    /**
     * Counts all documents by the collection's metadata: quick, and not exact after an unclean shutdown or on a sharded
     * cluster with orphaned documents.
     *
     * @return the number; fails with a {@link MongoException}
     */
    default CompletionStage<Long> estimatedDocumentCount() {
        return estimatedDocumentCount(EstimatedDocumentCountOptions.DEFAULT);
    }

    /**
     * Counts all documents by the collection's metadata.
     *
     * @param options how
     * @return the number; fails with a {@link MongoException}
     */
    CompletionStage<Long> estimatedDocumentCount(EstimatedDocumentCountOptions options);

    /**
     * Counts documents by the command {@code count}, which can be wrong on a sharded cluster.
     *
     * @param filter which documents; an empty one for all
     * @param options how
     * @return the number; fails with a {@link MongoException}
     * @deprecated {@link #countDocuments(Bson, CountOptions)} counts right, {@link #estimatedDocumentCount()} is
     *     quicker
     */
    @Deprecated
    CompletionStage<Long> count(Bson filter, CountOptions options);

    /**
     * Runs the command {@code mapReduce} and gives its results.
     *
     * @param mapFunction a JavaScript function that emits keys and values of a document
     * @param reduceFunction a JavaScript function that makes one value of those that have the same key
     * @param resultClass what each result is read as: a document with {@code _id}, the key, and {@code value}
     * @param <R> what each result is read as
     * @return the results, which the server sends in one reply; fails with a {@link MongoException}
     * @deprecated servers from 5.0 on deprecate it: an aggregation does the same
     */
    @Deprecated
    <R> CompletionStage<List<R>> mapReduce(String mapFunction, String reduceFunction, Class<R> resultClass);

    /**
     * Watches all changes of this collection.
     *
     * @return a query
     */
    default WatchQuery<ChangeStreamDocument<T>> watch() {
        return watch(List.of());
    }

    /**
     * Watches changes of this collection.
     *
     * @param pipeline stages that choose or shape what is reported; may be empty
     * @return a query
     */
    WatchQuery<ChangeStreamDocument<T>> watch(List<? extends Bson> pipeline);

    /**
     * Inserts a document. When it has no {@code _id} the driver gives it one: in the document itself where its codec
     * can ({@code CollectibleCodec}), otherwise on the wire only; the result has it.
     *
     * @param document the document
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     */
    default CompletionStage<InsertOneResult> insertOne(T document) {
        return insertOne(document, InsertOneOptions.DEFAULT);
    }

    /**
     * Inserts a document. When it has no {@code _id} the driver gives it one: in the document itself where its codec
     * can ({@code CollectibleCodec}), otherwise on the wire only; the result has it.
     *
     * @param document the document
     * @param options how
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     */
    CompletionStage<InsertOneResult> insertOne(T document, InsertOneOptions options);

    /**
     * Inserts documents, in order, with as few commands as the server allows. Ids are given as in {@link #insertOne}.
     *
     * @param documents the documents, at least one
     * @return what was done; fails with a {@link MongoBulkWriteException}; or, when a command fails as a whole, with
     *     another {@link MongoException}, which has a {@link MongoBulkWriteException} among its
     *     {@linkplain Throwable#getSuppressed() suppressed} that tells what was done before
     * @throws IllegalArgumentException if there is no document
     */
    default CompletionStage<InsertManyResult> insertMany(List<? extends T> documents) {
        return insertMany(documents, InsertManyOptions.DEFAULT);
    }

    /**
     * Inserts documents, with as few commands as the server allows.
     *
     * @param documents the documents, at least one
     * @param options how
     * @return what was done; fails with a {@link MongoBulkWriteException}; or, when a command fails as a whole, with
     *     another {@link MongoException}, which has a {@link MongoBulkWriteException} among its
     *     {@linkplain Throwable#getSuppressed() suppressed} that tells what was done before
     * @throws IllegalArgumentException if there is no document
     */
    CompletionStage<InsertManyResult> insertMany(List<? extends T> documents, InsertManyOptions options);

    /**
     * Updates the first document that matches by operators.
     *
     * @param filter which document
     * @param update a document of update operators
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the update is empty or its first key is no operator
     */
    default CompletionStage<UpdateResult> updateOne(Bson filter, Bson update) {
        return updateOne(filter, update, UpdateOptions.DEFAULT);
    }

    /**
     * Updates the first document that matches by operators.
     *
     * @param filter which document
     * @param update a document of update operators
     * @param options how
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the update is empty or its first key is no operator
     */
    CompletionStage<UpdateResult> updateOne(Bson filter, Bson update, UpdateOptions options);

    /**
     * Updates the first document that matches by a pipeline. Needs server 4.2.
     *
     * @param filter which document
     * @param pipeline the stages of an update pipeline, at least one
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the pipeline is empty
     */
    default CompletionStage<UpdateResult> updateOne(Bson filter, List<? extends Bson> pipeline) {
        return updateOne(filter, pipeline, UpdateOptions.DEFAULT);
    }

    /**
     * Updates the first document that matches by a pipeline. Needs server 4.2.
     *
     * @param filter which document
     * @param pipeline the stages of an update pipeline, at least one
     * @param options how
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the pipeline is empty
     */
    CompletionStage<UpdateResult> updateOne(Bson filter, List<? extends Bson> pipeline, UpdateOptions options);

    /**
     * Updates all documents that match by operators.
     *
     * @param filter which documents; an empty one for all
     * @param update a document of update operators
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the update is empty or its first key is no operator
     */
    default CompletionStage<UpdateResult> updateMany(Bson filter, Bson update) {
        return updateMany(filter, update, UpdateOptions.DEFAULT);
    }

    /**
     * Updates all documents that match by operators. The server refuses {@code sort} here.
     *
     * @param filter which documents; an empty one for all
     * @param update a document of update operators
     * @param options how
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the update is empty or its first key is no operator
     */
    CompletionStage<UpdateResult> updateMany(Bson filter, Bson update, UpdateOptions options);

    /**
     * Updates all documents that match by a pipeline. Needs server 4.2.
     *
     * @param filter which documents; an empty one for all
     * @param pipeline the stages of an update pipeline, at least one
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the pipeline is empty
     */
    default CompletionStage<UpdateResult> updateMany(Bson filter, List<? extends Bson> pipeline) {
        return updateMany(filter, pipeline, UpdateOptions.DEFAULT);
    }

    /**
     * Updates all documents that match by a pipeline. Needs server 4.2. The server refuses {@code sort} here.
     *
     * @param filter which documents; an empty one for all
     * @param pipeline the stages of an update pipeline, at least one
     * @param options how
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the pipeline is empty
     */
    CompletionStage<UpdateResult> updateMany(Bson filter, List<? extends Bson> pipeline, UpdateOptions options);

    /**
     * Replaces the first document that matches.
     *
     * @param filter which document
     * @param replacement what takes its place, without update operators
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the first key of the replacement is an update operator; where only its
     *     encoding shows that, because it is no map, the stage fails with it
     */
    default CompletionStage<UpdateResult> replaceOne(Bson filter, T replacement) {
        return replaceOne(filter, replacement, ReplaceOptions.DEFAULT);
    }

    /**
     * Replaces the first document that matches.
     *
     * @param filter which document
     * @param replacement what takes its place, without update operators
     * @param options how
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     * @throws IllegalArgumentException if the first key of the replacement is an update operator; where only its
     *     encoding shows that, because it is no map, the stage fails with it
     */
    CompletionStage<UpdateResult> replaceOne(Bson filter, T replacement, ReplaceOptions options);

    /**
     * Deletes the first document that matches.
     *
     * @param filter which document
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     */
    default CompletionStage<DeleteResult> deleteOne(Bson filter) {
        return deleteOne(filter, DeleteOptions.DEFAULT);
    }

    /**
     * Deletes the first document that matches.
     *
     * @param filter which document
     * @param options how
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     */
    CompletionStage<DeleteResult> deleteOne(Bson filter, DeleteOptions options);

    /**
     * Deletes all documents that match.
     *
     * @param filter which documents; an empty one for all
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     */
    default CompletionStage<DeleteResult> deleteMany(Bson filter) {
        return deleteMany(filter, DeleteOptions.DEFAULT);
    }

    /**
     * Deletes all documents that match.
     *
     * @param filter which documents; an empty one for all
     * @param options how
     * @return what was done; fails with a {@link MongoWriteException}, a {@link MongoWriteConcernException} or another
     *     {@link MongoException}
     */
    CompletionStage<DeleteResult> deleteMany(Bson filter, DeleteOptions options);

    /**
     * Deletes the first document that matches, and gives it.
     *
     * @param filter which document
     * @return the document as it was, or {@code null} when none matched; fails with a {@link MongoCommandException}, a
     *     {@link MongoWriteConcernException} or another {@link MongoException}
     */
    default CompletionStage<@Nullable T> findOneAndDelete(Bson filter) {
        return findOneAndDelete(filter, FindOneAndDeleteOptions.DEFAULT);
    }

    /**
     * Deletes the first document that matches, and gives it.
     *
     * @param filter which document
     * @param options how
     * @return the document as it was, or {@code null} when none matched; fails with a {@link MongoCommandException}, a
     *     {@link MongoWriteConcernException} or another {@link MongoException}
     */
    CompletionStage<@Nullable T> findOneAndDelete(Bson filter, FindOneAndDeleteOptions options);

    /**
     * Replaces the first document that matches, and gives it.
     *
     * @param filter which document
     * @param replacement what takes its place, without update operators
     * @return the document as it was, or {@code null} when none matched; fails like {@link #findOneAndDelete(Bson)}
     * @throws IllegalArgumentException if the first key of the replacement is an update operator; where only its
     *     encoding shows that, because it is no map, the stage fails with it
     */
    default CompletionStage<@Nullable T> findOneAndReplace(Bson filter, T replacement) {
        return findOneAndReplace(filter, replacement, FindOneAndReplaceOptions.DEFAULT);
    }

    /**
     * Replaces the first document that matches, and gives it.
     *
     * @param filter which document
     * @param replacement what takes its place, without update operators
     * @param options how
     * @return the document as it was or as it is, by the options; {@code null} when none matched and there is none to
     *     show; fails like {@link #findOneAndDelete(Bson)}
     * @throws IllegalArgumentException if the first key of the replacement is an update operator; where only its
     *     encoding shows that, because it is no map, the stage fails with it
     */
    CompletionStage<@Nullable T> findOneAndReplace(Bson filter, T replacement, FindOneAndReplaceOptions options);

    /**
     * Updates the first document that matches by operators, and gives it.
     *
     * @param filter which document
     * @param update a document of update operators
     * @return the document as it was, or {@code null} when none matched; fails like {@link #findOneAndDelete(Bson)}
     * @throws IllegalArgumentException if the update is empty or its first key is no operator
     */
    default CompletionStage<@Nullable T> findOneAndUpdate(Bson filter, Bson update) {
        return findOneAndUpdate(filter, update, FindOneAndUpdateOptions.DEFAULT);
    }

    /**
     * Updates the first document that matches by operators, and gives it.
     *
     * @param filter which document
     * @param update a document of update operators
     * @param options how
     * @return the document as it was or as it is, by the options; {@code null} when none matched and there is none to
     *     show; fails like {@link #findOneAndDelete(Bson)}
     * @throws IllegalArgumentException if the update is empty or its first key is no operator
     */
    CompletionStage<@Nullable T> findOneAndUpdate(Bson filter, Bson update, FindOneAndUpdateOptions options);

    /**
     * Updates the first document that matches by a pipeline, and gives it. Needs server 4.2.
     *
     * @param filter which document
     * @param pipeline the stages of an update pipeline, at least one
     * @return the document as it was, or {@code null} when none matched; fails like {@link #findOneAndDelete(Bson)}
     * @throws IllegalArgumentException if the pipeline is empty
     */
    default CompletionStage<@Nullable T> findOneAndUpdate(Bson filter, List<? extends Bson> pipeline) {
        return findOneAndUpdate(filter, pipeline, FindOneAndUpdateOptions.DEFAULT);
    }

    /**
     * Updates the first document that matches by a pipeline, and gives it. Needs server 4.2.
     *
     * @param filter which document
     * @param pipeline the stages of an update pipeline, at least one
     * @param options how
     * @return the document as it was or as it is, by the options; {@code null} when none matched and there is none to
     *     show; fails like {@link #findOneAndDelete(Bson)}
     * @throws IllegalArgumentException if the pipeline is empty
     */
    CompletionStage<@Nullable T> findOneAndUpdate(
            Bson filter, List<? extends Bson> pipeline, FindOneAndUpdateOptions options);

    /**
     * Does several writes, in order, with as few commands as the server allows.
     *
     * @param requests the writes, at least one
     * @return what was done; fails with a {@link MongoBulkWriteException}; or, when a command fails as a whole, with
     *     another {@link MongoException}, which has a {@link MongoBulkWriteException} among its
     *     {@linkplain Throwable#getSuppressed() suppressed} that tells what was done before
     * @throws IllegalArgumentException if there is no write, an update has no operators, or a replacement has some
     */
    default CompletionStage<BulkWriteResult> bulkWrite(List<? extends WriteModel<? extends T>> requests) {
        return bulkWrite(requests, BulkWriteOptions.DEFAULT);
    }

    /**
     * Does several writes, with as few commands as the server allows. Writes that are not ordered may be done in any
     * order.
     *
     * @param requests the writes, at least one
     * @param options how
     * @return what was done; fails with a {@link MongoBulkWriteException}; or, when a command fails as a whole, with
     *     another {@link MongoException}, which has a {@link MongoBulkWriteException} among its
     *     {@linkplain Throwable#getSuppressed() suppressed} that tells what was done before
     * @throws IllegalArgumentException if there is no write, an update has no operators, or a replacement has some
     */
    CompletionStage<BulkWriteResult> bulkWrite(
            List<? extends WriteModel<? extends T>> requests, BulkWriteOptions options);

    /**
     * Creates an index; does nothing when there is the same one already.
     *
     * @param keys the fields in their order, each with 1, -1 or the kind of index
     * @return the name of the index; fails with a {@link MongoCommandException}, for example when an index of that name
     *     has other keys
     */
    default CompletionStage<String> createIndex(Bson keys) {
        return createIndex(keys, IndexOptions.DEFAULT);
    }

    /**
     * Creates an index; does nothing when there is the same one already.
     *
     * @param keys the fields in their order, each with 1, -1 or the kind of index
     * @param options what it is like
     * @return the name of the index; fails with a {@link MongoCommandException}, for example when an index of that name
     *     has other keys
     */
    default CompletionStage<String> createIndex(Bson keys, IndexOptions options) {
        return createIndex(keys, options, CreateIndexOptions.DEFAULT);
    }

    /**
     * Creates an index; does nothing when there is the same one already.
     *
     * @param keys the fields in their order, each with 1, -1 or the kind of index
     * @param options what it is like
     * @param createOptions how it is built
     * @return the name of the index; fails with a {@link MongoCommandException}, for example when an index of that name
     *     has other keys
     */
    CompletionStage<String> createIndex(Bson keys, IndexOptions options, CreateIndexOptions createOptions);

    /**
     * Creates indexes with one command.
     *
     * @param indexes the indexes, at least one
     * @return the names of the indexes in the order of the call; fails with a {@link MongoCommandException}
     * @throws IllegalArgumentException if there is no index
     */
    default CompletionStage<List<String>> createIndexes(List<IndexModel> indexes) {
        return createIndexes(indexes, CreateIndexOptions.DEFAULT);
    }

    /**
     * Creates indexes with one command.
     *
     * @param indexes the indexes, at least one
     * @param options how
     * @return the names of the indexes in the order of the call; fails with a {@link MongoCommandException}
     * @throws IllegalArgumentException if there is no index
     */
    CompletionStage<List<String>> createIndexes(List<IndexModel> indexes, CreateIndexOptions options);

    /**
     * Drops an index.
     *
     * @param indexName its name; not {@code "*"}: see {@link #dropIndexes()}
     * @return completes when it is gone, or when there is no such collection; fails with a
     *     {@link MongoCommandException} of code 27 when there is no such index
     * @throws IllegalArgumentException if the name is empty or {@code "*"}
     */
    default CompletionStage<Void> dropIndex(String indexName) {
        return dropIndex(indexName, DropIndexOptions.DEFAULT);
    }

    /**
     * Drops an index.
     *
     * @param indexName its name; not {@code "*"}: see {@link #dropIndexes()}
     * @param options how
     * @return completes when it is gone, or when there is no such collection; fails with a
     *     {@link MongoCommandException} of code 27 when there is no such index
     * @throws IllegalArgumentException if the name is empty or {@code "*"}
     */
    CompletionStage<Void> dropIndex(String indexName, DropIndexOptions options);

    /**
     * Drops the index that has these keys.
     *
     * @param keys the fields in their order, each with 1, -1 or the kind of index
     * @return completes when it is gone, or when there is no such collection; fails with a
     *     {@link MongoCommandException} of code 27 when there is no such index
     */
    default CompletionStage<Void> dropIndex(Bson keys) {
        return dropIndex(keys, DropIndexOptions.DEFAULT);
    }

    /**
     * Drops the index that has these keys.
     *
     * @param keys the fields in their order, each with 1, -1 or the kind of index
     * @param options how
     * @return completes when it is gone, or when there is no such collection; fails with a
     *     {@link MongoCommandException} of code 27 when there is no such index
     */
    CompletionStage<Void> dropIndex(Bson keys, DropIndexOptions options);

    /**
     * Drops all indexes but that of {@code _id}.
     *
     * @return completes when they are gone, or when there is no such collection; fails with a {@link MongoException}
     */
    default CompletionStage<Void> dropIndexes() {
        return dropIndexes(DropIndexOptions.DEFAULT);
    }

    /**
     * Drops all indexes but that of {@code _id}.
     *
     * @param options how
     * @return completes when they are gone, or when there is no such collection; fails with a {@link MongoException}
     */
    CompletionStage<Void> dropIndexes(DropIndexOptions options);

    /**
     * The indexes of this collection. Always asks the primary.
     *
     * @return a query of documents with {@code name}, {@code key} and the options
     */
    default ListIndexesQuery<Document> listIndexes() {
        return listIndexes(Document.class);
    }

    /**
     * The same, read as another class.
     *
     * @param resultClass what each index's description is read as
     * @param <R> what each index's description is read as
     * @return a query
     */
    <R> ListIndexesQuery<R> listIndexes(Class<R> resultClass);

    /**
     * The names of the indexes of this collection. Always asks the primary.
     *
     * @return the names; none when there is no such collection; fails with a {@link MongoException}
     */
    CompletionStage<List<String>> listIndexNames();

    /**
     * The indexes of this collection by their names, as {@link #listIndexes()} gives them. Always asks the primary.
     *
     * @return the descriptions in the server's order, unmodifiable; none when there is no such collection; fails with a
     *     {@link MongoException}
     */
    CompletionStage<Map<String, Document>> indexInformation();

    /**
     * Creates a search index. It is built in the background: {@link #listSearchIndexes()} tells when it can be used.
     *
     * @param definition what it holds
     * @return its name; fails with a {@link MongoCommandException}
     */
    default CompletionStage<String> createSearchIndex(Bson definition) {
        return createSearchIndex(new SearchIndexModel(definition));
    }

    /**
     * Creates a search index.
     *
     * @param name its name
     * @param definition what it holds
     * @return its name; fails with a {@link MongoCommandException}
     */
    default CompletionStage<String> createSearchIndex(String name, Bson definition) {
        return createSearchIndex(new SearchIndexModel(name, definition));
    }

    /**
     * Creates a search index.
     *
     * @param model the index
     * @return its name; fails with a {@link MongoCommandException}
     */
    CompletionStage<String> createSearchIndex(SearchIndexModel model);

    /**
     * Creates search indexes with one command.
     *
     * @param models the indexes
     * @return their names in the order of the call; fails with a {@link MongoCommandException}
     */
    CompletionStage<List<String>> createSearchIndexes(List<SearchIndexModel> models);

    /**
     * Gives a search index another definition.
     *
     * @param name its name
     * @param definition what it is to hold
     * @return completes when the server has taken it; fails with a {@link MongoCommandException}
     */
    CompletionStage<Void> updateSearchIndex(String name, Bson definition);

    /**
     * Drops a search index.
     *
     * @param name its name
     * @return completes when the server has taken it, or when there is no such collection; fails with a
     *     {@link MongoCommandException}
     */
    CompletionStage<Void> dropSearchIndex(String name);

    /**
     * The search indexes of this collection.
     *
     * @return a query
     */
    default ListSearchIndexesQuery<Document> listSearchIndexes() {
        return listSearchIndexes(Document.class);
    }

    /**
     * The same, read as another class.
     *
     * @param resultClass what each index's description is read as
     * @param <R> what each index's description is read as
     * @return a query
     */
    <R> ListSearchIndexesQuery<R> listSearchIndexes(Class<R> resultClass);

    /**
     * The options that this collection was made with, or was given since, as the server lists them. Always asks the
     * primary.
     *
     * @return the options; an empty document when there are none or there is no such collection; fails with a
     *     {@link MongoException}
     */
    CompletionStage<Document> options();

    /**
     * Drops this collection with its indexes. Dropping one that does not exist succeeds.
     *
     * @return completes when it is gone; fails with a {@link MongoException}
     */
    default CompletionStage<Void> drop() {
        return drop(DropCollectionOptions.DEFAULT);
    }

    /**
     * Drops this collection with its indexes. Dropping one that does not exist succeeds.
     *
     * @param options how
     * @return completes when it is gone; fails with a {@link MongoException}
     */
    CompletionStage<Void> drop(DropCollectionOptions options);

    /**
     * Renames this collection. This object keeps the old name.
     *
     * @param newNamespace the new name; may be in another database
     * @return completes when it is done; fails with a {@link MongoCommandException} of code 26 when there is no such
     *     collection, and of code 48 when the new name is taken
     */
    default CompletionStage<Void> rename(MongoNamespace newNamespace) {
        return rename(newNamespace, RenameCollectionOptions.DEFAULT);
    }

    /**
     * Renames this collection. This object keeps the old name.
     *
     * @param newNamespace the new name; may be in another database
     * @param options how
     * @return completes when it is done; fails with a {@link MongoCommandException} of code 26 when there is no such
     *     collection, and of code 48 when the new name is taken
     */
    CompletionStage<Void> rename(MongoNamespace newNamespace, RenameCollectionOptions options);
}
