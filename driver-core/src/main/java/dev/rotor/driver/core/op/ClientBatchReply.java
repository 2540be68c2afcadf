package dev.rotor.driver.core.op;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.WriteConcernError;
import dev.rotor.driver.core.cursor.BatchCursor;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What became of one command {@code bulkWrite}.
 *
 * @param writes how many writes the command had
 * @param counts the reply, which has the counts; {@code null} when nobody replied
 * @param results a cursor over what became of single writes; {@code null} when nobody replied
 * @param writeConcernError why the write concern was not met, or {@code null}
 * @param labels the labels of the reply
 * @param server who replied, or {@code null}
 */
record ClientBatchReply(
        int writes,
        @Nullable BsonDocument counts,
        @Nullable BatchCursor<BsonDocument> results,
        @Nullable WriteConcernError writeConcernError,
        Set<String> labels,
        @Nullable ServerAddress server)
        implements AutoCloseable {

    static ClientBatchReply unacknowledged(int writes) {
        return new ClientBatchReply(writes, null, null, null, Set.of(), null);
    }

    /** One of the counts; 0 where it was not sent. */
    long count(String field) {
        BsonValue count = counts == null ? null : counts.get(field);
        return count != null && count.isNumber() ? count.asNumber().longValue() : 0;
    }

    /** For a reply that nobody wants any more. */
    @Override
    public void close() {
        if (results != null) {
            results.close();
        }
    }
}
