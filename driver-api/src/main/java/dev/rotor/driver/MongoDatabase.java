package dev.rotor.driver;

import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.driver.model.CreateViewOptions;
import dev.rotor.driver.model.ModifyCollectionOptions;
import dev.rotor.driver.model.RunCommandOptions;
import dev.rotor.driver.model.ValidateCollectionOptions;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A database, together with the codecs, concerns, read preference and timeout that its operations use. Immutable: the
 * methods named {@code with…} give a copy. How results arrive and fail: see {@link MongoClient}.
 */
public interface MongoDatabase {

    /**
     * The database's name.
     *
     * @return the name
     */
    String name();

    /**
     * The client that this database belongs to.
     *
     * @return the client, with the settings of its own
     */
    MongoClient client();

    /**
     * The codecs for what is read and written.
     *
     * @return the registry
     */
    CodecRegistry codecRegistry();

    /**
     * Which members reads go to. {@link #runCommand(Bson)} does not use it.
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
     * @return the limit; zero for none; {@code null} when neither this nor the client has one, so that the older
     *     timeouts apply
     */
    @Nullable
    Duration timeout();

    /**
     * The same with other codecs.
     *
     * @param codecRegistry the registry
     * @return a copy
     */
    MongoDatabase withCodecRegistry(CodecRegistry codecRegistry);

    /**
     * The same with another read preference.
     *
     * @param readPreference which members reads go to
     * @return a copy
     */
    MongoDatabase withReadPreference(ReadPreference readPreference);

    /**
     * The same with another read concern.
     *
     * @param readConcern which data reads may see
     * @return a copy
     */
    MongoDatabase withReadConcern(ReadConcern readConcern);

    /**
     * The same with another write concern.
     *
     * @param writeConcern what makes a write acknowledged
     * @return a copy
     */
    MongoDatabase withWriteConcern(WriteConcern writeConcern);

    /**
     * The same with another time limit, as the Client Side Operations Timeout specification defines it.
     *
     * @param timeout for each operation, in whole milliseconds; zero for no limit; {@code null} for that of the client
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    MongoDatabase withTimeout(@Nullable Duration timeout);

    /**
     * The same, saying whether operations work on the documents as they are stored. For tools that look beneath time
     * series collections; applications have no use for it, and it may go without notice. Sent to servers from 8.2 on.
     *
     * @param rawData whether; {@code null}: not sent
     * @return a copy
     */
    MongoDatabase withRawData(@Nullable Boolean rawData);

    /**
     * The same bound to a session: operations of the copy, and of the collections that come from it, use it.
     *
     * @param session a session of the same client; {@code null} for none
     * @return a copy
     * @throws IllegalArgumentException if it is a session of another client
     */
    MongoDatabase withSession(@Nullable ClientSession session);

    /**
     * The session that operations of this database use, and those of the collections that come from it.
     *
     * @return the session; {@code null} for none
     */
    @Nullable
    ClientSession session();

    /**
     * A future to be completed by the caller, of the kind that the driver returns: waiting for it on one of the
     * client's event loops fails at once with a {@link MongoLoopBlockedException}, and so it is with all that is
     * derived from it. For libraries over this API whose own results depend on the driver's.
     *
     * @param <T> what it is completed with
     * @return an incomplete future
     */
    <T extends @Nullable Object> CompletableFuture<T> newIncompleteFuture();

    /**
     * A collection whose documents are read and written as {@link Document}. Nothing is sent.
     *
     * @param name the collection's name
     * @return the collection
     * @throws IllegalArgumentException if the name is not allowed
     */
    default MongoCollection<Document> getCollection(String name) {
        return getCollection(name, Document.class);
    }

    /**
     * A collection. Nothing is sent.
     *
     * @param name the collection's name
     * @param documentClass what its documents are read and written as
     * @param <T> what its documents are read and written as
     * @return the collection
     * @throws IllegalArgumentException if the name is not allowed
     */
    <T> MongoCollection<T> getCollection(String name, Class<T> documentClass);

    /**
     * Runs a command on the primary, as the Run Command specification defines it. The command is sent as it is: neither
     * read concern, write concern nor read preference of this database are added, and it is not retried, unless the
     * server is overloaded and both {@code retryReads} and {@code retryWrites} are on. Where a timeout is set, what is
     * left of it is added as {@code maxTimeMS}: a command that has such a field of its own is not looked into, and a
     * server refuses a field that is there twice; so use {@link #withTimeout} for that.
     *
     * @param command the command; its first key is its name
     * @return the whole reply; fails with a {@link MongoCommandException} when its {@code ok} is 0, or with another
     *     {@link MongoException}
     */
    default CompletionStage<Document> runCommand(Bson command) {
        return runCommand(command, Document.class);
    }

    /**
     * The same, read as another class.
     *
     * @param command the command; its first key is its name
     * @param resultClass what the reply is read as
     * @param <R> what the reply is read as
     * @return the whole reply; fails like {@link #runCommand(Bson)}
     */
    default <R> CompletionStage<R> runCommand(Bson command, Class<R> resultClass) {
        return runCommand(command, ReadPreference.PRIMARY, resultClass);
    }

    /**
     * The same on a server of one's choice.
     *
     * @param command the command; its first key is its name
     * @param readPreference which members it may go to
     * @param resultClass what the reply is read as
     * @param <R> what the reply is read as
     * @return the whole reply; fails like {@link #runCommand(Bson)}
     */
    default <R> CompletionStage<R> runCommand(Bson command, ReadPreference readPreference, Class<R> resultClass) {
        return runCommand(command, RunCommandOptions.DEFAULT.readPreference(readPreference), resultClass);
    }

    /**
     * Runs a command that has nothing but a name, such as {@code ping}: the same as {@code runCommand({name: 1})}.
     *
     * @param commandName the command's name
     * @return the whole reply; fails like {@link #runCommand(Bson)}
     */
    default CompletionStage<Document> runCommand(String commandName) {
        return runCommand(
                new BsonDocument(Objects.requireNonNull(commandName, "commandName"), new BsonInt32(1)), Document.class);
    }

    /**
     * Runs a command with options.
     *
     * @param command the command; its first key is its name
     * @param options where it goes, and which refusals count as replies
     * @return the whole reply; fails like {@link #runCommand(Bson)}, unless the options accept the refusal
     */
    default CompletionStage<Document> runCommand(Bson command, RunCommandOptions options) {
        return runCommand(command, options, Document.class);
    }

    /**
     * Runs a command with options; the reply is read as another class.
     *
     * @param command the command; its first key is its name
     * @param options where it goes, and which refusals count as replies
     * @param resultClass what the reply is read as
     * @param <R> what the reply is read as
     * @return the whole reply; fails like {@link #runCommand(Bson)}, unless the options accept the refusal
     */
    <R> CompletionStage<R> runCommand(Bson command, RunCommandOptions options, Class<R> resultClass);

    /**
     * Runs a command that opens a cursor, as the Run Command specification defines it.
     *
     * @param command the command; its first key is its name
     * @return a query; a reply without a cursor fails with a {@link MongoProtocolException}
     */
    default RunCursorCommandQuery<Document> runCursorCommand(Bson command) {
        return runCursorCommand(command, Document.class);
    }

    /**
     * The same, read as another class.
     *
     * @param command the command; its first key is its name
     * @param resultClass what each document is read as
     * @param <R> what each document is read as
     * @return a query
     */
    <R> RunCursorCommandQuery<R> runCursorCommand(Bson command, Class<R> resultClass);

    /**
     * Makes a collection. Only collections with options need this: others come into being with the first write.
     *
     * @param name the collection's name
     * @return completes when it is there; fails with a {@link MongoCommandException} of code 48 when it was there
     *     already, which servers from 7.0 on say only of one with other options
     * @throws IllegalArgumentException if the name is not allowed
     */
    default CompletionStage<Void> createCollection(String name) {
        return createCollection(name, CreateCollectionOptions.DEFAULT);
    }

    /**
     * Makes a collection.
     *
     * @param name the collection's name
     * @param options what it is like
     * @return completes when it is there; fails with a {@link MongoException} of code 48 when it was there already,
     *     which servers from 7.0 on say only of one with other options: {@link CreateCollectionOptions#checkExists}
     *     asks for it in any case
     * @throws IllegalArgumentException if the name is not allowed
     */
    CompletionStage<Void> createCollection(String name, CreateCollectionOptions options);

    /**
     * Drops a collection with its indexes. Dropping one that does not exist succeeds.
     *
     * @param name the collection's name
     * @return completes when it is gone; fails with a {@link MongoException}
     * @throws IllegalArgumentException if the name is not allowed
     */
    default CompletionStage<Void> dropCollection(String name) {
        return getCollection(name).drop();
    }

    /**
     * Checks the data and indexes of a collection by the command {@code validate}, on the primary.
     *
     * @param name the collection's name
     * @return the server's report, when it found nothing wrong; fails with a {@link MongoCollectionInvalidException}
     *     when it did, or with another {@link MongoException}
     * @throws IllegalArgumentException if the name is not allowed
     */
    default CompletionStage<Document> validateCollection(String name) {
        return validateCollection(name, ValidateCollectionOptions.DEFAULT);
    }

    /**
     * Checks the data and indexes of a collection by the command {@code validate}, on the primary.
     *
     * @param name the collection's name
     * @param options how thoroughly
     * @return the server's report, when it found nothing wrong; fails with a {@link MongoCollectionInvalidException}
     *     when it did, or with another {@link MongoException}
     * @throws IllegalArgumentException if the name is not allowed
     */
    CompletionStage<Document> validateCollection(String name, ValidateCollectionOptions options);

    /**
     * The document that a reference names.
     *
     * @param reference to a document of this database
     * @return the document, or {@code null} when there is none; fails with a {@link MongoException}
     * @throws IllegalArgumentException if the reference names another database, or a collection whose name is not
     *     allowed
     */
    default CompletionStage<@Nullable Document> dereference(DbRef reference) {
        return dereference(reference, Document.class);
    }

    /**
     * The same, read as another class.
     *
     * @param reference to a document of this database
     * @param resultClass what the document is read as
     * @param <R> what the document is read as
     * @return the document, or {@code null} when there is none; fails with a {@link MongoException}
     * @throws IllegalArgumentException if the reference names another database, or a collection whose name is not
     *     allowed
     */
    default <R> CompletionStage<@Nullable R> dereference(DbRef reference, Class<R> resultClass) {
        String database = reference.database();
        if (database != null && !database.equals(name())) {
            throw new IllegalArgumentException("The reference is to a document of the database \"" + database
                    + "\", not of \"" + name() + "\": ask that one");
        }
        // An operator, so that an id that looks like operators or is a regular expression counts as a value.
        return getCollection(reference.collection(), resultClass)
                .find(new Document("_id", new Document("$eq", reference.id())))
                .first();
    }

    /**
     * Makes a view: a pipeline over a collection that reads like a collection.
     *
     * @param viewName the view's name
     * @param viewOn the collection or view that it looks at
     * @param pipeline the stages
     * @return completes when it is there; fails with a {@link MongoException}
     * @throws IllegalArgumentException if a name is not allowed
     */
    default CompletionStage<Void> createView(String viewName, String viewOn, List<? extends Bson> pipeline) {
        return createView(viewName, viewOn, pipeline, CreateViewOptions.DEFAULT);
    }

    /**
     * Makes a view: a pipeline over a collection that reads like a collection.
     *
     * @param viewName the view's name
     * @param viewOn the collection or view that it looks at
     * @param pipeline the stages
     * @param options how
     * @return completes when it is there; fails with a {@link MongoException}
     * @throws IllegalArgumentException if a name is not allowed
     */
    CompletionStage<Void> createView(
            String viewName, String viewOn, List<? extends Bson> pipeline, CreateViewOptions options);

    /**
     * Changes options of a collection or view, by the command {@code collMod}.
     *
     * @param name the name of the collection or view
     * @param options what is to be changed
     * @return completes when it is done; fails with a {@link MongoException}
     * @throws IllegalArgumentException if the name is not allowed
     */
    CompletionStage<Void> modifyCollection(String name, ModifyCollectionOptions options);

    /**
     * The collections of this database, as the Enumerating Collections specification defines it. Always asks the
     * primary.
     *
     * @return a query of documents with {@code name}, {@code type}, {@code options} and {@code info}
     */
    default ListCollectionsQuery<Document> listCollections() {
        return listCollections(Document.class);
    }

    /**
     * The same, read as another class.
     *
     * @param resultClass what each collection's description is read as
     * @param <R> what each collection's description is read as
     * @return a query
     */
    <R> ListCollectionsQuery<R> listCollections(Class<R> resultClass);

    /**
     * The names of the collections and views of this database.
     *
     * @return the names; fails with a {@link MongoException}
     */
    CompletionStage<List<String>> listCollectionNames();

    /**
     * The names of some collections and views of this database.
     *
     * @param filter which ones, by the fields that {@link #listCollections()} gives
     * @return the names; fails with a {@link MongoException}
     */
    CompletionStage<List<String>> listCollectionNames(Bson filter);

    /**
     * The collections and views of this database, each with the settings of this database, as the Enumerating
     * Collections specification defines it.
     *
     * @return the collections, in the order of the names; fails with a {@link MongoException}
     */
    default CompletionStage<List<MongoCollection<Document>>> listMongoCollections() {
        return listMongoCollections(new BsonDocument());
    }

    /**
     * Some collections and views of this database, each with the settings of this database.
     *
     * @param filter which ones, by the fields that {@link #listCollections()} gives
     * @return the collections, in the order of the names; fails with a {@link MongoException}
     */
    default CompletionStage<List<MongoCollection<Document>>> listMongoCollections(Bson filter) {
        return listCollectionNames(filter)
                .thenApply(names -> names.stream().map(this::getCollection).toList());
    }

    /**
     * Runs a pipeline that begins with a stage for databases, such as {@code $currentOp} or {@code $documents}.
     *
     * @param pipeline the stages
     * @return a query
     */
    default AggregateQuery<Document> aggregate(List<? extends Bson> pipeline) {
        return aggregate(pipeline, Document.class);
    }

    /**
     * The same, read as another class.
     *
     * @param pipeline the stages
     * @param resultClass what each result is read as
     * @param <R> what each result is read as
     * @return a query
     */
    <R> AggregateQuery<R> aggregate(List<? extends Bson> pipeline, Class<R> resultClass);

    /**
     * Watches all changes of the collections of this database, without system collections.
     *
     * @return a query
     */
    default WatchQuery<ChangeStreamDocument<Document>> watch() {
        return watch(List.of());
    }

    /**
     * Watches changes of the collections of this database, without system collections.
     *
     * @param pipeline stages that choose or shape what is reported; may be empty
     * @return a query
     */
    default WatchQuery<ChangeStreamDocument<Document>> watch(List<? extends Bson> pipeline) {
        return watch(pipeline, Document.class);
    }

    /**
     * The same with documents read as another class.
     *
     * @param pipeline stages that choose or shape what is reported; may be empty
     * @param resultClass what documents in a change are read as
     * @param <R> what documents in a change are read as
     * @return a query
     */
    <R> WatchQuery<ChangeStreamDocument<R>> watch(List<? extends Bson> pipeline, Class<R> resultClass);

    /**
     * Drops this database with all that is in it. Dropping one that does not exist succeeds.
     *
     * @return completes when it is gone; fails with a {@link MongoException}
     */
    CompletionStage<Void> drop();
}
