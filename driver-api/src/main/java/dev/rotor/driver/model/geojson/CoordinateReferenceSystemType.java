package dev.rotor.driver.model.geojson;

/** How a coordinate reference system is given. */
public enum CoordinateReferenceSystemType {
    /** By its name. */
    NAME("name"),
    /** By a link to its definition. */
    LINK("link");

    private final String typeName;

    CoordinateReferenceSystemType(String typeName) {
        this.typeName = typeName;
    }

    /**
     * The word that GeoJSON has for it.
     *
     * @return {@code "name"} or {@code "link"}
     */
    public String getTypeName() {
        return typeName;
    }
}
