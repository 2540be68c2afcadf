package dev.rotor.driver.model;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Aggregates#graphLookup(String, Object, String, String, String, GraphLookupOptions)}. Immutable.
 *
 * @param maxDepth how many steps to go at most; {@code null}: not sent
 * @param depthField the name of a field for the number of steps; {@code null}: not sent
 * @param restrictSearchWithMatch a filter of the documents that are looked at; {@code null}: not sent
 */
public record GraphLookupOptions(
        @Nullable Integer maxDepth, @Nullable String depthField, @Nullable Bson restrictSearchWithMatch) {

    /** Everything is left to the server. */
    public static final GraphLookupOptions DEFAULT = new GraphLookupOptions(null, null, null);

    /**
     * The same with another {@code maxDepth}.
     *
     * @param maxDepth how many steps to go at most; {@code null}: not sent
     * @return a copy
     */
    public GraphLookupOptions maxDepth(@Nullable Integer maxDepth) {
        return new GraphLookupOptions(maxDepth, depthField, restrictSearchWithMatch);
    }

    /**
     * The same with another {@code depthField}.
     *
     * @param depthField the name of a field for the number of steps; {@code null}: not sent
     * @return a copy
     */
    public GraphLookupOptions depthField(@Nullable String depthField) {
        return new GraphLookupOptions(maxDepth, depthField, restrictSearchWithMatch);
    }

    /**
     * The same with another {@code restrictSearchWithMatch}.
     *
     * @param restrictSearchWithMatch a filter of the documents that are looked at; {@code null}: not sent
     * @return a copy
     */
    public GraphLookupOptions restrictSearchWithMatch(@Nullable Bson restrictSearchWithMatch) {
        return new GraphLookupOptions(maxDepth, depthField, restrictSearchWithMatch);
    }

    @Override
    public String toString() {
        return OptionText.of(
                "GraphLookupOptions",
                "maxDepth",
                maxDepth,
                "depthField",
                depthField,
                "restrictSearchWithMatch",
                restrictSearchWithMatch);
    }
}
