package dev.rotor.driver.core.client;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ListDatabasesQuery;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCluster;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Scope;
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

/** A deployment as seen with certain settings: a client's own, or others. */
abstract class ClusterView implements MongoCluster {

    final Engine engine;
    final Scope scope;
    final ClientCodecs codecs;

    ClusterView(Engine engine, Scope scope, ClientCodecs codecs) {
        this.engine = engine;
        this.scope = scope;
        this.codecs = codecs;
    }

    private ClusterView with(Scope changed) {
        return new Changed(client(), engine, changed, codecs);
    }

    /** The view that settings other than the client's give. */
    static final class Changed extends ClusterView {
        private final MongoClient client;

        Changed(MongoClient client, Engine engine, Scope scope, ClientCodecs codecs) {
            super(engine, scope, codecs);
            this.client = client;
        }

        @Override
        public MongoClient client() {
            return client;
        }
    }

    @Override
    public final CodecRegistry codecRegistry() {
        return scope.codecRegistry();
    }

    @Override
    public final ReadPreference readPreference() {
        return scope.readPreference();
    }

    @Override
    public final ReadConcern readConcern() {
        return scope.readConcern();
    }

    @Override
    public final WriteConcern writeConcern() {
        return scope.writeConcern();
    }

    @Override
    public final @Nullable Duration timeout() {
        return scope.timeout();
    }

    @Override
    public final MongoCluster withCodecRegistry(CodecRegistry codecRegistry) {
        return with(scope.withCodecRegistry(codecs.configure(codecRegistry)));
    }

    @Override
    public final MongoCluster withReadPreference(ReadPreference readPreference) {
        return with(scope.withReadPreference(Objects.requireNonNull(readPreference, "readPreference")));
    }

    @Override
    public final MongoCluster withReadConcern(ReadConcern readConcern) {
        return with(scope.withReadConcern(Objects.requireNonNull(readConcern, "readConcern")));
    }

    @Override
    public final MongoCluster withWriteConcern(WriteConcern writeConcern) {
        return with(scope.withWriteConcern(Objects.requireNonNull(writeConcern, "writeConcern")));
    }

    @Override
    public final MongoCluster withTimeout(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        return with(scope.withTimeout(timeout));
    }

    @Override
    public final MongoCluster withSession(@Nullable ClientSession session) {
        return with(scope.withSession(RotorSession.bound(engine, session)));
    }

    @Override
    public final @Nullable ClientSession session() {
        return RotorSession.of(scope);
    }

    @Override
    public final MongoDatabase getDatabase(String name) {
        MongoNamespace.checkDatabaseName(name);
        return new DatabaseView(client(), engine, scope.withDatabase(name), codecs);
    }

    @Override
    public final CompletionStage<List<String>> listDatabaseNames() {
        return ListedNames.of(listDatabases(Document.class).nameOnly(true));
    }

    @Override
    public final <R> ListDatabasesQuery<R> listDatabases(Class<R> resultClass) {
        return new ListDatabasesQueryView<>(
                engine, scope, scope, null, new ListSpec(), Decoders.of(scope, resultClass));
    }

    @Override
    public final <R> WatchQuery<ChangeStreamDocument<R>> watch(List<? extends Bson> pipeline, Class<R> resultClass) {
        return WatchQueryView.of(engine, scope, null, true, pipeline, Decoders.of(scope, resultClass));
    }

    @Override
    public final CompletionStage<ClientBulkWriteResult> bulkWrite(
            List<? extends ClientNamespacedWriteModel> models, ClientBulkWriteOptions options) {
        WriteConcern own = options.writeConcern();
        Scope admin = own == null ? scope : scope.withWriteConcern(own);
        return ClientBulkWrites.start(engine, admin, models, options);
    }

    @Override
    public final MongoCluster withRawData(@Nullable Boolean rawData) {
        return with(scope.withRawData(rawData));
    }
}
