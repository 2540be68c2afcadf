package dev.rotor.driver.model.geojson;

import dev.rotor.driver.model.internal.Require;
import org.jspecify.annotations.Nullable;

/** A coordinate reference system that is known by its name. */
public final class NamedCoordinateReferenceSystem implements CoordinateReferenceSystem {

    /** Longitude and latitude in degrees; the server's default. */
    public static final NamedCoordinateReferenceSystem EPSG_4326 = new NamedCoordinateReferenceSystem("EPSG:4326");

    /** Longitude and latitude in degrees, under its OGC name. */
    public static final NamedCoordinateReferenceSystem CRS_84 =
            new NamedCoordinateReferenceSystem("urn:ogc:def:crs:OGC:1.3:CRS84");

    /** Longitude and latitude in degrees, where polygons must wind counterclockwise and may exceed a hemisphere. */
    public static final NamedCoordinateReferenceSystem EPSG_4326_STRICT_WINDING =
            new NamedCoordinateReferenceSystem("urn:x-mongodb:crs:strictwinding:EPSG:4326");

    private final String name;

    /**
     * The system of this name.
     *
     * @param name the name
     */
    public NamedCoordinateReferenceSystem(String name) {
        this.name = Require.nonNull("name", name);
    }

    @Override
    public CoordinateReferenceSystemType getType() {
        return CoordinateReferenceSystemType.NAME;
    }

    /**
     * The name.
     *
     * @return for example {@code "EPSG:4326"}
     */
    public String getName() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedCoordinateReferenceSystem that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
