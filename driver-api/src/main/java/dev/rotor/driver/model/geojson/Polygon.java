package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import java.util.List;
import org.bson.BsonArray;
import org.jspecify.annotations.Nullable;

/** An area, which may have holes. */
public final class Polygon extends Geometry {

    private final PolygonCoordinates coordinates;

    /**
     * In the server's default reference system.
     *
     * @param exterior the area's border, a ring of at least four positions
     * @param holes the borders of its holes
     * @throws IllegalArgumentException if one of them is no ring
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // It is only read.
    public Polygon(List<Position> exterior, List<Position>... holes) {
        this(new PolygonCoordinates(exterior, holes));
    }

    /**
     * In the server's default reference system.
     *
     * @param exterior the area's border, a ring of at least four positions
     * @param holes the borders of its holes
     * @throws IllegalArgumentException if one of them is no ring
     */
    public Polygon(List<Position> exterior, List<List<Position>> holes) {
        this(new PolygonCoordinates(exterior, holes));
    }

    /**
     * In the server's default reference system.
     *
     * @param coordinates the rings
     */
    public Polygon(PolygonCoordinates coordinates) {
        this(null, coordinates);
    }

    /**
     * In a given reference system.
     *
     * @param coordinateReferenceSystem what the numbers mean; {@code null} for the server's default
     * @param coordinates the rings
     */
    public Polygon(@Nullable CoordinateReferenceSystem coordinateReferenceSystem, PolygonCoordinates coordinates) {
        super(coordinateReferenceSystem);
        this.coordinates = Require.nonNull("coordinates", coordinates);
    }

    @Override
    public GeoJsonObjectType getType() {
        return GeoJsonObjectType.POLYGON;
    }

    /**
     * The coordinates.
     *
     * @return the rings; immutable
     */
    public PolygonCoordinates getCoordinates() {
        return coordinates;
    }

    /**
     * The border of the area.
     *
     * @return an immutable ring
     */
    public List<Position> getExterior() {
        return coordinates.getExterior();
    }

    /**
     * The borders of the holes.
     *
     * @return an immutable list of rings
     */
    public List<List<Position>> getHoles() {
        return coordinates.getHoles();
    }

    @Override
    BsonArray content() {
        return coordinates.toBson();
    }
}
