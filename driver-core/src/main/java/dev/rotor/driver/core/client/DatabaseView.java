package dev.rotor.driver.core.client;

import dev.rotor.driver.AggregateQuery;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ListCollectionsQuery;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.RunCursorCommandQuery;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.codec.Codecs;
import dev.rotor.driver.core.future.ContextFuture;
import dev.rotor.driver.core.future.LinkedFuture;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.core.op.AggregateSpec;
import dev.rotor.driver.core.op.CollectionCommands;
import dev.rotor.driver.core.op.CollectionLifecycle;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.RunCursorSpec;
import dev.rotor.driver.core.op.Scope;
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
import org.bson.BsonDocumentReader;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A database as seen with certain settings. */
final class DatabaseView implements MongoDatabase {

    private final MongoClient client;
    private final Engine engine;
    private final Scope scope;
    private final ClientCodecs codecs;

    DatabaseView(MongoClient client, Engine engine, Scope scope, ClientCodecs codecs) {
        this.client = client;
        this.engine = engine;
        this.scope = scope;
        this.codecs = codecs;
    }

    private DatabaseView with(Scope changed) {
        return new DatabaseView(client, engine, changed, codecs);
    }

    @Override
    public String name() {
        return scope.database();
    }

    @Override
    public MongoClient client() {
        return client;
    }

    @Override
    public CodecRegistry codecRegistry() {
        return scope.codecRegistry();
    }

    @Override
    public ReadPreference readPreference() {
        return scope.readPreference();
    }

    @Override
    public ReadConcern readConcern() {
        return scope.readConcern();
    }

    @Override
    public WriteConcern writeConcern() {
        return scope.writeConcern();
    }

    @Override
    public @Nullable Duration timeout() {
        return scope.timeout();
    }

    @Override
    public MongoDatabase withCodecRegistry(CodecRegistry codecRegistry) {
        return with(scope.withCodecRegistry(codecs.configure(codecRegistry)));
    }

    @Override
    public MongoDatabase withReadPreference(ReadPreference readPreference) {
        return with(scope.withReadPreference(Objects.requireNonNull(readPreference, "readPreference")));
    }

    @Override
    public MongoDatabase withReadConcern(ReadConcern readConcern) {
        return with(scope.withReadConcern(Objects.requireNonNull(readConcern, "readConcern")));
    }

    @Override
    public MongoDatabase withWriteConcern(WriteConcern writeConcern) {
        return with(scope.withWriteConcern(Objects.requireNonNull(writeConcern, "writeConcern")));
    }

    @Override
    public MongoDatabase withTimeout(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        return with(scope.withTimeout(timeout));
    }

    @Override
    public MongoDatabase withSession(@Nullable ClientSession session) {
        return with(scope.withSession(RotorSession.bound(engine, session)));
    }

    @Override
    public @Nullable ClientSession session() {
        return RotorSession.of(scope);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> newIncompleteFuture() {
        return ContextFuture.in(engine.captureContext(), engine);
    }

    @Override
    public <T> MongoCollection<T> getCollection(String name, Class<T> documentClass) {
        MongoNamespace namespace = new MongoNamespace(scope.database(), name);
        return new CollectionView<>(client, engine, scope.inherited(), codecs, namespace, documentClass);
    }

    @Override
    public <R> CompletionStage<R> runCommand(Bson command, RunCommandOptions options, Class<R> resultClass) {
        BsonDocument rendered = rendered(command);
        ReadPreference preferred = options.readPreference();
        Scope target = preferred.equals(scope.readPreference()) ? scope : scope.withReadPreference(preferred);
        Codec<R> codec = Codecs.find(scope.codecRegistry(), resultClass);
        CompletableFuture<R> running = engine.execute(ReadCommands.runCommand(target, rendered, codec));
        return options.check() && options.allowableErrors().isEmpty()
                ? running
                : LinkedFuture.of(
                        engine, running, (reply, failure) -> reply == null ? accepted(failure, options, codec) : reply);
    }

    /** A refusal that the caller takes for a reply. */
    private static <R> R accepted(@Nullable Throwable failure, RunCommandOptions options, Codec<R> codec) {
        Throwable cause = StageFailures.unwrapped(Objects.requireNonNull(failure));
        if (cause instanceof MongoCommandException refused && options.allows(refused.code())) {
            return codec.decode(
                    new BsonDocumentReader(refused.response()),
                    DecoderContext.builder().build());
        }
        throw StageFailures.rethrown(cause);
    }

    private BsonDocument rendered(Bson command) {
        BsonDocument rendered = command.toBsonDocument(BsonDocument.class, scope.codecRegistry());
        if (rendered.isEmpty()) {
            throw new IllegalArgumentException("a command must not be empty: its first field is its name");
        }
        return rendered;
    }

    @Override
    public CompletionStage<Void> createCollection(String name, CreateCollectionOptions options) {
        return CollectionLifecycle.create(engine, scope, new MongoNamespace(scope.database(), name), options);
    }

    @Override
    public CompletionStage<Document> validateCollection(String name, ValidateCollectionOptions options) {
        return CollectionValidation.run(engine, scope, new MongoNamespace(scope.database(), name), options);
    }

    @Override
    public CompletionStage<Void> createView(
            String viewName, String viewOn, List<? extends Bson> pipeline, CreateViewOptions options) {
        MongoNamespace.checkCollectionName(viewName);
        MongoNamespace.checkCollectionName(viewOn);
        return engine.execute(CollectionCommands.createView(scope, viewName, viewOn, List.copyOf(pipeline), options));
    }

    @Override
    public <R> ListCollectionsQuery<R> listCollections(Class<R> resultClass) {
        return new ListCollectionsQueryView<>(
                engine, scope, scope, null, new ListSpec(), Decoders.of(scope, resultClass));
    }

    @Override
    public CompletionStage<List<String>> listCollectionNames() {
        return ListedNames.of(listCollections(Document.class).nameOnly(true));
    }

    @Override
    public CompletionStage<List<String>> listCollectionNames(Bson filter) {
        BsonDocument rendered =
                Objects.requireNonNull(filter, "filter").toBsonDocument(BsonDocument.class, scope.codecRegistry());
        // With nameOnly the server has nothing but the name to compare with.
        boolean byNameOnly = rendered.isEmpty() || (rendered.size() == 1 && rendered.containsKey("name"));
        return ListedNames.of(listCollections(Document.class).filter(rendered).nameOnly(byNameOnly));
    }

    @Override
    public <R> AggregateQuery<R> aggregate(List<? extends Bson> pipeline, Class<R> resultClass) {
        return new AggregateQueryView<>(
                engine, scope, scope, null, null, new AggregateSpec(pipeline), Decoders.of(scope, resultClass));
    }

    @Override
    public MongoDatabase withRawData(@Nullable Boolean rawData) {
        return with(scope.withRawData(rawData));
    }

    @Override
    public <R> RunCursorCommandQuery<R> runCursorCommand(Bson command, Class<R> resultClass) {
        Scope primary = scope.withReadPreference(ReadPreference.PRIMARY);
        return new RunCursorCommandQueryView<>(
                engine, primary, primary, null, new RunCursorSpec(rendered(command)), Decoders.of(scope, resultClass));
    }

    @Override
    public CompletionStage<Void> modifyCollection(String name, ModifyCollectionOptions options) {
        MongoNamespace.checkCollectionName(name);
        return engine.execute(CollectionCommands.modify(scope, name, options));
    }

    @Override
    public <R> WatchQuery<ChangeStreamDocument<R>> watch(List<? extends Bson> pipeline, Class<R> resultClass) {
        return WatchQueryView.of(engine, scope, null, false, pipeline, Decoders.of(scope, resultClass));
    }

    @Override
    public CompletionStage<Void> drop() {
        return engine.execute(CollectionCommands.dropDatabase(scope));
    }
}
