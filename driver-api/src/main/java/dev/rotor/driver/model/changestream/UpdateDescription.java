package dev.rotor.driver.model.changestream;

import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What an update has changed in a document.
 *
 * @param updatedFields the fields that were set and their new values, without those of {@code truncatedArrays}; may be
 *     empty
 * @param removedFields the names of the fields that were removed; may be empty
 * @param truncatedArrays arrays that were cut off; may be empty: the server may show such an array in
 *     {@code updatedFields} instead
 * @param disambiguatedPaths for each path that can be read in two ways, an array of its parts, text for names and
 *     numbers for array indexes; {@code null} unless expanded events are asked for, on server 6.1
 */
public record UpdateDescription(
        BsonDocument updatedFields,
        List<String> removedFields,
        List<TruncatedArray> truncatedArrays,
        @Nullable BsonDocument disambiguatedPaths) {

    public UpdateDescription {
        Objects.requireNonNull(updatedFields, "updatedFields");
        removedFields = List.copyOf(removedFields);
        truncatedArrays = List.copyOf(truncatedArrays);
    }
}
