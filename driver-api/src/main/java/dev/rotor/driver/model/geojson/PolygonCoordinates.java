package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bson.BsonArray;
import org.jspecify.annotations.Nullable;

/** The rings of a polygon. A ring has at least four positions and ends where it began. */
public final class PolygonCoordinates {

    private final List<Position> exterior;
    private final List<List<Position>> holes;

    /**
     * An area with holes.
     *
     * @param exterior its border
     * @param holes the borders of its holes
     * @throws IllegalArgumentException if one of them is no ring
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // It is only read.
    public PolygonCoordinates(List<Position> exterior, List<Position>... holes) {
        this(exterior, Arrays.asList(Require.nonNull("holes", holes)));
    }

    /**
     * An area with holes.
     *
     * @param exterior its border
     * @param holes the borders of its holes
     * @throws IllegalArgumentException if one of them is no ring
     */
    public PolygonCoordinates(List<Position> exterior, List<List<Position>> holes) {
        this.exterior = ring("exterior", exterior);
        List<List<Position>> rings = new ArrayList<>();
        for (List<Position> hole : Require.<List<Position>>all("holes", holes)) {
            rings.add(ring("hole", hole));
        }
        this.holes = Collections.unmodifiableList(rings);
    }

    private static List<Position> ring(String argument, List<Position> positions) {
        List<Position> ring = Require.all(argument, positions);
        if (ring.size() < 4) {
            throw new IllegalArgumentException(
                    argument + " must be a ring of at least four positions, not " + ring.size());
        }
        if (!ring.get(0).equals(ring.get(ring.size() - 1))) {
            throw new IllegalArgumentException(argument + " must be a ring that ends at the position where it begins");
        }
        return ring;
    }

    /**
     * The border of the area.
     *
     * @return an immutable ring
     */
    public List<Position> getExterior() {
        return exterior;
    }

    /**
     * The borders of the holes.
     *
     * @return an immutable list of rings
     */
    public List<List<Position>> getHoles() {
        return holes;
    }

    BsonArray toBson() {
        BsonArray rings = new BsonArray(holes.size() + 1);
        rings.add(Position.toBson(exterior));
        for (List<Position> hole : holes) {
            rings.add(Position.toBson(hole));
        }
        return rings;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolygonCoordinates that && exterior.equals(that.exterior) && holes.equals(that.holes);
    }

    @Override
    public int hashCode() {
        return 31 * exterior.hashCode() + holes.hashCode();
    }

    @Override
    public String toString() {
        return toBson().toString();
    }
}
