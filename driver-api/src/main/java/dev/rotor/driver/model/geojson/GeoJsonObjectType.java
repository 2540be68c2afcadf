package dev.rotor.driver.model.geojson;

/** The kinds of geometry. */
public enum GeoJsonObjectType {
    /** Several geometries of any kind. */
    GEOMETRY_COLLECTION("GeometryCollection"),
    /** A line through positions. */
    LINE_STRING("LineString"),
    /** Several lines. */
    MULTI_LINE_STRING("MultiLineString"),
    /** Several points. */
    MULTI_POINT("MultiPoint"),
    /** Several polygons. */
    MULTI_POLYGON("MultiPolygon"),
    /** One position. */
    POINT("Point"),
    /** An area, which may have holes. */
    POLYGON("Polygon");

    private final String typeName;

    GeoJsonObjectType(String typeName) {
        this.typeName = typeName;
    }

    /**
     * The word that GeoJSON has for it.
     *
     * @return for example {@code "Point"}
     */
    public String getTypeName() {
        return typeName;
    }
}
