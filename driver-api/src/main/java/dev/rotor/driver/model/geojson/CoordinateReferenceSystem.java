package dev.rotor.driver.model.geojson;

/** What the numbers of a geometry mean. */
public sealed interface CoordinateReferenceSystem permits NamedCoordinateReferenceSystem {

    /**
     * How it is given.
     *
     * @return the way
     */
    CoordinateReferenceSystemType getType();
}
