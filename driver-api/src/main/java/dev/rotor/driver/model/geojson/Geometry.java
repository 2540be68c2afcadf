package dev.rotor.driver.model.geojson;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** A GeoJSON geometry. Immutable, and equal to another one of the same kind, coordinates and reference system. */
public abstract sealed class Geometry
        permits GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon {

    private final @Nullable CoordinateReferenceSystem coordinateReferenceSystem;

    Geometry(@Nullable CoordinateReferenceSystem coordinateReferenceSystem) {
        this.coordinateReferenceSystem = coordinateReferenceSystem;
    }

    /**
     * Which kind of geometry it is.
     *
     * @return the kind
     */
    public abstract GeoJsonObjectType getType();

    /** What GeoJSON writes for it under {@code coordinates} or {@code geometries}. */
    abstract BsonArray content();

    /**
     * What the numbers mean.
     *
     * @return the reference system, or {@code null} for the server's default
     */
    public @Nullable CoordinateReferenceSystem getCoordinateReferenceSystem() {
        return coordinateReferenceSystem;
    }

    /**
     * As it is stored and sent.
     *
     * @return a new document
     */
    public BsonDocument toBsonDocument() {
        BsonDocument document =
                new BsonDocument("type", new BsonString(getType().getTypeName()));
        document.put(getType() == GeoJsonObjectType.GEOMETRY_COLLECTION ? "geometries" : "coordinates", content());
        if (coordinateReferenceSystem instanceof NamedCoordinateReferenceSystem named) {
            document.put(
                    "crs",
                    new BsonDocument("type", new BsonString(named.getType().getTypeName()))
                            .append("properties", new BsonDocument("name", new BsonString(named.getName()))));
        }
        return document;
    }

    /**
     * As GeoJSON text.
     *
     * @return the JSON
     */
    public String toJson() {
        return toBsonDocument().toJson();
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Geometry that && toBsonDocument().equals(that.toBsonDocument());
    }

    @Override
    public final int hashCode() {
        return toBsonDocument().hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
