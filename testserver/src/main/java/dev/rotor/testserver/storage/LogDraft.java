package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.query.BsonSize;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one write did, before it has its time.
 *
 * @param kind what happened
 * @param namespace where; its collection is empty for a database
 * @param collection id of the collection, or null
 * @param key the document's key ({@code _id}), or null
 * @param before the document before, or null
 * @param after the document after, or null
 * @param imagesKept whether the collection keeps pre- and post-images
 * @param details what a command did, as change events tell it in {@code operationDescription}; or null
 * @param session {@code lsid} of the transaction, or null
 * @param txnNumber its number, or null
 */
public record LogDraft(
        Kind kind,
        Namespace namespace,
        @Nullable UUID collection,
        @Nullable Document key,
        @Nullable Document before,
        @Nullable Document after,
        boolean imagesKept,
        @Nullable Document details,
        @Nullable Document session,
        @Nullable Long txnNumber) {

    /** What happened. */
    public enum Kind {
        INSERT("insert"),
        UPDATE("update"),
        REPLACE("replace"),
        DELETE("delete"),
        CREATE("create"),
        DROP("drop"),
        DROP_DATABASE("dropDatabase"),
        RENAME("rename"),
        CREATE_INDEXES("createIndexes"),
        DROP_INDEXES("dropIndexes"),
        MODIFY("modify"),
        SHARD_COLLECTION("shardCollection"),
        NOTHING("noop");

        private final String operationType;

        Kind(String operationType) {
            this.operationType = operationType;
        }

        /** As change events name it. */
        public String operationType() {
            return operationType;
        }

        /** Whether it is about one document. */
        public boolean isDocument() {
            return this == INSERT || this == UPDATE || this == REPLACE || this == DELETE;
        }
    }

    /** Roughly how many bytes it holds. */
    int size() {
        return 200 + (before == null ? 0 : BsonSize.of(before)) + (after == null ? 0 : BsonSize.of(after));
    }

    static LogDraft of(Kind kind, Namespace namespace, @Nullable UUID collection, @Nullable Document details) {
        return new LogDraft(kind, namespace, collection, null, null, null, false, details, null, null);
    }

    LogDraft in(Document lsid, long number) {
        return new LogDraft(kind, namespace, collection, key, before, after, imagesKept, details, lsid, number);
    }
}
