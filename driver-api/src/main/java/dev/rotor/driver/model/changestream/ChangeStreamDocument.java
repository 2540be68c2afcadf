package dev.rotor.driver.model.changestream;

import dev.rotor.driver.MongoNamespace;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One change that a change stream reports, as the Change Streams specification defines it. What the server did not
 * send, or the pipeline has taken out, is {@code null}.
 *
 * @param resumeToken {@code _id}: where a stream can be resumed behind this change; nothing may be read into it
 * @param operationTypeName the kind of change as the server writes it
 * @param namespaceDocument {@code ns}: where it happened, with {@code db}, {@code coll} and whatever the server adds
 * @param namespaceType {@code nsType}: what was created, {@code "collection"}, {@code "timeseries"} or {@code "view"};
 *     only for {@link OperationType#CREATE} with expanded events, from server 8.1 on
 * @param destinationNamespaceDocument {@code to}: the new name of a renamed collection, like {@code ns}
 * @param fullDocument the document: of an insert or replacement as it was written, of an update by the option
 *     {@code fullDocument}; may be {@code null} there, when it is gone or was not kept
 * @param fullDocumentBeforeChange the document before the change, by the option of that name
 * @param documentKey {@code _id} of the document and, on a sharded cluster, its shard key
 * @param clusterTime when it happened, by the cluster's clock
 * @param updateDescription what an update has changed
 * @param txnNumber the number of the transaction in its session, with {@code lsid}
 * @param lsid the session of the transaction
 * @param wallTime when it happened, by the server's clock; from server 6.0 on
 * @param collectionUuid the id of the collection; with expanded events
 * @param operationDescription what was asked for of the kinds that are no writes; with expanded events
 * @param splitEvent which piece of a split event this is
 * @param extraElements whatever else was sent
 * @param <T> what documents are read as
 */
public record ChangeStreamDocument<T>(
        BsonDocument resumeToken,
        @Nullable String operationTypeName,
        @Nullable BsonDocument namespaceDocument,
        @Nullable String namespaceType,
        @Nullable BsonDocument destinationNamespaceDocument,
        @Nullable T fullDocument,
        @Nullable T fullDocumentBeforeChange,
        @Nullable BsonDocument documentKey,
        @Nullable BsonTimestamp clusterTime,
        @Nullable UpdateDescription updateDescription,
        @Nullable Long txnNumber,
        @Nullable BsonDocument lsid,
        @Nullable Instant wallTime,
        @Nullable UUID collectionUuid,
        @Nullable BsonDocument operationDescription,
        @Nullable SplitEvent splitEvent,
        @Nullable BsonDocument extraElements) {

    public ChangeStreamDocument {
        Objects.requireNonNull(resumeToken, "resumeToken");
    }

    /**
     * The kind of change.
     *
     * @return the kind; {@link OperationType#OTHER} for one that is not known: {@link #operationTypeName()} has it;
     *     {@code null} when it was not sent
     */
    public @Nullable OperationType operationType() {
        return operationTypeName == null ? null : OperationType.of(operationTypeName);
    }

    /**
     * The collection in which it happened.
     *
     * @return its full name; {@code null} when the change is not one of a collection
     */
    public @Nullable MongoNamespace namespace() {
        return namespace(namespaceDocument);
    }

    /**
     * The database in which it happened.
     *
     * @return its name; {@code null} when the change is not one of a database
     */
    public @Nullable String databaseName() {
        return text(namespaceDocument, "db");
    }

    /**
     * The new name of a collection that was renamed.
     *
     * @return its full name; {@code null} for other kinds of change
     */
    public @Nullable MongoNamespace destinationNamespace() {
        return namespace(destinationNamespaceDocument);
    }

    private static @Nullable MongoNamespace namespace(@Nullable BsonDocument document) {
        String database = text(document, "db");
        String collection = text(document, "coll");
        return database == null || collection == null ? null : new MongoNamespace(database, collection);
    }

    private static @Nullable String text(@Nullable BsonDocument document, String field) {
        BsonValue value = document == null ? null : document.get(field);
        return value instanceof BsonString text ? text.getValue() : null;
    }
}
