package dev.rotor.driver;

import java.io.Serial;
import java.util.Objects;
import org.bson.Document;

/** {@link MongoDatabase#validateCollection(String)} found that a collection's data or indexes are damaged. */
public final class MongoCollectionInvalidException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Which collection. */
    private final transient MongoNamespace namespace;
    /** What the server found. */
    private final transient Document report;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, as the server says it
     * @param namespace the collection
     * @param report the server's whole reply
     */
    public MongoCollectionInvalidException(String message, MongoNamespace namespace, Document report) {
        super(message, null);
        this.namespace = Objects.requireNonNull(namespace, "namespace");
        this.report = Objects.requireNonNull(report, "report");
    }

    /**
     * The collection that is invalid.
     *
     * @return its full name
     */
    public MongoNamespace namespace() {
        return namespace;
    }

    /**
     * What the server found.
     *
     * @return its whole reply: {@code errors}, {@code warnings}, {@code indexDetails} and others; of a mongos those of
     *     the shards under {@code raw}
     */
    public Document report() {
        return report;
    }
}
