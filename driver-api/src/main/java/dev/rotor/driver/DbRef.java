package dev.rotor.driver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a document of any collection, written as a document {@code {$ref, $id, $db, …}}, as the DBRef
 * specification defines it. Servers know nothing of it: {@link MongoDatabase#dereference(DbRef)} finds the document.
 * Where all references of a field lead to one collection the document's id alone does, and {@code $lookup} can follow
 * it.
 *
 * <p>In documents, records and POJOs it is written by the default codecs. A field of this class is read by them too;
 * what is read as a {@link Document} stays one, and {@link #of(Document)} makes a reference of it.
 *
 * @param collection the collection of the document, the field {@code $ref}; any string
 * @param id the {@code _id} of the document, the field {@code $id}; any value that the codecs can write; {@code null}
 *     for BSON null
 * @param database the database of the document, the field {@code $db}; any string; {@code null}: that of the reference
 * @param fields what further fields there are, in their order; unmodifiable
 */
public record DbRef(String collection, @Nullable Object id, @Nullable String database, Map<String, Object> fields) {

    private static final String REF = "$ref";
    private static final String ID = "$id";
    private static final String DB = "$db";

    /**
     * Copies the map, keeping its order.
     *
     * @param collection the collection of the document
     * @param id the {@code _id} of the document
     * @param database the database of the document
     * @param fields what further fields there are
     * @throws IllegalArgumentException if one of the further fields is {@code $ref}, {@code $id} or {@code $db}
     */
    public DbRef {
        Objects.requireNonNull(collection, "collection");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        for (String name : fields.keySet()) {
            if (isOwn(name)) {
                throw new IllegalArgumentException(name + " is a part of every reference, and no further field of it");
            }
        }
    }

    /**
     * A reference within one database.
     *
     * @param collection the collection of the document
     * @param id the {@code _id} of the document
     */
    public DbRef(String collection, @Nullable Object id) {
        this(collection, id, null);
    }

    /**
     * A reference that may lead to another database.
     *
     * @param collection the collection of the document
     * @param id the {@code _id} of the document
     * @param database the database of the document; {@code null}: that of the reference
     */
    public DbRef(String collection, @Nullable Object id, @Nullable String database) {
        this(collection, id, database, Map.of());
    }

    private static boolean isOwn(String name) {
        return name.equals(REF) || name.equals(ID) || name.equals(DB);
    }

    /**
     * Whether a document is a reference: has {@code $id} and a string {@code $ref}, and if it has {@code $db} that is a
     * string. The order does not matter.
     *
     * @param document the document
     * @return {@code true} if {@link #of(Document)} takes it
     */
    public static boolean isDbRef(Document document) {
        return document.get(REF) instanceof String
                && document.containsKey(ID)
                && (!document.containsKey(DB) || document.get(DB) instanceof String);
    }

    /**
     * Makes a reference of the document that it is written as.
     *
     * @param document {@code {$ref, $id, $db, …}}, in any order
     * @return the reference
     * @throws IllegalArgumentException if the document is none
     */
    public static DbRef of(Document document) {
        if (!(document.get(REF) instanceof String collection)) {
            throw new IllegalArgumentException("Not a reference: a string $ref is missing");
        }
        if (!document.containsKey(ID)) {
            throw new IllegalArgumentException("Not a reference: $id is missing");
        }
        String database = null;
        if (document.containsKey(DB)) {
            if (!(document.get(DB) instanceof String name)) {
                throw new IllegalArgumentException("Not a reference: $db is no string");
            }
            database = name;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            if (!isOwn(name)) {
                fields.put(name, value);
            }
        });
        return new DbRef(collection, document.get(ID), database, fields);
    }

    /**
     * The document that this is written as.
     *
     * @return a new document: {@code $ref}, {@code $id}, {@code $db} where there is one, then the further fields
     */
    public Document toDocument() {
        Document document = new Document(REF, collection).append(ID, id);
        if (database != null) {
            document.append(DB, database);
        }
        document.putAll(fields);
        return document;
    }
}
