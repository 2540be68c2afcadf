package dev.rotor.driver.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.model.search.SearchCollector;
import dev.rotor.driver.model.search.SearchCount;
import dev.rotor.driver.model.search.SearchFacet;
import dev.rotor.driver.model.search.SearchHighlight;
import dev.rotor.driver.model.search.SearchOperator;
import dev.rotor.driver.model.search.SearchPath;
import dev.rotor.driver.model.search.SearchScore;
import dev.rotor.driver.model.search.SearchScoreExpression;
import dev.rotor.driver.model.search.VectorSearchOptions;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reviewed lists of what users of drivers expect each facade to offer. Whoever takes a method away, or adds one,
 * changes the list knowingly.
 */
class BuilderMethodsTest {

    /** A facade, and its public static methods: names, with the number of overloads if there are several. */
    static List<Arguments> facades() {
        return List.of(
                facade(
                        Filters.class,
                        "all/2 and/2 bitsAllClear bitsAllSet bitsAnyClear bitsAnySet elemMatch empty eq/2 exists/2 expr",
                        "geoIntersects/2 geoWithin/2 geoWithinBox geoWithinCenter geoWithinCenterSphere",
                        "geoWithinPolygon gt gte in/2 jsonSchema lt lte mod ne near/3 nearSphere/3 nin/2 nor/2 not",
                        "or/2 regex/3 size text/2 type/2 where"),
                facade(
                        Updates.class,
                        "addEachToSet addToSet bitwiseAnd/2 bitwiseOr/2 bitwiseXor/2 combine/2 currentDate",
                        "currentTimestamp inc max min mul popFirst popLast pull pullAll pullByFilter push pushEach/2",
                        "rename set/2 setOnInsert/2 unset"),
                facade(
                        Projections.class,
                        "computed computedSearchMeta elemMatch/2 exclude/2 excludeId fields/2 include/2 meta",
                        "metaSearchHighlights metaSearchScore metaTextScore metaVectorSearchScore slice/2"),
                facade(SearchIndexDefinition.class, "vectorSearch/2"),
                facade(VectorSearchIndexFields.class, "autoEmbedField filterField vectorField"),
                facade(Sorts.class, "ascending/2 descending/2 metaTextScore orderBy/2"),
                facade(Indexes.class, "ascending/2 compoundIndex/2 descending/2 geo2d geo2dsphere/2 hashed text/2"),
                facade(
                        Aggregates.class,
                        "addFields/2 bucket/2 bucketAuto/2 count/2 densify/2 documents facet/2 fill/2 geoNear/2",
                        "graphLookup/2 group/2 limit lookup/3 match merge/4 out/3 project replaceRoot replaceWith",
                        "rerank/2 sample score/2 scoreFusion/2 search/4 searchMeta/4 set/2 setWindowFields/2 skip",
                        "sort sortByCount unionWith unset/2 unwind/2 vectorSearch/3"),
                facade(
                        Accumulators.class,
                        "accumulator/5 addToSet avg bottom bottomN first firstN last lastN max maxN median",
                        "mergeObjects min minN percentile push stdDevPop stdDevSamp sum top topN"),
                facade(Windows.class, "documents/4 of range/9 timeRange/3"),
                facade(
                        WindowOutputFields.class,
                        "addToSet avg bottom bottomN count covariancePop covarianceSamp denseRank derivative",
                        "documentNumber expMovingAvg/2 first firstN integral last lastN linearFill locf max maxN",
                        "median min minN of percentile push rank shift stdDevPop stdDevSamp sum timeDerivative",
                        "timeIntegral top topN"),
                facade(DensifyRange.class, "fullRangeWithStep/2 of partitionRangeWithStep/2 rangeWithStep/2"),
                facade(FillOutputField.class, "linear locf of value"),
                facade(ScoreFusionCombination.class, "expression weighted"),
                facade(
                        SearchOperator.class,
                        "autocomplete/2 compound dateRange/2 equals/6 equalsNull exists in/7 moreLikeThis/2",
                        "near/6 numberRange/2 of phrase/2 queryString regex/2 text/2 vectorSearch",
                        "vectorSearchExact wildcard/2"),
                facade(SearchScore.class, "boost/2 constant function of"),
                facade(
                        SearchScoreExpression.class,
                        "addExpression constantExpression gaussExpression log1pExpression logExpression",
                        "multiplyExpression of pathExpression relevanceExpression"),
                facade(SearchFacet.class, "combineToBson dateFacet numberFacet of stringFacet"),
                facade(SearchCollector.class, "facet/2 of"),
                facade(SearchCount.class, "lowerBound of total"),
                facade(SearchHighlight.class, "of paths/2"),
                facade(SearchPath.class, "fieldPath wildcardPath"),
                facade(VectorSearchOptions.class, "approximateVectorSearchOptions exactVectorSearchOptions"));
    }

    private static Arguments facade(Class<?> type, String... methods) {
        return Arguments.of(type, String.join(" ", methods));
    }

    @ParameterizedTest
    @MethodSource("facades")
    void aFacadeOffersWhatItsListSays(Class<?> facade, String expected) {
        TreeMap<String, Integer> overloads = new TreeMap<>();
        for (String method : BuilderCase.methodsOf(facade)) {
            overloads.merge(method.substring(0, method.indexOf('(')), 1, Integer::sum);
        }
        StringBuilder offered = new StringBuilder();
        overloads.forEach((name, count) -> offered.append(name).append(count == 1 ? " " : "/" + count + " "));

        assertThat(offered.toString().strip()).isEqualTo(expected);
    }
}
