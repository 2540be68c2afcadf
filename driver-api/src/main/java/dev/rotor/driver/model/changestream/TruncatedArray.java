package dev.rotor.driver.model.changestream;

import java.util.Objects;

/**
 * An array that an update has cut off.
 *
 * @param field the array's field, dotted if it is an inner one
 * @param newSize how many elements it has now
 */
public record TruncatedArray(String field, int newSize) {

    public TruncatedArray {
        Objects.requireNonNull(field, "field");
    }
}
