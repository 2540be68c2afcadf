package dev.rotor.testserver.bson;

import de.bwaldvogel.mongo.bson.Bson;
import de.bwaldvogel.mongo.bson.ObjectId;

/** A DBPointer: deprecated. */
public record DbPointer(String namespace, ObjectId id) implements Bson {}
