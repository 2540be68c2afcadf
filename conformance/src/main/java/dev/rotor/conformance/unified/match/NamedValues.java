package dev.rotor.conformance.unified.match;

import org.bson.BsonDocument;
import org.bson.BsonValue;

/** What the operators of the matcher look up by name. */
public interface NamedValues {

    /** The BSON value that was saved by this name. */
    BsonValue value(String name);

    /** The {@code lsid} of the session of this name. */
    BsonDocument lsid(String name);
}
