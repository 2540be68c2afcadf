package dev.rotor.driver.core.client;

import dev.rotor.driver.AggregateQuery;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.DistinctQuery;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.ListIndexesQuery;
import dev.rotor.driver.ListSearchIndexesQuery;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.op.AggregateSpec;
import dev.rotor.driver.core.op.CollectionCommands;
import dev.rotor.driver.core.op.CollectionLifecycle;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.FindSpec;
import dev.rotor.driver.core.op.IndexCommands;
import dev.rotor.driver.core.op.MissingCollection;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.ReadCommands;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.core.op.SearchIndexCommands;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A collection as seen with certain settings. Turns calls into operations; what they send is for the operations. */
final class CollectionView<T> implements MongoCollection<T> {

    private final MongoClient client;
    private final Engine engine;
    private final Scope scope;
    private final ClientCodecs codecs;
    private final MongoNamespace namespace;
    private final Class<T> documentClass;
    private final Decoders.Lazy<T> codec;
    private final CollectionWrites<T> writes;

    CollectionView(
            MongoClient client,
            Engine engine,
            Scope scope,
            ClientCodecs codecs,
            MongoNamespace namespace,
            Class<T> documentClass) {
        this.client = client;
        this.engine = engine;
        this.scope = scope;
        this.codecs = codecs;
        this.namespace = namespace;
        this.documentClass = documentClass;
        this.codec = Decoders.of(scope, documentClass);
        this.writes = new CollectionWrites<>(engine, scope, namespace.collectionName(), codec);
    }

    private CollectionView<T> with(Scope changed) {
        return new CollectionView<>(client, engine, changed, codecs, namespace, documentClass);
    }

    @Override
    public MongoNamespace namespace() {
        return namespace;
    }

    @Override
    public MongoDatabase database() {
        return new DatabaseView(client, engine, scope.inherited(), codecs);
    }

    @Override
    public Class<T> documentClass() {
        return documentClass;
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
    public <R> MongoCollection<R> withDocumentClass(Class<R> documentClass) {
        return new CollectionView<>(client, engine, scope, codecs, namespace, documentClass);
    }

    @Override
    public MongoCollection<T> withCodecRegistry(CodecRegistry codecRegistry) {
        return with(scope.withCodecRegistry(codecs.configure(codecRegistry)));
    }

    @Override
    public MongoCollection<T> withReadPreference(ReadPreference readPreference) {
        return with(scope.withReadPreference(Objects.requireNonNull(readPreference, "readPreference")));
    }

    @Override
    public MongoCollection<T> withReadConcern(ReadConcern readConcern) {
        return with(scope.withReadConcern(Objects.requireNonNull(readConcern, "readConcern")));
    }

    @Override
    public MongoCollection<T> withWriteConcern(WriteConcern writeConcern) {
        return with(scope.withWriteConcern(Objects.requireNonNull(writeConcern, "writeConcern")));
    }

    @Override
    public MongoCollection<T> withTimeout(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        return with(scope.withTimeout(timeout));
    }

    @Override
    public MongoCollection<T> withSession(@Nullable ClientSession session) {
        return with(scope.withSession(RotorSession.bound(engine, session)));
    }

    @Override
    public @Nullable ClientSession session() {
        return RotorSession.of(scope);
    }

    @Override
    public <R> FindQuery<R> find(Bson filter, Class<R> resultClass) {
        FindSpec spec = new FindSpec();
        spec.filter = Objects.requireNonNull(filter, "filter");
        return new FindQueryView<>(engine, scope, scope, null, name(), spec, decoder(resultClass));
    }

    /** The collection's own codec is looked up once for all of its queries. */
    @SuppressWarnings("unchecked")
    private <R> Decoders.Lazy<R> decoder(Class<R> resultClass) {
        return resultClass.equals(documentClass) ? (Decoders.Lazy<R>) codec : Decoders.of(scope, resultClass);
    }

    @Override
    public <R> AggregateQuery<R> aggregate(List<? extends Bson> pipeline, Class<R> resultClass) {
        AggregateSpec spec = new AggregateSpec(pipeline);
        return new AggregateQueryView<>(engine, scope, scope, null, name(), spec, decoder(resultClass));
    }

    @Override
    public <R> DistinctQuery<R> distinct(String fieldName, Bson filter, Class<R> resultClass) {
        ListSpec spec = new ListSpec();
        spec.filter = Objects.requireNonNull(filter, "filter");
        return new DistinctQueryView<>(
                engine,
                scope,
                scope,
                null,
                name(),
                Objects.requireNonNull(fieldName, "fieldName"),
                spec,
                Decoders.of(scope, resultClass));
    }

    @Override
    public CompletionStage<Long> countDocuments(Bson filter, CountOptions options) {
        return engine.execute(ReadCommands.countDocuments(scope, name(), filter, options));
    }

    @Override
    public CompletionStage<Long> estimatedDocumentCount(EstimatedDocumentCountOptions options) {
        return engine.execute(ReadCommands.estimatedDocumentCount(scope, name(), options));
    }

    @Override
    public CompletionStage<InsertOneResult> insertOne(T document, InsertOneOptions options) {
        return writes.insertOne(document, options);
    }

    @Override
    public CompletionStage<InsertManyResult> insertMany(List<? extends T> documents, InsertManyOptions options) {
        return writes.insertMany(documents, options);
    }

    @Override
    public CompletionStage<UpdateResult> updateOne(Bson filter, Bson update, UpdateOptions options) {
        return writes.updateOne(filter, update, options);
    }

    @Override
    public CompletionStage<UpdateResult> updateOne(Bson filter, List<? extends Bson> pipeline, UpdateOptions options) {
        return writes.updateOne(filter, pipeline, options);
    }

    @Override
    public CompletionStage<UpdateResult> updateMany(Bson filter, Bson update, UpdateOptions options) {
        return writes.updateMany(filter, update, options);
    }

    @Override
    public CompletionStage<UpdateResult> updateMany(Bson filter, List<? extends Bson> pipeline, UpdateOptions options) {
        return writes.updateMany(filter, pipeline, options);
    }

    @Override
    public CompletionStage<UpdateResult> replaceOne(Bson filter, T replacement, ReplaceOptions options) {
        return writes.replaceOne(filter, replacement, options);
    }

    @Override
    public CompletionStage<DeleteResult> deleteOne(Bson filter, DeleteOptions options) {
        return writes.deleteOne(filter, options);
    }

    @Override
    public CompletionStage<DeleteResult> deleteMany(Bson filter, DeleteOptions options) {
        return writes.deleteMany(filter, options);
    }

    @Override
    public CompletionStage<@Nullable T> findOneAndDelete(Bson filter, FindOneAndDeleteOptions options) {
        return writes.findOneAndDelete(filter, options);
    }

    @Override
    public CompletionStage<@Nullable T> findOneAndReplace(
            Bson filter, T replacement, FindOneAndReplaceOptions options) {
        return writes.findOneAndReplace(filter, replacement, options);
    }

    @Override
    public CompletionStage<@Nullable T> findOneAndUpdate(Bson filter, Bson update, FindOneAndUpdateOptions options) {
        return writes.findOneAndUpdate(filter, update, options);
    }

    @Override
    public CompletionStage<@Nullable T> findOneAndUpdate(
            Bson filter, List<? extends Bson> pipeline, FindOneAndUpdateOptions options) {
        return writes.findOneAndUpdate(filter, pipeline, options);
    }

    @Override
    public CompletionStage<BulkWriteResult> bulkWrite(
            List<? extends WriteModel<? extends T>> requests, BulkWriteOptions options) {
        return writes.bulkWrite(requests, options);
    }

    @Override
    public CompletionStage<String> createIndex(Bson keys, IndexOptions options, CreateIndexOptions createOptions) {
        IndexModel model = new IndexModel(keys, options);
        return engine.execute(IndexCommands.create(scope, name(), List.of(model), createOptions))
                .thenApply(names -> names.get(0));
    }

    @Override
    public CompletionStage<List<String>> createIndexes(List<IndexModel> indexes, CreateIndexOptions options) {
        if (indexes.isEmpty()) {
            throw new IllegalArgumentException("indexes must not be empty");
        }
        return engine.execute(IndexCommands.create(scope, name(), List.copyOf(indexes), options));
    }

    @Override
    public CompletionStage<Void> dropIndex(String indexName, DropIndexOptions options) {
        if (indexName.equals("*")) {
            throw new IllegalArgumentException("\"*\" would drop every index; dropIndexes() does that");
        }
        return dropped(IndexCommands.drop(scope, name(), indexName, options));
    }

    @Override
    public CompletionStage<Void> dropIndex(Bson keys, DropIndexOptions options) {
        BsonDocument rendered = keys.toBsonDocument(BsonDocument.class, scope.codecRegistry());
        return dropped(IndexCommands.drop(scope, name(), rendered, options));
    }

    @Override
    public CompletionStage<Void> dropIndexes(DropIndexOptions options) {
        return dropped(IndexCommands.drop(scope, name(), "*", options));
    }

    private CompletionStage<Void> dropped(Operation<@Nullable Void> drop) {
        return MissingCollection.isDone(engine, engine.execute(drop));
    }

    @Override
    public <R> ListIndexesQuery<R> listIndexes(Class<R> resultClass) {
        return new ListIndexesQueryView<>(
                engine, scope, scope, null, name(), new ListSpec(), Decoders.of(scope, resultClass));
    }

    @Override
    public MongoCollection<T> withRawData(@Nullable Boolean rawData) {
        return with(scope.withRawData(rawData));
    }

    @Override
    @Deprecated
    public CompletionStage<Long> count(Bson filter, CountOptions options) {
        Objects.requireNonNull(filter, "filter");
        return engine.execute(ReadCommands.count(scope, name(), filter, options));
    }

    @Override
    @Deprecated
    public <R> CompletionStage<List<R>> mapReduce(String mapFunction, String reduceFunction, Class<R> resultClass) {
        Objects.requireNonNull(mapFunction, "mapFunction");
        Objects.requireNonNull(reduceFunction, "reduceFunction");
        return engine.execute(ReadCommands.mapReduce(
                scope,
                name(),
                mapFunction,
                reduceFunction,
                Decoders.of(scope, resultClass).get()));
    }

    @Override
    public WatchQuery<ChangeStreamDocument<T>> watch(List<? extends Bson> pipeline) {
        return WatchQueryView.of(engine, scope, name(), false, pipeline, codec);
    }

    @Override
    public CompletionStage<List<String>> listIndexNames() {
        return ListedNames.of(listIndexes(Document.class));
    }

    @Override
    public CompletionStage<Map<String, Document>> indexInformation() {
        return listIndexes(Document.class).toList().thenApply(found -> {
            Map<String, Document> byName = new LinkedHashMap<>();
            found.forEach(index -> byName.put(index.getString("name"), index));
            return Collections.unmodifiableMap(byName);
        });
    }

    @Override
    public CompletionStage<Document> options() {
        return database()
                .listCollections(Document.class)
                .filter(new Document("name", name()))
                .first()
                .thenApply(found ->
                        found != null && found.get("options") instanceof Document options ? options : new Document());
    }

    @Override
    public CompletionStage<String> createSearchIndex(SearchIndexModel model) {
        return engine.execute(SearchIndexCommands.create(scope, name(), List.of(model)))
                .thenApply(
                        names -> names.isEmpty() ? Objects.requireNonNullElse(model.name(), "default") : names.get(0));
    }

    @Override
    public CompletionStage<List<String>> createSearchIndexes(List<SearchIndexModel> models) {
        return engine.execute(SearchIndexCommands.create(scope, name(), List.copyOf(models)));
    }

    @Override
    public CompletionStage<Void> updateSearchIndex(String name, Bson definition) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
        return engine.execute(SearchIndexCommands.update(scope, name(), name, definition));
    }

    @Override
    public CompletionStage<Void> dropSearchIndex(String name) {
        Objects.requireNonNull(name, "name");
        return dropped(SearchIndexCommands.drop(scope, name(), name));
    }

    @Override
    public <R> ListSearchIndexesQuery<R> listSearchIndexes(Class<R> resultClass) {
        return new ListSearchIndexesQueryView<>(
                engine,
                scope,
                scope,
                null,
                name(),
                null,
                new AggregateSpec(List.of()),
                Decoders.of(scope, resultClass));
    }

    @Override
    public CompletionStage<Void> drop(DropCollectionOptions options) {
        return CollectionLifecycle.drop(engine, scope, name(), options);
    }

    @Override
    public CompletionStage<Void> rename(MongoNamespace newNamespace, RenameCollectionOptions options) {
        return engine.execute(CollectionCommands.rename(
                scope.withDatabase("admin"),
                namespace,
                Objects.requireNonNull(newNamespace, "newNamespace"),
                Objects.requireNonNull(options, "options")));
    }
}
