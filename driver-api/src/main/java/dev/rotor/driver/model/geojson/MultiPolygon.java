package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import java.util.List;
import org.bson.BsonArray;
import org.jspecify.annotations.Nullable;

/** Several areas. */
public final class MultiPolygon extends Geometry {

    private final List<PolygonCoordinates> coordinates;

    /**
     * In the server's default reference system.
     *
     * @param coordinates the areas
     */
    public MultiPolygon(List<PolygonCoordinates> coordinates) {
        this(null, coordinates);
    }

    /**
     * In a given reference system.
     *
     * @param coordinateReferenceSystem what the numbers mean; {@code null} for the server's default
     * @param coordinates the areas
     */
    public MultiPolygon(
            @Nullable CoordinateReferenceSystem coordinateReferenceSystem, List<PolygonCoordinates> coordinates) {
        super(coordinateReferenceSystem);
        this.coordinates = Require.all("coordinates", coordinates);
    }

    @Override
    public GeoJsonObjectType getType() {
        return GeoJsonObjectType.MULTI_POLYGON;
    }

    /**
     * The coordinates.
     *
     * @return the areas; immutable
     */
    public List<PolygonCoordinates> getCoordinates() {
        return coordinates;
    }

    @Override
    BsonArray content() {
        BsonArray areas = new BsonArray(coordinates.size());
        for (PolygonCoordinates area : coordinates) {
            areas.add(area.toBson());
        }
        return areas;
    }
}
