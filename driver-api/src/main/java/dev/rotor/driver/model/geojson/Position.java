package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDouble;
import org.jspecify.annotations.Nullable;

/** A place: two numbers or more. In the server's default reference system longitude comes first, then latitude. */
public final class Position {

    private final List<Double> values;

    /**
     * A position of these numbers.
     *
     * @param values at least two
     * @throws IllegalArgumentException if there are fewer
     */
    public Position(List<Double> values) {
        this.values = Require.all("values", values);
        if (this.values.size() < 2) {
            throw new IllegalArgumentException("values must hold at least two numbers, not " + this.values.size());
        }
    }

    /**
     * A position of these numbers.
     *
     * @param first the longitude, in the default reference system
     * @param second the latitude, in the default reference system
     * @param remaining what may come after them, for example an altitude
     */
    public Position(double first, double second, double... remaining) {
        List<Double> all = new ArrayList<>();
        all.add(first);
        all.add(second);
        for (double value : Require.nonNull("remaining", remaining)) {
            all.add(value);
        }
        this.values = Collections.unmodifiableList(all);
    }

    /**
     * The numbers.
     *
     * @return an immutable list of at least two
     */
    public List<Double> getValues() {
        return values;
    }

    BsonArray toBson() {
        BsonArray array = new BsonArray(values.size());
        for (Double value : values) {
            array.add(new BsonDouble(value));
        }
        return array;
    }

    static BsonArray toBson(List<Position> positions) {
        BsonArray array = new BsonArray(positions.size());
        for (Position position : positions) {
            array.add(position.toBson());
        }
        return array;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Position that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
