package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** Groups the results of a search. */
public sealed interface SearchCollector extends WritableBson permits SearchDocument, SearchElement {
    /**
     * Groups what an operator finds.
     *
     * @param operator the operator
     * @param facets the facets
     * @return the collector
     * @throws IllegalArgumentException if there is no facet
     */
    static SearchCollector facet(SearchOperator operator, Iterable<? extends SearchFacet> facets) {
        return new SearchElement(
                "facet",
                Shape.of("operator", Require.nonNull("operator", operator))
                        .with("facets", SearchFacet.combineToBson(facets)));
    }

    /**
     * Groups everything.
     *
     * @param facets the facets
     * @return the collector
     * @throws IllegalArgumentException if there is no facet
     */
    static SearchCollector facet(Iterable<? extends SearchFacet> facets) {
        return new SearchElement("facet", Shape.of("facets", SearchFacet.combineToBson(facets)));
    }

    /**
     * A collector of a kind that has no factory here yet.
     *
     * @param collector its name and definition
     * @return the collector
     */
    static SearchCollector of(Bson collector) {
        return new SearchDocument(Joined.of(Require.nonNull("collector", collector)));
    }
}
