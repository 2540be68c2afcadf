package dev.rotor.driver.core.op;

import dev.rotor.driver.ServerApi;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The elements by which every command declares the Stable API version, as the specification of that name says. */
public final class StableApi {

    private final byte[] elements;

    /** Encodes what a client declares. */
    public StableApi(ServerApi api) {
        BsonDocument document =
                new BsonDocument("apiVersion", new BsonString(api.version().wireName()));
        if (api.strict() != null) {
            document.append("apiStrict", BsonBoolean.valueOf(api.strict()));
        }
        if (api.deprecationErrors() != null) {
            document.append("apiDeprecationErrors", BsonBoolean.valueOf(api.deprecationErrors()));
        }
        elements = Elements.elements(document);
    }

    byte[] elements() {
        return elements;
    }
}
