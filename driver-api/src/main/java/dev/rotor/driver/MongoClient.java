package dev.rotor.driver;

import dev.rotor.driver.topology.TopologyDescription;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
public interface MongoClient extends MongoCluster, AutoCloseable {

    /**
     * Makes a client of the server on this machine, port 27017. Never blocks: the server is looked for in the
     * background from then on.
     *
     * @return a new client
     * @throws MongoConfigurationException if there is no implementation
     */
    static MongoClient create() {
        return create("mongodb://localhost:27017");
    }

    /**
     * Makes a client from a connection string. Never blocks: the servers are looked for in the background from then on.
     *
     * @param connectionString for example {@code "mongodb://localhost:27017/?transport=epoll"}
     * @return a new client
     * @throws MongoConfigurationException if the connection string is malformed, the transport that it names is not
     *     there or cannot run here, or there is no implementation; the message never holds a credential
     */
    static MongoClient create(String connectionString) {
        return create(new ConnectionString(connectionString));
    }

    /**
     * Makes a client from a parsed connection string. Never blocks: the servers are looked for in the background from
     * then on.
     *
     * @param connectionString where and how to connect
     * @return a new client
     * @throws MongoConfigurationException if the transport that it names is not there or cannot run here, or there is
     *     no implementation
     */
    static MongoClient create(ConnectionString connectionString) {
        Objects.requireNonNull(connectionString, "connectionString");
        return create(MongoClientSettings.builder()
                .applyConnectionString(connectionString)
                .build());
    }

    /**
     * Makes a client. Never blocks: the servers are looked for in the background from then on, as the Server Discovery
     * and Monitoring specification has it, whether or not an operation is called. That none can be reached is no
     * failure here; an operation that needs one tells of it.
     *
     * @param settings what it is like
     * @return a new client
     * @throws MongoConfigurationException if it cannot be as the settings ask, for example because there is no
     *     transport that can run here, or there is no implementation
     * @throws IllegalArgumentException if foreign event loops do not fit the transport
     */
    static MongoClient create(MongoClientSettings settings) {
        Objects.requireNonNull(settings, "settings");
        return ClientFactories.find().create(settings);
    }

    /**
     * Starts a session that is causally consistent. Nothing is sent.
     *
     * @return a session, to be closed by the caller
     * @throws MongoClientClosedException if the client is closed
     */
    default ClientSession startSession() {
        return startSession(ClientSessionOptions.DEFAULT);
    }

    /**
     * Starts a session. Nothing is sent: whether the deployment supports sessions is found by the first operation.
     *
     * @param options what it is like
     * @return a session, to be closed by the caller
     * @throws IllegalArgumentException if the options contradict each other: a snapshot session cannot be causally
     *     consistent, and a snapshot time needs a snapshot session
     * @throws MongoClientClosedException if the client is closed
     */
    ClientSession startSession(ClientSessionOptions options);

    /**
     * Does something in a session that ends by itself, like {@link #inSession(Function, ClientSessionOptions)}, with a
     * session that is causally consistent.
     *
     * @param body what to do in the session; gives a stage that completes when that is done
     * @param <T> what it gives
     * @return what the body gave, once the session has ended
     * @throws MongoClientClosedException if the client is closed
     */
    default <T extends @Nullable Object> CompletionStage<T> inSession(
            Function<? super ClientSession, ? extends CompletionStage<T>> body) {
        return inSession(body, ClientSessionOptions.DEFAULT);
    }

    /**
     * Does something in a session that ends by itself: starts a session, calls the body with it on the calling thread,
     * and ends the session when the body's stage completes, with a result or with a failure. A transaction that is in
     * progress then is aborted. Operations belong to the session only when they are called on something bound to it:
     *
     * <pre>{@code
     * client.inSession(session -> {
     *     MongoCollection<Document> people = collection.withSession(session);
     *     return people.insertOne(ada).thenCompose(inserted -> people.find(eq("name", "Ada")).first());
     * });
     * }</pre>
     *
     * @param body what to do in the session; gives a stage that completes when that is done; what it throws counts as
     *     failure of that stage
     * @param options what the session is like
     * @param <T> what it gives
     * @return what the body gave, once the session has ended, and with it the abort of an open transaction; fails with
     *     what the body failed with. Cancelling it cancels the body's stage and so ends the session: operations that
     *     are under way go on, those called later fail
     * @throws IllegalArgumentException if the options contradict each other, see {@link #startSession}
     * @throws MongoClientClosedException if the client is closed
     */
    <T extends @Nullable Object> CompletionStage<T> inSession(
            Function<? super ClientSession, ? extends CompletionStage<T>> body, ClientSessionOptions options);

    /**
     * Adds a library that wraps this client to what servers are told of it. Connections that are made from now on tell
     * of it, after what {@link MongoClientSettings#driverInformation()} and earlier calls have said; one that equals
     * what was added before is not added again. See "Client Metadata Updates" of the Handshake specification.
     *
     * @param library the library
     */
    void appendMetadata(MongoDriverInformation library);

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
     * Which transport the client runs on, and why: the one that its settings or the system property
     * {@code dev.rotor.transport} name, else the available one of highest preference. A log line says the same.
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
