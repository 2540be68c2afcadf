package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/**
 * What a collection with queryable encryption has beside it; "Create Collection Helper" and "Drop Collection Helper" of
 * the Client Side Encryption specification.
 *
 * @param escCollection the name of the collection that is called ESC
 * @param ecocCollection the name of the collection that is called ECOC
 */
record EncryptedCollection(String escCollection, String ecocCollection) {

    /** The key of the index that the collection itself gets. */
    static final BsonDocument INDEX = new BsonDocument("__safeContent__", new BsonInt32(1));

    /** Of server 7.0. */
    private static final int WIRE_VERSION_WITH_QUERYABLE_ENCRYPTION = 21;

    /** By the encrypted fields of a collection. */
    static EncryptedCollection of(String collection, Bson encryptedFields, CodecRegistry registry) {
        BsonDocument fields = encryptedFields.toBsonDocument(BsonDocument.class, registry);
        return new EncryptedCollection(
                name(fields, "escCollection", "enxcol_." + collection + ".esc"),
                name(fields, "ecocCollection", "enxcol_." + collection + ".ecoc"));
    }

    private static String name(BsonDocument fields, String key, String usual) {
        return fields.getString(key, new BsonString(usual)).getValue();
    }

    /** @throws MongoException if the server is too old for queryable encryption as drivers have it today */
    static void check(ConnectionDescription connection) {
        if (connection.maxWireVersion() < WIRE_VERSION_WITH_QUERYABLE_ENCRYPTION) {
            throw new MongoException(
                    "Driver support of Queryable Encryption is incompatible with server. Upgrade server to use"
                            + " Queryable Encryption.",
                    null,
                    -1,
                    connection.server());
        }
    }
}
