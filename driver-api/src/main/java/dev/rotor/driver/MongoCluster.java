package dev.rotor.driver;

import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as a {@link MongoClient} sees it, together with the codecs, concerns, read preference, timeout and
 * session that operations on it use, and that its databases and collections begin with. Immutable: the methods named
 * {@code with…} give a copy, which shares everything with its client and ends with it. How results arrive and fail: see
 * {@link MongoClient}.
 */
public interface MongoCluster {

    /**
     * The client that this is a view of.
     *
     * @return the client; a client gives itself
     */
    MongoClient client();

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
     * @return the limit; zero for none; {@code null} when there is none, so that the older timeouts apply
     */
    @Nullable
    Duration timeout();

    /**
     * The session that operations on this deployment use, and those of the databases that come from it.
     *
     * @return the session; {@code null} for none
     */
    @Nullable
    ClientSession session();

    /**
     * The same with other codecs.
     *
     * @param codecRegistry the registry
     * @return a copy
     */
    MongoCluster withCodecRegistry(CodecRegistry codecRegistry);

    /**
     * The same with another read preference.
     *
     * @param readPreference which members reads go to
     * @return a copy
     */
    MongoCluster withReadPreference(ReadPreference readPreference);

    /**
     * The same with another read concern.
     *
     * @param readConcern which data reads may see
     * @return a copy
     */
    MongoCluster withReadConcern(ReadConcern readConcern);

    /**
     * The same with another write concern.
     *
     * @param writeConcern what makes a write acknowledged
     * @return a copy
     */
    MongoCluster withWriteConcern(WriteConcern writeConcern);

    /**
     * The same with another time limit, as the Client Side Operations Timeout specification defines it.
     *
     * @param timeout for each operation, in whole milliseconds; zero for no limit; {@code null} for that of the client
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    MongoCluster withTimeout(@Nullable Duration timeout);

    /**
     * The same bound to a session: operations of the copy, and of the databases and collections that come from it, use
     * the session.
     *
     * @param session a session of the same client; {@code null} for none
     * @return a copy
     * @throws IllegalArgumentException if it is a session of another client
     */
    MongoCluster withSession(@Nullable ClientSession session);

    /**
     * A database, with the codecs, concerns, read preference, timeout and session of this. Nothing is sent.
     *
     * @param name the database's name
     * @return the database
     * @throws IllegalArgumentException if the name is not allowed
     */
    MongoDatabase getDatabase(String name);

    /**
     * The database that the client's settings name, with the settings of this. Nothing is sent.
     *
     * @return the database {@link MongoClientSettings#defaultDatabase()}, which a connection string names after its
     *     hosts
     * @throws MongoConfigurationException if they name none
     * @throws IllegalArgumentException if the name is not allowed
     */
    default MongoDatabase getDefaultDatabase() {
        String name = client().settings().defaultDatabase();
        if (name == null) {
            throw new MongoConfigurationException("No default database: name one in the connection string after the"
                    + " hosts, mongodb://host/name, or with MongoClientSettings.Builder.defaultDatabase");
        }
        return getDatabase(name);
    }

    /**
     * The database that the client's settings name, or else another one, with the settings of this. Nothing is sent.
     *
     * @param otherwise the name of the database to take when the client's settings name none
     * @return the database
     * @throws IllegalArgumentException if the name is not allowed
     */
    default MongoDatabase getDefaultDatabase(String otherwise) {
        Objects.requireNonNull(otherwise, "otherwise");
        String name = client().settings().defaultDatabase();
        return getDatabase(name == null ? otherwise : name);
    }

    /**
     * Drops a database with all that is in it. Dropping one that does not exist succeeds.
     *
     * @param name the database's name
     * @return completes when it is gone; fails with a {@link MongoException}
     * @throws IllegalArgumentException if the name is not allowed
     */
    default CompletionStage<Void> dropDatabase(String name) {
        return getDatabase(name).drop();
    }

    /**
     * What the primary, or any mongos, says of its version and of how it was built: the command {@code buildInfo}.
     *
     * @return the reply, with {@code version}, {@code versionArray}, {@code modules}, {@code maxBsonObjectSize} and
     *     others; fails with a {@link MongoException}
     */
    default CompletionStage<Document> serverInfo() {
        return getDatabase("admin").runCommand("buildInfo");
    }

    /**
     * The names of all databases that the user may see.
     *
     * @return the names; fails with a {@link MongoException}
     */
    CompletionStage<List<String>> listDatabaseNames();

    /**
     * All databases that the user may see, each with the settings of this cluster, as the Enumerating Databases
     * specification defines it.
     *
     * @return the databases, in the order of the names; fails with a {@link MongoException}
     */
    default CompletionStage<List<MongoDatabase>> listMongoDatabases() {
        return listDatabaseNames()
                .thenApply(names -> names.stream().map(this::getDatabase).toList());
    }

    /**
     * All databases that the user may see, as the Enumerating Databases specification defines it.
     *
     * @return a query of documents with {@code name}, {@code sizeOnDisk} and {@code empty}
     */
    default ListDatabasesQuery<Document> listDatabases() {
        return listDatabases(Document.class);
    }

    /**
     * All databases that the user may see, each read as another class.
     *
     * @param resultClass what each database's description is read as
     * @param <R> what each database's description is read as
     * @return a query
     */
    <R> ListDatabasesQuery<R> listDatabases(Class<R> resultClass);

    /**
     * Watches all changes of the deployment, without system collections and the databases {@code admin}, {@code config}
     * and {@code local}.
     *
     * @return a query
     */
    default WatchQuery<ChangeStreamDocument<Document>> watch() {
        return watch(List.of());
    }

    /**
     * Watches changes of the deployment.
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
     * Does several writes to any collections, in order, with as few commands as the server allows. Needs server 8.0.
     *
     * @param models the writes, at least one
     * @return what was done; fails with a {@link ClientBulkWriteException} or another {@link MongoException}
     * @throws IllegalArgumentException if there is no write, an update has no operators, or a replacement has some
     */
    default CompletionStage<ClientBulkWriteResult> bulkWrite(List<? extends ClientNamespacedWriteModel> models) {
        return bulkWrite(models, ClientBulkWriteOptions.DEFAULT);
    }

    /**
     * Does several writes to any collections, with as few commands as the server allows. Needs server 8.0.
     *
     * @param models the writes, at least one
     * @param options how
     * @return what was done; fails with a {@link ClientBulkWriteException} or another {@link MongoException}
     * @throws IllegalArgumentException if there is no write, an update has no operators, or a replacement has some; if
     *     the write concern is unacknowledged and the options ask for order or verbose results
     */
    CompletionStage<ClientBulkWriteResult> bulkWrite(
            List<? extends ClientNamespacedWriteModel> models, ClientBulkWriteOptions options);

    /**
     * The same, saying whether {@link #bulkWrite(List)} works on the documents as they are stored. For tools that look
     * beneath time series collections; applications have no use for it, and it may go without notice. Sent to servers
     * from 8.2 on.
     *
     * @param rawData whether; {@code null}: not sent
     * @return a copy
     */
    MongoCluster withRawData(@Nullable Boolean rawData);
}
