package dev.rotor.conformance.unified.match;

import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Entities for tests of the matchers. */
final class FixedValues implements NamedValues {

    private final Map<String, BsonValue> values = new HashMap<>();
    private final Map<String, BsonDocument> lsids = new HashMap<>();

    FixedValues value(String name, BsonValue value) {
        values.put(name, value);
        return this;
    }

    FixedValues session(String name, BsonDocument lsid) {
        lsids.put(name, lsid);
        return this;
    }

    @Override
    public BsonValue value(String name) {
        BsonValue value = values.get(name);
        if (value == null) {
            throw new RunnerException("there is no entity " + name);
        }
        return value;
    }

    @Override
    public BsonDocument lsid(String name) {
        BsonDocument lsid = lsids.get(name);
        if (lsid == null) {
            throw new RunnerException("there is no session " + name);
        }
        return lsid;
    }
}
