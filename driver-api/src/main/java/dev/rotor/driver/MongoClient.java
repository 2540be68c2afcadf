package dev.rotor.driver;

import dev.rotor.driver.topology.TopologyDescription;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.bson.Document;

/**
 * A client of a MongoDB deployment: its topology, its connection pools and its transport. An application makes one,
 * uses it from all its threads, and closes it at the end.
 *
 * <h2>How results arrive</h2>
 *
 * One result is a {@link CompletionStage}; many are a {@link Query}. Arguments are checked at the call, which throws
 * {@link NullPointerException} or {@link IllegalArgumentException}; whatever fails later completes the stage with a
 * {@link MongoException}, and no call ever blocks. Stages complete on an event loop unless the settings name an
 * executor for completions; what runs there must not block, and a blocking wait such as {@code join()} on a loop fails
 * at once with a {@link MongoLoopBlockedException}.
 *
 * <p>Thread safe, like the databases, collections and queries that come from it. An implementation is found when a
 * client is made, in the artifact {@code rotor-driver-core}; applications do not implement these interfaces.
 */
public interface MongoClient extends AutoCloseable {

    /**
     * Makes a client from a connection string. No I/O happens, and nothing blocks.
     *
     * @param connectionString for example {@code "mongodb://localhost:27017/?transport=epoll"}
     * @return a new client
     * @throws MongoConfigurationException if the connection string is malformed, the transport that it names is not
     *     there, or there is no implementation; the message never holds a credential
     */
    static MongoClient create(String connectionString) {
        return create(new ConnectionString(connectionString));
    }

    /**
     * Makes a client from a parsed connection string. No I/O happens, and nothing blocks.
     *
     * @param connectionString where and how to connect
     * @return a new client
     * @throws MongoConfigurationException if the transport that it names is not there, or there is no implementation
     */
    static MongoClient create(ConnectionString connectionString) {
        Objects.requireNonNull(connectionString, "connectionString");
        return create(MongoClientSettings.builder()
                .applyConnectionString(connectionString)
                .build());
    }

    /**
     * Makes a client. No I/O happens, and nothing blocks.
     *
     * @param settings what it is like
     * @return a new client
     * @throws MongoConfigurationException if it cannot be as the settings ask, or there is no implementation
     */
    static MongoClient create(MongoClientSettings settings) {
        Objects.requireNonNull(settings, "settings");
        return ClientFactories.find().create(settings);
    }

    /**
     * A database, with the codecs, concerns, read preference and timeout of the settings. Nothing is sent.
     *
     * @param name the database's name
     * @return the database
     * @throws IllegalArgumentException if the name is not allowed
     */
    MongoDatabase getDatabase(String name);

    /**
     * The names of all databases that the user may see.
     *
     * @return the names; fails with a {@link MongoException}
     */
    CompletionStage<List<String>> listDatabaseNames();

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
     * What the client was made from.
     *
     * @return the settings; their {@code toString} holds no credential
     */
    MongoClientSettings settings();

    /**
     * What the client knows of the deployment at this moment. Changes as servers are discovered, come and go; listeners
     * of {@link MongoClientSettings#topologyListeners()} hear of each change.
     *
     * @return an immutable description
     */
    TopologyDescription topologyDescription();

    /**
     * Which transport the client runs on, and why.
     *
     * @return the transport
     */
    TransportInfo transport();

    /**
     * Closes the client: new operations fail with a {@link MongoClientClosedException}, as do those that wait for a
     * server or a connection; open cursors are closed, idle sessions are ended, connections and the transport shut
     * down. May be called more than once.
     *
     * <p>On an event loop this starts {@link #closeAsync()} and returns. On any other thread it returns when all of it
     * is done.
     */
    @Override
    void close();

    /**
     * The same without waiting.
     *
     * @return completes when all of it is done, never with a failure; every call gives the same outcome
     */
    CompletionStage<Void> closeAsync();
}
