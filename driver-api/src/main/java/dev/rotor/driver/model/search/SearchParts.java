package dev.rotor.driver.model.search;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The parts that operators and facets are put together from. The server takes a single value without an array. */
final class SearchParts {

    private SearchParts() {}

    static Object oneOrAll(List<?> values) {
        return values.size() == 1 ? values.get(0) : new Items(values);
    }

    static BsonValue field(FieldSearchPath path) {
        return field("path", path);
    }

    static BsonValue field(String argument, FieldSearchPath path) {
        return Require.nonNull(argument, path).toBsonValue();
    }

    static Object paths(Iterable<? extends SearchPath> paths) {
        List<BsonValue> values = new ArrayList<>();
        for (SearchPath path : Require.<SearchPath>some("paths", paths)) {
            values.add(path.toBsonValue());
        }
        return oneOrAll(values);
    }

    static Object strings(String argument, Iterable<String> strings) {
        List<BsonValue> values = new ArrayList<>();
        for (String string : Require.<String>some(argument, strings)) {
            values.add(Literal.of(string));
        }
        return oneOrAll(values);
    }

    static <T> List<T> two(String argument, Iterable<? extends T> values) {
        List<T> all = Require.all(argument, values);
        if (all.size() < 2) {
            throw new IllegalArgumentException(argument + " must be at least two, not " + all.size());
        }
        return all;
    }

    static Shape textual(Iterable<? extends SearchPath> paths, Iterable<String> queries) {
        return Shape.of("query", strings("queries", queries)).with("path", paths(paths));
    }

    static Shape textualPathFirst(Iterable<? extends SearchPath> paths, Iterable<String> queries) {
        return Shape.of("path", paths(paths)).with("query", strings("queries", queries));
    }

    /** A search index knows UUIDs in the standard representation only, whatever the collection uses. */
    static List<BsonBinary> uuids(List<UUID> values) {
        List<BsonBinary> all = new ArrayList<>();
        for (UUID value : values) {
            all.add(new BsonBinary(value));
        }
        return all;
    }

    static List<BsonBoolean> booleans(boolean value, boolean... values) {
        List<BsonBoolean> all = new ArrayList<>();
        all.add(BsonBoolean.valueOf(value));
        for (boolean other : Require.nonNull("values", values)) {
            all.add(BsonBoolean.valueOf(other));
        }
        return all;
    }

    static SearchElement in(FieldSearchPath path, Iterable<?> values) {
        return new SearchElement("in", value(path, oneOrAll(Require.<Object>some("values", values))));
    }

    static SearchElement equal(FieldSearchPath path, Object value) {
        return new SearchElement("equals", value(path, value));
    }

    private static Shape value(FieldSearchPath path, Object value) {
        return Shape.of("path", Literal.of(Require.nonNull("path", path).toValue()))
                .with("value", value);
    }

    static SearchElement near(Object origin, Object pivot, Iterable<? extends FieldSearchPath> paths) {
        return new SearchElement(
                "near",
                Shape.of("origin", Require.nonNull("origin", origin))
                        .with("path", paths(paths))
                        .with("pivot", pivot));
    }

    static Shape vector(FieldSearchPath path, Iterable<Double> queryVector, int limit) {
        return Shape.of("path", Literal.of(Require.nonNull("path", path).toValue()))
                .with("queryVector", Items.of("queryVector", queryVector))
                .with("limit", Literal.of(Require.atLeast("limit", limit, 1)));
    }

    static SearchElement facet(String name, String type, FieldSearchPath path, @Nullable List<?> boundaries) {
        return new SearchElement(
                Require.path("name", name),
                Shape.of("type", Literal.of(type))
                        .with("path", field(path))
                        .withPresent("boundaries", boundaries == null ? null : new Items(boundaries)));
    }
}
