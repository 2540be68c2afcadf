package dev.rotor.driver.model;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Updates#pushEach(String, java.util.List, PushOptions)}. Immutable: every method returns a changed
 * copy.
 *
 * @param position where in the array the values go, from its end if negative; {@code null} for the end
 * @param slice how many elements to keep, the last ones if negative; {@code null} for all
 * @param sort 1 or -1 to sort the array's elements as wholes; {@code null} not to
 * @param sortDocument how to sort elements that are documents; {@code null} not to
 */
public record PushOptions(
        @Nullable Integer position, @Nullable Integer slice, @Nullable Integer sort, @Nullable Bson sortDocument) {

    /** Appends, keeps all elements, and leaves them in their order. */
    public static final PushOptions DEFAULT = new PushOptions(null, null, null, null);

    /**
     * All options at once.
     *
     * @throws IllegalArgumentException if both sort and sortDocument are there
     */
    public PushOptions {
        if (sort != null && sortDocument != null) {
            throw new IllegalArgumentException("sort and sortDocument exclude each other");
        }
    }

    /**
     * Sets where the values go.
     *
     * @param position an index, from the end if negative; {@code null} for the end
     * @return a changed copy
     */
    public PushOptions position(@Nullable Integer position) {
        return new PushOptions(position, slice, sort, sortDocument);
    }

    /**
     * Sets how many elements are kept.
     *
     * @param slice how many, the last ones if negative; {@code null} for all
     * @return a changed copy
     */
    public PushOptions slice(@Nullable Integer slice) {
        return new PushOptions(position, slice, sort, sortDocument);
    }

    /**
     * Sorts the elements as wholes.
     *
     * @param sort 1 ascending, -1 descending; {@code null} not to
     * @return a changed copy
     * @throws IllegalArgumentException if a sort document is set
     */
    public PushOptions sort(@Nullable Integer sort) {
        return new PushOptions(position, slice, sort, sortDocument);
    }

    /**
     * Sorts elements that are documents.
     *
     * @param sortDocument by which fields; {@code null} not to
     * @return a changed copy
     * @throws IllegalArgumentException if a sort is set
     */
    public PushOptions sortDocument(@Nullable Bson sortDocument) {
        return new PushOptions(position, slice, sort, sortDocument);
    }

    @Override
    public String toString() {
        return OptionText.of(
                "PushOptions", "position", position, "slice", slice, "sort", sort, "sortDocument", sortDocument);
    }
}
