package dev.rotor.driver.core.client;

import dev.rotor.driver.ListDatabasesQuery;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.bson.Document;

/** A client: the views' root. What runs behind it is {@link ClientRuntime}. */
final class RotorClient implements MongoClient {

    private final MongoClientSettings settings;
    private final ClientRuntime runtime;
    private final ClientCodecs codecs;
    private final Scope scope;

    RotorClient(MongoClientSettings settings, ClientRuntime runtime) {
        this.settings = settings;
        this.runtime = runtime;
        this.codecs = new ClientCodecs(settings.uuidRepresentation());
        this.scope = new Scope(
                "admin",
                settings.readPreference(),
                settings.readConcern(),
                settings.writeConcern(),
                codecs.configure(settings.codecRegistry()),
                settings.timeout());
    }

    @Override
    public MongoDatabase getDatabase(String name) {
        MongoNamespace.checkDatabaseName(name);
        return new DatabaseView(runtime.engine(), scope.withDatabase(name), codecs);
    }

    @Override
    public CompletionStage<List<String>> listDatabaseNames() {
        return listDatabases(Document.class).nameOnly(true).toList().thenApply(found -> found.stream()
                .map(one -> one.getString("name"))
                .toList());
    }

    @Override
    public <R> ListDatabasesQuery<R> listDatabases(Class<R> resultClass) {
        return new ListDatabasesQueryView<>(
                runtime.engine(), scope, scope, null, new ListSpec(), Decoders.of(scope, resultClass));
    }

    @Override
    public MongoClientSettings settings() {
        return settings;
    }

    @Override
    public TransportInfo transport() {
        return runtime.transportInfo();
    }

    @Override
    public TopologyDescription topologyDescription() {
        return runtime.topologyDescription();
    }

    @Override
    public void close() {
        CompletionStage<Void> closed = closeAsync();
        // A loop cannot wait for its own end; there the close goes on by itself.
        if (!runtime.engine().onLoop()) {
            closed.toCompletableFuture().join();
        }
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        DriverFuture<Void> closed = new DriverFuture<>(runtime.engine());
        runtime.close().whenComplete((none, failure) -> closed.complete(null));
        return closed;
    }

    @Override
    public String toString() {
        return "MongoClient{" + Objects.requireNonNull(runtime.transportInfo()).name() + ", "
                + runtime.topologyDescription() + "}";
    }
}
