package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import java.util.List;
import org.bson.BsonArray;
import org.jspecify.annotations.Nullable;

/** Several geometries of any kind. */
public final class GeometryCollection extends Geometry {

    private final List<? extends Geometry> geometries;

    /**
     * In the server's default reference system.
     *
     * @param geometries the geometries
     */
    public GeometryCollection(List<? extends Geometry> geometries) {
        this(null, geometries);
    }

    /**
     * In a given reference system.
     *
     * @param coordinateReferenceSystem what the numbers mean; {@code null} for the server's default
     * @param geometries the geometries
     */
    public GeometryCollection(
            @Nullable CoordinateReferenceSystem coordinateReferenceSystem, List<? extends Geometry> geometries) {
        super(coordinateReferenceSystem);
        this.geometries = Require.all("geometries", geometries);
    }

    @Override
    public GeoJsonObjectType getType() {
        return GeoJsonObjectType.GEOMETRY_COLLECTION;
    }

    /**
     * What it holds.
     *
     * @return the geometries; immutable
     */
    public List<? extends Geometry> getGeometries() {
        return geometries;
    }

    @Override
    BsonArray content() {
        BsonArray all = new BsonArray(geometries.size());
        for (Geometry geometry : geometries) {
            all.add(geometry.toBsonDocument());
        }
        return all;
    }
}
