package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** Which highlights a search gives. Immutable. */
public sealed interface SearchHighlight extends WritableBson permits SearchDocument {
    /**
     * Highlights in these fields.
     *
     * @param path a field
     * @param paths more fields
     * @return the highlights
     */
    static SearchHighlight paths(SearchPath path, SearchPath... paths) {
        return paths(Require.join("path", path, "paths", paths));
    }

    /**
     * Highlights in these fields.
     *
     * @param paths the fields
     * @return the highlights
     * @throws IllegalArgumentException if there is none
     */
    static SearchHighlight paths(Iterable<? extends SearchPath> paths) {
        return new SearchDocument(Shape.of("path", SearchParts.paths(paths)));
    }

    /**
     * Highlights of a kind that has no factory here yet.
     *
     * @param highlight their definition
     * @return the highlights
     */
    static SearchHighlight of(Bson highlight) {
        return new SearchDocument(Joined.of(Require.nonNull("highlight", highlight)));
    }

    /**
     * Sets how many characters of a document are looked at.
     *
     * @param maxCharsToExamine by default 500000
     * @return a changed copy
     */
    SearchHighlight maxCharsToExamine(int maxCharsToExamine);

    /**
     * Sets how many passages a document has at most.
     *
     * @param maxNumPassages by default 5
     * @return a changed copy
     */
    SearchHighlight maxNumPassages(int maxNumPassages);
}
