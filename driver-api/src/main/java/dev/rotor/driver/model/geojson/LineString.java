package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import java.util.List;
import org.bson.BsonArray;
import org.jspecify.annotations.Nullable;

/** A line from position to position. */
public final class LineString extends Geometry {

    private final List<Position> coordinates;

    /**
     * In the server's default reference system.
     *
     * @param coordinates at least two positions
     * @throws IllegalArgumentException if a line has fewer than two positions
     */
    public LineString(List<Position> coordinates) {
        this(null, coordinates);
    }

    /**
     * In a given reference system.
     *
     * @param coordinateReferenceSystem what the numbers mean; {@code null} for the server's default
     * @param coordinates at least two positions
     * @throws IllegalArgumentException if a line has fewer than two positions
     */
    public LineString(@Nullable CoordinateReferenceSystem coordinateReferenceSystem, List<Position> coordinates) {
        super(coordinateReferenceSystem);
        this.coordinates = Require.all("coordinates", coordinates);
        if (this.coordinates.size() < 2) {
            throw new IllegalArgumentException(
                    "coordinates must hold at least two positions, not " + this.coordinates.size());
        }
    }

    @Override
    public GeoJsonObjectType getType() {
        return GeoJsonObjectType.LINE_STRING;
    }

    /**
     * The coordinates.
     *
     * @return at least two positions; immutable
     */
    public List<Position> getCoordinates() {
        return coordinates;
    }

    @Override
    BsonArray content() {
        return Position.toBson(coordinates);
    }
}
