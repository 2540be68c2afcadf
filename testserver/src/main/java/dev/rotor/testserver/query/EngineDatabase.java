package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;

/** The engine's parts ask for a database to belong to; what they are used for here needs nothing from it. */
final class EngineDatabase implements MongoDatabase {
    static final EngineDatabase EMPTY = new EngineDatabase();

    private EngineDatabase() {}

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the engine's own databases are not used");
    }

    @Override
    public String getDatabaseName() {
        return "scratch";
    }

    @Override
    public void handleClose(Channel channel) {
        throw unused();
    }

    @Override
    public Document handleCommand(
            Channel channel, String command, Document query, DatabaseResolver resolver, Oplog oplog) {
        throw unused();
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        throw unused();
    }

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public MongoCollection<?> createCollectionOrThrowIfExists(String name, CollectionOptions options) {
        throw unused();
    }

    @Override
    public MongoCollection<?> resolveCollection(String name, boolean throwIfNotFound) {
        throw unused();
    }

    @Override
    public void drop(Oplog oplog) {
        throw unused();
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        throw unused();
    }

    @Override
    public void moveCollection(MongoDatabase old, MongoCollection<?> collection, String name) {
        throw unused();
    }

    @Override
    public void unregisterCollection(String name) {
        throw unused();
    }
}
