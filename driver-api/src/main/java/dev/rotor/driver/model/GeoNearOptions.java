package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** Options of {@code $geoNear}. Immutable: every method returns a changed copy. */
public final class GeoNearOptions extends Shaped {

    private static final GeoNearOptions EMPTY = new GeoNearOptions(Shape.EMPTY);

    private final Shape shape;

    private GeoNearOptions(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * Options of which none is set: everything is left to the server.
     *
     * @return the options
     */
    public static GeoNearOptions geoNearOptions() {
        return EMPTY;
    }

    /**
     * Multiplies every distance.
     *
     * @param distanceMultiplier the factor
     * @return a changed copy
     */
    public GeoNearOptions distanceMultiplier(Number distanceMultiplier) {
        return new GeoNearOptions(
                shape.with("distanceMultiplier", Require.nonNull("distanceMultiplier", distanceMultiplier)));
    }

    /**
     * Adds a field with the place that the distance was measured to.
     *
     * @param includeLocs the name of the field
     * @return a changed copy
     */
    public GeoNearOptions includeLocs(String includeLocs) {
        return new GeoNearOptions(shape.with("includeLocs", Literal.of(Require.path("includeLocs", includeLocs))));
    }

    /**
     * Chooses the indexed field, where there are several.
     *
     * @param key the field
     * @return a changed copy
     */
    public GeoNearOptions key(String key) {
        return new GeoNearOptions(shape.with("key", Literal.of(Require.path("key", key))));
    }

    /**
     * Leaves out what is nearer.
     *
     * @param minDistance the distance, in metres for a point
     * @return a changed copy
     */
    public GeoNearOptions minDistance(Number minDistance) {
        return new GeoNearOptions(shape.with("minDistance", Require.nonNull("minDistance", minDistance)));
    }

    /**
     * Leaves out what is farther away.
     *
     * @param maxDistance the distance, in metres for a point
     * @return a changed copy
     */
    public GeoNearOptions maxDistance(Number maxDistance) {
        return new GeoNearOptions(shape.with("maxDistance", Require.nonNull("maxDistance", maxDistance)));
    }

    /**
     * Leaves out documents that do not match a filter.
     *
     * @param query the filter
     * @return a changed copy
     */
    public GeoNearOptions query(Bson query) {
        return new GeoNearOptions(shape.with("query", Require.nonNull("query", query)));
    }

    /**
     * Measures on a sphere.
     *
     * @return a changed copy
     */
    public GeoNearOptions spherical() {
        return new GeoNearOptions(shape.with("spherical", Literal.of(true)));
    }
}
