package dev.rotor.driver.core.client;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoDriverInformation;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.core.future.ContextFuture;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client: the views' root. What runs behind it is {@link ClientRuntime}. */
final class RotorClient extends ClusterView implements MongoClient {

    private final MongoClientSettings settings;
    private final ClientRuntime runtime;

    RotorClient(MongoClientSettings settings, ClientRuntime runtime) {
        this(settings, runtime, new ClientCodecs(settings.uuidRepresentation()));
    }

    private RotorClient(MongoClientSettings settings, ClientRuntime runtime, ClientCodecs codecs) {
        super(
                runtime.engine(),
                new Scope(
                        "admin",
                        settings.readPreference(),
                        settings.readConcern(),
                        settings.writeConcern(),
                        codecs.configure(settings.codecRegistry()),
                        settings.timeout()),
                codecs);
        this.settings = settings;
        this.runtime = runtime;
    }

    @Override
    public MongoClient client() {
        return this;
    }

    @Override
    public ClientSession startSession(ClientSessionOptions options) {
        Objects.requireNonNull(options, "options");
        if (runtime.isClosing()) {
            throw new MongoClientClosedException("The client has been closed");
        }
        return new RotorSession(this, engine, scope, options);
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> inSession(
            Function<? super ClientSession, ? extends CompletionStage<T>> body, ClientSessionOptions options) {
        Objects.requireNonNull(body, "body");
        return SessionScope.run(engine, startSession(options), body);
    }

    @Override
    public void appendMetadata(MongoDriverInformation library) {
        runtime.appendMetadata(Objects.requireNonNull(library, "library"));
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
        if (!engine.onLoop()) {
            closed.toCompletableFuture().join();
        }
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        DriverFuture<Void> closed = ContextFuture.in(engine.captureContext(), engine);
        runtime.close().whenComplete((none, failure) -> closed.complete(null));
        return closed;
    }

    @Override
    public String toString() {
        return "MongoClient{" + Objects.requireNonNull(runtime.transportInfo()).name() + ", "
                + runtime.topologyDescription() + "}";
    }
}
