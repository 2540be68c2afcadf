package dev.rotor.driver.core.op;

import dev.rotor.driver.BulkWriteError;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.WriteConcernError;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.BulkWriteUpsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What one command of a bulk write did. Indexes are those of its statements.
 *
 * @param statements how many statements the command had
 * @param n documents inserted, matched or deleted; upserts included
 * @param nModified documents changed
 * @param upserts documents inserted by updates
 * @param writeErrors statements that failed
 * @param writeConcernError the write concern was not met, or {@code null}
 * @param labels the reply's error labels, and those that the driver adds
 * @param server who replied, or {@code null} when nobody did
 */
record WriteBatchResult(
        int statements,
        long n,
        long nModified,
        List<BulkWriteUpsert> upserts,
        List<BulkWriteError> writeErrors,
        @Nullable WriteConcernError writeConcernError,
        Set<String> labels,
        @Nullable ServerAddress server) {

    static WriteBatchResult unacknowledged(int statements) {
        return new WriteBatchResult(statements, 0, 0, List.of(), List.of(), null, Set.of(), null);
    }

    /** @throws MongoProtocolException if the reply speaks of statements that the command did not have */
    static WriteBatchResult of(ReplyEnvelope reply, ReplyContext context, int statements) {
        ServerAddress server = context.connection().server();
        return new WriteBatchResult(
                statements,
                Math.max(0, reply.n()),
                Math.max(0, reply.nModified()),
                reply.upsertedOffset() < 0 ? List.of() : upserts(reply.document(), statements, server),
                reply.writeErrorsOffset() < 0 ? List.of() : WriteReplies.writeErrors(reply, statements, server),
                reply.writeConcernErrorOffset() < 0 ? null : WriteReplies.writeConcernError(reply.document()),
                labels(reply, context),
                server);
    }

    /** Servers before 4.4 do not say by themselves that a write may be sent again, see {@link RetryPolicy}. */
    private static Set<String> labels(ReplyEnvelope reply, ReplyContext context) {
        if (reply.writeConcernErrorOffset() < 0 || !context.isRetryableWrite()) {
            return reply.errorLabels();
        }
        ConnectionDescription from = context.connection();
        MongoException failure = WriteReplies.writeConcernFailure(reply, from.server());
        RetryPolicy.labelRetryableWrite(failure, from.maxWireVersion(), from.mongos());
        return failure.labels();
    }

    private static List<BulkWriteUpsert> upserts(BsonDocument reply, int statements, ServerAddress server) {
        List<BulkWriteUpsert> upserts = new ArrayList<>();
        for (BsonValue value : reply.getArray("upserted")) {
            BsonDocument upsert = value.asDocument();
            int index = WriteReplies.checkedIndex(upsert.getNumber("index"), statements, server);
            upserts.add(new BulkWriteUpsert(index, upsert.get("_id", BsonNull.VALUE)));
        }
        return upserts;
    }
}
