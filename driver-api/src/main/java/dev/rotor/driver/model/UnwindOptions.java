package dev.rotor.driver.model;

import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Aggregates#unwind(String, UnwindOptions)}. Immutable.
 *
 * @param preserveNullAndEmptyArrays whether documents stay whose field is null, missing or an empty array;
 *     {@code null}: not sent
 * @param includeArrayIndex the name of a field for the index in the array; {@code null}: not sent
 */
public record UnwindOptions(@Nullable Boolean preserveNullAndEmptyArrays, @Nullable String includeArrayIndex) {

    /** Everything is left to the server. */
    public static final UnwindOptions DEFAULT = new UnwindOptions(null, null);

    /**
     * The same with another {@code preserveNullAndEmptyArrays}.
     *
     * @param preserveNullAndEmptyArrays whether documents stay whose field is null, missing or an empty array;
     *     {@code null}: not sent
     * @return a copy
     */
    public UnwindOptions preserveNullAndEmptyArrays(@Nullable Boolean preserveNullAndEmptyArrays) {
        return new UnwindOptions(preserveNullAndEmptyArrays, includeArrayIndex);
    }

    /**
     * The same with another {@code includeArrayIndex}.
     *
     * @param includeArrayIndex the name of a field for the index in the array; {@code null}: not sent
     * @return a copy
     */
    public UnwindOptions includeArrayIndex(@Nullable String includeArrayIndex) {
        return new UnwindOptions(preserveNullAndEmptyArrays, includeArrayIndex);
    }

    @Override
    public String toString() {
        return OptionText.of(
                "UnwindOptions",
                "preserveNullAndEmptyArrays",
                preserveNullAndEmptyArrays,
                "includeArrayIndex",
                includeArrayIndex);
    }
}
