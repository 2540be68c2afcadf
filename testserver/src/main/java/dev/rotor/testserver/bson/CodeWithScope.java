package dev.rotor.testserver.bson;

import de.bwaldvogel.mongo.bson.Bson;
import de.bwaldvogel.mongo.bson.Document;

/** JavaScript with the variables it sees. */
public record CodeWithScope(String code, Document scope) implements Bson {}
