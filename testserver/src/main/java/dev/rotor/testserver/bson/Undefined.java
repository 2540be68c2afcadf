package dev.rotor.testserver.bson;

import de.bwaldvogel.mongo.bson.Bson;

/** The value undefined: deprecated, and not null. */
public enum Undefined implements Bson {
    INSTANCE
}
