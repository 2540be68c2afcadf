package dev.rotor.driver.model;

import static org.assertj.core.api.Assertions.assertThat;

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
                facade(Sorts.class, "ascending/2 descending/2 metaTextScore orderBy/2"),
                facade(Indexes.class, "ascending/2 compoundIndex/2 descending/2 geo2d geo2dsphere/2 hashed text/2"));
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
