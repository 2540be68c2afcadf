package dev.rotor.driver.integration;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.ServerAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What the integration tests run on: the deployment that the environment variable {@code MONGODB_URI} names, else an
 * embedded server in this process.
 */
final class TestDeployment implements AutoCloseable {

    private final @Nullable MongoServer embedded;
    private final String uri;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final String database = "rotor_test_" + UUID.randomUUID().toString().substring(0, 8);

    private TestDeployment(@Nullable MongoServer embedded, String uri) {
        this.embedded = embedded;
        this.uri = uri;
    }

    static TestDeployment start() {
        String given = System.getenv("MONGODB_URI");
        return given != null && !given.isBlank() ? new TestDeployment(null, given) : embedded();
    }

    static TestDeployment embedded() {
        MongoServer server = new MongoServer(new MemoryBackend());
        InetSocketAddress address = server.bind();
        return new TestDeployment(server, "mongodb://127.0.0.1:" + address.getPort());
    }

    String uri() {
        return uri;
    }

    /** Where its first server listens. */
    InetSocketAddress address() {
        ServerAddress first = new ConnectionString(uri).hosts().get(0);
        return new InetSocketAddress(first.host(), first.port());
    }

    boolean isEmbedded() {
        return embedded != null;
    }

    /** Cuts every connection and stops listening. */
    void kill() {
        if (embedded == null) {
            throw new IllegalStateException("only the embedded server can be killed");
        }
        stop(embedded);
    }

    MongoClient client(UnaryOperator<MongoClientSettings.Builder> change) {
        return MongoClient.create(
                change.apply(MongoClientSettings.builder().applyConnectionString(new ConnectionString(uri)))
                        .build());
    }

    MongoClient client() {
        return client(builder -> builder);
    }

    /** A collection that no other test uses. */
    MongoCollection<Document> collection(MongoClient client, String name) {
        return client.getDatabase(database).getCollection(name);
    }

    String database() {
        return database;
    }

    /** Waits on the test's thread; a failure is thrown as it is. */
    static <T> T await(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Once: stopped again, the server may wait for ever for a connection that was accepted while it stopped. */
    private void stop(MongoServer server) {
        if (stopped.compareAndSet(false, true)) {
            server.shutdownNow();
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            stop(embedded);
            return;
        }
        try (MongoClient client = client()) {
            client.getDatabase(database).drop().toCompletableFuture().join();
        }
    }
}
