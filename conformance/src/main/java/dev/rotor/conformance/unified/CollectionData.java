package dev.rotor.conformance.unified;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.Normalized;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** A {@code collectionData} object: what is in a collection before a case, or has to be after it. */
final class CollectionData {

    private static final BsonDocument MAJORITY = new BsonDocument("w", new BsonString("majority"));

    private final String databaseName;
    private final String collectionName;
    private final @Nullable BsonDocument createOptions;
    private final List<BsonDocument> documents;

    private CollectionData(Arguments fields) {
        databaseName = fields.required("databaseName", Values::string);
        collectionName = fields.required("collectionName", Values::string);
        createOptions = fields.optional("createOptions", Values::document);
        documents = fields.required("documents", Values::documents);
        fields.assertAllUsed();
    }

    static CollectionData of(BsonDocument description) {
        return new CollectionData(new Arguments("collectionData", description));
    }

    /** Makes the collection hold this and nothing else. */
    void setUp(MongoClient client) throws Exception {
        MongoDatabase database = client.getDatabase(databaseName).withWriteConcern(WriteConcern.MAJORITY);
        Await.result(database.getCollection(collectionName).drop());
        Await.result(
                database.getCollection("enxcol_." + collectionName + ".esc").drop());
        Await.result(
                database.getCollection("enxcol_." + collectionName + ".ecoc").drop());
        if (createOptions != null || documents.isEmpty()) {
            BsonDocument create = new BsonDocument("create", new BsonString(collectionName));
            if (createOptions != null) {
                create.putAll(createOptions);
            }
            Await.result(database.runCommand(create.append("writeConcern", MAJORITY), BsonDocument.class));
        }
        if (!documents.isEmpty()) {
            Await.result(database.getCollection(collectionName, BsonDocument.class)
                    .insertMany(documents.stream().map(BsonDocument::clone).toList()));
        }
    }

    /** Fails unless the collection holds exactly this; only the order of fields does not matter. */
    void assertIsThere(MongoClient client) throws Exception {
        MongoCollection<BsonDocument> collection = client.getDatabase(databaseName)
                .getCollection(collectionName, BsonDocument.class)
                .withReadPreference(ReadPreference.PRIMARY)
                .withReadConcern(ReadConcern.LOCAL);
        List<BsonDocument> actual = Await.result(collection
                .find()
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .toList());
        BsonArray expected = new BsonArray(documents);
        BsonArray there = new BsonArray(actual);
        if (!Normalized.of(expected).equals(Normalized.of(there))) {
            throw new AssertionError("outcome: " + databaseName + '.' + collectionName + " should hold "
                    + Matcher.text(expected) + " but holds " + Matcher.text(there));
        }
    }
}
