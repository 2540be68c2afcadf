package dev.rotor.conformance.unified.match;

import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.DeleteResult;
import dev.rotor.driver.model.InsertManyResult;
import dev.rotor.driver.model.InsertOneResult;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientDeleteResult;
import dev.rotor.driver.model.bulk.ClientInsertOneResult;
import dev.rotor.driver.model.bulk.ClientUpdateResult;
import java.util.Map;
import java.util.function.Function;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/** The driver's result objects as documents with the names of the specification. */
public final class ResultDocuments {

    private ResultDocuments() {}

    /** The result of {@code insertOne}. */
    public static BsonDocument of(InsertOneResult result) {
        return acknowledged(result.isAcknowledged()).append("insertedId", result.insertedId());
    }

    /** The result of {@code insertMany}. */
    public static BsonDocument of(InsertManyResult result) {
        BsonDocument document = acknowledged(result.isAcknowledged());
        if (result.isAcknowledged()) {
            document.append("insertedCount", number(result.insertedIds().size()));
        }
        return document.append("insertedIds", byIndex(result.insertedIds()));
    }

    /** The result of updates and replacements. */
    public static BsonDocument of(UpdateResult result) {
        BsonDocument document = acknowledged(result.isAcknowledged());
        if (!result.isAcknowledged()) {
            return document;
        }
        document.append("matchedCount", number(result.matchedCount()))
                .append("modifiedCount", number(result.modifiedCount()))
                .append("upsertedCount", number(result.upsertedCount()));
        if (result.upsertedId() != null) {
            document.append("upsertedId", result.upsertedId());
        }
        return document;
    }

    /** The result of deletes. */
    public static BsonDocument of(DeleteResult result) {
        BsonDocument document = acknowledged(result.isAcknowledged());
        return result.isAcknowledged() ? document.append("deletedCount", number(result.deletedCount())) : document;
    }

    /** The result of a collection's {@code bulkWrite}. */
    public static BsonDocument of(BulkWriteResult result) {
        BsonDocument document = acknowledged(result.isAcknowledged());
        if (!result.isAcknowledged()) {
            return document;
        }
        BsonDocument upsertedIds = new BsonDocument();
        result.upserts().forEach(upsert -> upsertedIds.append(String.valueOf(upsert.index()), upsert.id()));
        return document.append("insertedCount", number(result.insertedCount()))
                .append("deletedCount", number(result.deletedCount()))
                .append("matchedCount", number(result.matchedCount()))
                .append("modifiedCount", number(result.modifiedCount()))
                .append("upsertedCount", number(result.upsertedCount()))
                .append("insertedIds", byIndex(result.insertedIds()))
                .append("upsertedIds", upsertedIds);
    }

    /** The result of a client's {@code bulkWrite}. */
    public static BsonDocument of(ClientBulkWriteResult result) {
        BsonDocument document = acknowledged(result.isAcknowledged());
        if (!result.isAcknowledged()) {
            return document;
        }
        document.append("insertedCount", number(result.insertedCount()))
                .append("upsertedCount", number(result.upsertedCount()))
                .append("matchedCount", number(result.matchedCount()))
                .append("modifiedCount", number(result.modifiedCount()))
                .append("deletedCount", number(result.deletedCount()));
        ClientBulkWriteResult.Verbose verbose = result.verboseResults();
        if (verbose != null) {
            document.append("insertResults", documents(verbose.insertResults(), ResultDocuments::insert))
                    .append("updateResults", documents(verbose.updateResults(), ResultDocuments::update))
                    .append("deleteResults", documents(verbose.deleteResults(), ResultDocuments::delete));
        }
        return document;
    }

    private static <R> BsonDocument documents(Map<Integer, R> results, Function<R, BsonDocument> read) {
        BsonDocument document = new BsonDocument();
        results.forEach((index, result) -> document.append(String.valueOf(index), read.apply(result)));
        return document;
    }

    private static BsonDocument insert(ClientInsertOneResult result) {
        return new BsonDocument("insertedId", result.insertedId());
    }

    private static BsonDocument update(ClientUpdateResult result) {
        BsonDocument document = new BsonDocument("matchedCount", number(result.matchedCount()))
                .append("modifiedCount", number(result.modifiedCount()));
        return result.upsertedId() == null ? document : document.append("upsertedId", result.upsertedId());
    }

    private static BsonDocument delete(ClientDeleteResult result) {
        return new BsonDocument("deletedCount", number(result.deletedCount()));
    }

    private static BsonDocument acknowledged(boolean acknowledged) {
        return new BsonDocument("acknowledged", BsonBoolean.valueOf(acknowledged));
    }

    private static BsonDocument byIndex(Map<Integer, BsonValue> values) {
        BsonDocument document = new BsonDocument();
        values.forEach((index, value) -> document.append(String.valueOf(index), value));
        return document;
    }

    private static BsonInt64 number(long value) {
        return new BsonInt64(value);
    }
}
