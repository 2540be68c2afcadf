package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.NamedValues;
import dev.rotor.conformance.unified.match.RunnerException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** What a case has created, by name. Names are unique, and whoever looks one up says what it must be. */
public final class Entities implements NamedValues {

    private final ConcurrentMap<String, Object> byName = new ConcurrentHashMap<>();

    /** Names an entity; refuses a name that is taken. */
    public void add(String name, Object entity) {
        if (byName.putIfAbsent(name, entity) != null) {
            throw new RunnerException("there is already an entity " + name);
        }
    }

    /** Replaces a counter or the like, whose value changes while the case runs. */
    public void replace(String name, BsonValue value) {
        get(name, BsonValue.class);
        byName.put(name, value);
    }

    /** Whether there is an entity of this name. */
    public boolean contains(String name) {
        return byName.containsKey(name);
    }

    /** The entity of this name, whatever it is. */
    public Object get(String name) {
        Object entity = byName.get(name);
        if (entity == null) {
            throw new RunnerException("there is no entity " + name);
        }
        return entity;
    }

    /** The entity of this name; refuses one of another type. */
    public <T> T get(String name, Class<T> type) {
        Object entity = get(name);
        if (!type.isInstance(entity)) {
            throw new RunnerException("the entity " + name + " is a "
                    + entity.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return type.cast(entity);
    }

    /** All entities of a type. */
    public <T> List<T> all(Class<T> type) {
        return byName.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public BsonValue value(String name) {
        return get(name, BsonValue.class);
    }

    @Override
    public BsonDocument lsid(String name) {
        return get(name, SessionEntity.class).lsid();
    }
}
