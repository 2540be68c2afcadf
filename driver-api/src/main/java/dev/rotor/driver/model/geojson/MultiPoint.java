package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import java.util.List;
import org.bson.BsonArray;
import org.jspecify.annotations.Nullable;

/** Several positions. */
public final class MultiPoint extends Geometry {

    private final List<Position> coordinates;

    /**
     * In the server's default reference system.
     *
     * @param coordinates the positions
     */
    public MultiPoint(List<Position> coordinates) {
        this(null, coordinates);
    }

    /**
     * In a given reference system.
     *
     * @param coordinateReferenceSystem what the numbers mean; {@code null} for the server's default
     * @param coordinates the positions
     */
    public MultiPoint(@Nullable CoordinateReferenceSystem coordinateReferenceSystem, List<Position> coordinates) {
        super(coordinateReferenceSystem);
        this.coordinates = Require.all("coordinates", coordinates);
    }

    @Override
    public GeoJsonObjectType getType() {
        return GeoJsonObjectType.MULTI_POINT;
    }

    /**
     * The coordinates.
     *
     * @return the positions; immutable
     */
    public List<Position> getCoordinates() {
        return coordinates;
    }

    @Override
    BsonArray content() {
        return Position.toBson(coordinates);
    }
}
