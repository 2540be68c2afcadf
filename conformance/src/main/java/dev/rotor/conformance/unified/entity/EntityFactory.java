package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Creates entities as {@code createEntities} describes them. */
public final class EntityFactory {

    private final Entities entities;
    private final ClientMaker clients;
    private final @Nullable BsonDocument clusterTime;
    private final Map<String, Maker> makers = Map.of(
            "client", this::client,
            "database", this::database,
            "collection", this::collection,
            "session", this::session,
            "bucket", this::bucket,
            "thread", this::thread,
            "clientEncryption", this::clientEncryption);

    private interface Maker {
        void make(BsonDocument description) throws Exception;
    }

    EntityFactory(Entities entities, ClientMaker clients, @Nullable BsonDocument clusterTime) {
        this.entities = entities;
        this.clients = clients;
        this.clusterTime = clusterTime;
    }

    /** Creates the entities in order. */
    public void create(List<BsonDocument> descriptions) throws Exception {
        for (BsonDocument description : descriptions) {
            String type = description.getFirstKey();
            Maker maker = makers.get(type);
            if (maker == null) {
                throw new RunnerException("the runner does not know entities of type " + type);
            }
            maker.make(description.getDocument(type));
        }
    }

    private void client(BsonDocument description) throws Exception {
        ClientEntity client = clients.make(description);
        try {
            entities.add(client.name(), client);
        } catch (RunnerException taken) {
            client.release();
            throw taken;
        }
        client.storedEvents().forEach(entities::add);
    }

    private void database(BsonDocument description) {
        Arguments fields = new Arguments("database", description);
        String id = fields.required("id", Values::string);
        MongoDatabase database = entities.get(fields.required("client", Values::string), ClientEntity.class)
                .client()
                .getDatabase(fields.required("databaseName", Values::string));
        BsonDocument options = fields.optional("databaseOptions", Values::document);
        fields.assertAllUsed();
        entities.add(id, options == null ? database : with(database, new Arguments("databaseOptions", options)));
    }

    private static MongoDatabase with(MongoDatabase database, Arguments options) {
        MongoDatabase result =
                options.with(database, "readConcern", Values::readConcern, MongoDatabase::withReadConcern);
        result = options.with(result, "readPreference", Values::readPreference, MongoDatabase::withReadPreference);
        result = options.with(result, "writeConcern", Values::writeConcern, MongoDatabase::withWriteConcern);
        result = options.with(result, "timeoutMS", Values::millis, MongoDatabase::withTimeout);
        options.assertAllUsed();
        return result;
    }

    private void collection(BsonDocument description) {
        Arguments fields = new Arguments("collection", description);
        String id = fields.required("id", Values::string);
        MongoCollection<BsonDocument> collection = entities.get(
                        fields.required("database", Values::string), MongoDatabase.class)
                .getCollection(fields.required("collectionName", Values::string), BsonDocument.class);
        BsonDocument options = fields.optional("collectionOptions", Values::document);
        fields.assertAllUsed();
        entities.add(
                id,
                new CollectionEntity(
                        options == null ? collection : with(collection, new Arguments("collectionOptions", options))));
    }

    private static MongoCollection<BsonDocument> with(MongoCollection<BsonDocument> collection, Arguments options) {
        MongoCollection<BsonDocument> result =
                options.with(collection, "readConcern", Values::readConcern, MongoCollection::withReadConcern);
        result = options.with(result, "readPreference", Values::readPreference, MongoCollection::withReadPreference);
        result = options.with(result, "writeConcern", Values::writeConcern, MongoCollection::withWriteConcern);
        result = options.with(result, "timeoutMS", Values::millis, MongoCollection::withTimeout);
        options.assertAllUsed();
        return result;
    }

    private void session(BsonDocument description) {
        Arguments fields = new Arguments("session", description);
        String id = fields.required("id", Values::string);
        ClientEntity client = entities.get(fields.required("client", Values::string), ClientEntity.class);
        BsonDocument options = fields.optional("sessionOptions", Values::document);
        fields.assertAllUsed();
        ClientSession session =
                client.client().startSession(options == null ? ClientSessionOptions.DEFAULT : sessionOptions(options));
        if (clusterTime != null) {
            session.advanceClusterTime(clusterTime);
        }
        entities.add(id, new SessionEntity(session, client, session.sessionId()));
    }

    private ClientSessionOptions sessionOptions(BsonDocument description) {
        Arguments fields = new Arguments("sessionOptions", description);
        ClientSessionOptions options = ClientSessionOptions.DEFAULT;
        options = fields.with(options, "causalConsistency", Values::bool, ClientSessionOptions::causalConsistency);
        options = fields.with(options, "snapshot", Values::bool, ClientSessionOptions::snapshot);
        options = fields.with(options, "snapshotTime", this::savedTime, ClientSessionOptions::snapshotTime);
        options = fields.with(options, "defaultTimeoutMS", Values::millis, ClientSessionOptions::defaultTimeout);
        options = fields.with(
                options,
                "defaultTransactionOptions",
                each -> transactionOptions(new Arguments("defaultTransactionOptions", Values.document(each)), true),
                ClientSessionOptions::defaultTransactionOptions);
        fields.assertAllUsed();
        return options;
    }

    private BsonTimestamp savedTime(BsonValue name) {
        return entities.get(Values.string(name), BsonTimestamp.class);
    }

    /** The transaction options among these fields. */
    public static TransactionOptions transactionOptions(Arguments fields, boolean nothingElse) {
        TransactionOptions options = TransactionOptions.DEFAULT;
        options = fields.with(options, "readConcern", Values::readConcern, TransactionOptions::readConcern);
        options = fields.with(options, "writeConcern", Values::writeConcern, TransactionOptions::writeConcern);
        options = fields.with(options, "readPreference", Values::readPreference, TransactionOptions::readPreference);
        options = fields.with(options, "maxCommitTimeMS", Values::millis, TransactionOptions::maxCommitTime);
        options = fields.with(options, "timeoutMS", Values::millis, TransactionOptions::timeout);
        if (nothingElse) {
            fields.assertAllUsed();
        }
        return options;
    }

    private void bucket(BsonDocument description) {
        Arguments fields = new Arguments("bucket", description);
        String id = fields.required("id", Values::string);
        MongoDatabase database = entities.get(fields.required("database", Values::string), MongoDatabase.class);
        Arguments given =
                new Arguments("bucketOptions", fields.orElse("bucketOptions", Values::document, new BsonDocument()));
        fields.assertAllUsed();
        GridFsBucketOptions options = GridFsBucketOptions.DEFAULT;
        options = given.with(options, "bucketName", Values::string, GridFsBucketOptions::bucketName);
        options = given.with(options, "chunkSizeBytes", Values::int32, GridFsBucketOptions::chunkSizeBytes);
        options = given.with(options, "readConcern", Values::readConcern, GridFsBucketOptions::readConcern);
        options = given.with(options, "readPreference", Values::readPreference, GridFsBucketOptions::readPreference);
        options = given.with(options, "writeConcern", Values::writeConcern, GridFsBucketOptions::writeConcern);
        options = given.with(options, "timeoutMS", Values::millis, GridFsBucketOptions::timeout);
        given.assertAllUsed();
        entities.add(id, GridFsBucket.create(database, options));
    }

    private void thread(BsonDocument description) {
        Arguments fields = new Arguments("thread", description);
        String id = fields.required("id", Values::string);
        fields.assertAllUsed();
        entities.add(id, new ThreadEntity(id));
    }

    private void clientEncryption(BsonDocument description) {
        throw new CaseSkippedException("the driver has no client-side encryption");
    }
}
