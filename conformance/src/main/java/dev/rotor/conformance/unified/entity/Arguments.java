package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.RunnerException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object of a test file. Each that is read is ticked off, so that one which nobody reads is found: it
 * must not be ignored.
 */
public final class Arguments {

    private final String owner;
    private final BsonDocument fields;
    private final Set<String> used = new HashSet<>();

    /**
     * @param owner whose fields these are, for messages
     * @param fields the fields
     */
    public Arguments(String owner, BsonDocument fields) {
        this.owner = owner;
        this.fields = fields;
    }

    /** Whether there is such a field; does not tick it off. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The field's value, which must be there. */
    public <V> V required(String name, Function<BsonValue, V> read) {
        BsonValue value = fields.get(name);
        if (value == null) {
            throw new RunnerException(owner + " needs " + name);
        }
        used.add(name);
        return read.apply(value);
    }

    /** The field's value, or {@code null} where there is none. */
    public <V> @Nullable V optional(String name, Function<BsonValue, V> read) {
        return has(name) ? required(name, read) : null;
    }

    /** The field's value, or another where there is none. */
    public <V> V orElse(String name, Function<BsonValue, V> read, V otherwise) {
        return has(name) ? required(name, read) : otherwise;
    }

    /** The target with the field's value set, or as it is where there is no such field. */
    public <T, V> T with(T target, String name, Function<BsonValue, V> read, BiFunction<T, V, T> set) {
        return has(name) ? set.apply(target, required(name, read)) : target;
    }

    /** Fails if there is a field that nobody has read. */
    public void assertAllUsed() {
        Set<String> unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(used);
        if (!unknown.isEmpty()) {
            throw new RunnerException("the runner does not know " + unknown + " of " + owner);
        }
    }
}
