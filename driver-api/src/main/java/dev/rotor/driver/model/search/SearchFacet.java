package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Require;
import java.time.Instant;
import org.bson.conversions.Bson;

/** A way to group the results of a search. */
public sealed interface SearchFacet extends WritableBson
        permits DateSearchFacet, NumberSearchFacet, SearchDocument, StringSearchFacet {
    /**
     * Groups by the most frequent strings.
     *
     * @param name the name of the facet; not empty
     * @param path the field
     * @return the facet
     */
    static StringSearchFacet stringFacet(String name, FieldSearchPath path) {
        return SearchParts.facet(name, "string", path, null);
    }

    /**
     * Groups by ranges of numbers.
     *
     * @param name the name of the facet; not empty
     * @param path the field
     * @param boundaries the boundaries of the ranges, ascending; at least two
     * @return the facet
     * @throws IllegalArgumentException if there are fewer than two boundaries
     */
    static NumberSearchFacet numberFacet(String name, FieldSearchPath path, Iterable<? extends Number> boundaries) {
        return SearchParts.facet(name, "number", path, SearchParts.two("boundaries", boundaries));
    }

    /**
     * Groups by ranges of dates.
     *
     * @param name the name of the facet; not empty
     * @param path the field
     * @param boundaries the boundaries of the ranges, ascending; at least two
     * @return the facet
     * @throws IllegalArgumentException if there are fewer than two boundaries
     */
    static DateSearchFacet dateFacet(String name, FieldSearchPath path, Iterable<Instant> boundaries) {
        return SearchParts.facet(name, "date", path, SearchParts.two("boundaries", boundaries));
    }

    /**
     * A facet of a kind that has no factory here yet.
     *
     * @param facet its name and definition
     * @return the facet
     */
    static SearchFacet of(Bson facet) {
        return new SearchDocument(Joined.of(Require.nonNull("facet", facet)));
    }

    /**
     * Makes one document of several facets.
     *
     * @param facets the facets
     * @return the document
     * @throws IllegalArgumentException if there is none; when it is used, also if two have the same name
     */
    static WritableBson combineToBson(Iterable<? extends SearchFacet> facets) {
        return new Joined(Joined.Rule.UNIQUE, Require.<Bson>some("facets", facets));
    }
}
