package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.BsonArray;
import org.jspecify.annotations.Nullable;

/** Several lines. */
public final class MultiLineString extends Geometry {

    private final List<List<Position>> coordinates;

    /**
     * In the server's default reference system.
     *
     * @param coordinates the lines
     * @throws IllegalArgumentException if a line has fewer than two positions
     */
    public MultiLineString(List<List<Position>> coordinates) {
        this(null, coordinates);
    }

    /**
     * In a given reference system.
     *
     * @param coordinateReferenceSystem what the numbers mean; {@code null} for the server's default
     * @param coordinates the lines
     * @throws IllegalArgumentException if a line has fewer than two positions
     */
    public MultiLineString(
            @Nullable CoordinateReferenceSystem coordinateReferenceSystem, List<List<Position>> coordinates) {
        super(coordinateReferenceSystem);
        List<List<Position>> lines = new ArrayList<>();
        for (List<Position> line : Require.<List<Position>>all("coordinates", coordinates)) {
            lines.add(new LineString(line).getCoordinates());
        }
        this.coordinates = Collections.unmodifiableList(lines);
    }

    @Override
    public GeoJsonObjectType getType() {
        return GeoJsonObjectType.MULTI_LINE_STRING;
    }

    /**
     * The coordinates.
     *
     * @return the lines; immutable
     */
    public List<List<Position>> getCoordinates() {
        return coordinates;
    }

    @Override
    BsonArray content() {
        BsonArray lines = new BsonArray(coordinates.size());
        for (List<Position> line : coordinates) {
            lines.add(Position.toBson(line));
        }
        return lines;
    }
}
