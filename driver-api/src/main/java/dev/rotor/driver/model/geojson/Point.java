package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import org.bson.BsonArray;
import org.jspecify.annotations.Nullable;

/** One position. */
public final class Point extends Geometry {

    private final Position coordinates;

    /**
     * In the server's default reference system.
     *
     * @param coordinates the position
     */
    public Point(Position coordinates) {
        this(null, coordinates);
    }

    /**
     * In a given reference system.
     *
     * @param coordinateReferenceSystem what the numbers mean; {@code null} for the server's default
     * @param coordinates the position
     */
    public Point(@Nullable CoordinateReferenceSystem coordinateReferenceSystem, Position coordinates) {
        super(coordinateReferenceSystem);
        this.coordinates = Require.nonNull("coordinates", coordinates);
    }

    @Override
    public GeoJsonObjectType getType() {
        return GeoJsonObjectType.POINT;
    }

    /**
     * The coordinates.
     *
     * @return the position; immutable
     */
    public Position getCoordinates() {
        return coordinates;
    }

    /**
     * The position, as {@link #getCoordinates()} gives it too.
     *
     * @return the position
     */
    public Position getPosition() {
        return coordinates;
    }

    @Override
    BsonArray content() {
        return coordinates.toBson();
    }
}
