package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;

/** {@code database.collection}. */
public record Namespace(String database, String collection) {
    /** Splits at the first dot; without one the collection is empty. */
    public static Namespace parse(String full) {
        int dot = full.indexOf('.');
        return dot < 0 ? new Namespace(full, "") : new Namespace(full.substring(0, dot), full.substring(dot + 1));
    }

    /** {@code {db, coll}}, as change events tell it. */
    public Document asDocument() {
        return new Document("db", database).append("coll", collection);
    }

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
