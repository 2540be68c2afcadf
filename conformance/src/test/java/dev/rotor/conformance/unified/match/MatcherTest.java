package dev.rotor.conformance.unified.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {

    private final FixedValues entities = new FixedValues();
    private final Matcher matcher = new Matcher(entities);

    @Test
    void aRootDocumentMayHaveMoreFieldsAndANestedOneMayNot() {
        assertThat(matches("{x: 1}", "{x: 1, y: 1}")).isTrue();
        assertThat(matches("{x: {y: 1}}", "{x: {y: 1, z: 1}}")).isFalse();
        assertThat(matcher.matches(json("{x: 1}"), json("{x: 1, y: 1}"), false)).isFalse();
    }

    @Test
    void anExpectedFieldMustBeThere() {
        assertThat(matches("{x: 1, y: 1}", "{x: 1}")).isFalse();
        assertThat(matches("{x: {y: 1, z: 1}}", "{x: {y: 1}}")).isFalse();
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() {
        assertThat(matches("{x: {a: 1, b: 2}}", "{x: {b: 2, a: 1}}")).isTrue();
    }

    @Test
    void arraysMustHaveTheSameElementsInOrder() {
        assertThat(matches("{x: [1, 2]}", "{x: [1, 2]}")).isTrue();
        assertThat(matches("{x: [1, 2]}", "{x: [2, 1]}")).isFalse();
        assertThat(matches("{x: [1, 2]}", "{x: [1, 2, 3]}")).isFalse();
        assertThat(matches("{x: [1, 2]}", "{x: [1]}")).isFalse();
        assertThat(matches("{x: [{a: 1}]}", "{x: [{a: 1, b: 1}]}")).isFalse();
        assertThat(matches("{x: [1]}", "{x: 1}")).isFalse();
    }

    @Test
    void documentsOfAnIterableAreRootDocumentsAndValuesOfAnArrayAreNot() {
        BsonArray actual = new BsonArray(List.of(json("{x: 1, y: 1}")));
        BsonValue expected = BsonArray.parse("[{x: 1}]");

        matcher.assertRootDocumentsMatch(expected, actual, "result");
        assertThat(matcher.matches(expected, actual, true)).isFalse();
    }

    @Test
    void numbersAreComparedByValueWhateverTheirType() {
        BsonValue[] ones = {new BsonInt32(1), new BsonInt64(1), new BsonDouble(1)};
        for (BsonValue one : ones) {
            for (BsonValue other : ones) {
                assertThat(matcher.matches(one, other, true)).isTrue();
            }
            assertThat(matcher.matches(one, new BsonDouble(1.5), true)).isFalse();
            assertThat(matcher.matches(one, new BsonInt64(2), true)).isFalse();
        }
        assertThat(matcher.matches(new BsonInt64((1L << 53) + 1), new BsonDouble(0x1p53), true))
                .isFalse();
        assertThat(matcher.matches(new BsonDouble(Double.NaN), new BsonDouble(Double.NaN), true))
                .isTrue();
        assertThat(matcher.matches(new BsonDouble(Double.NaN), new BsonInt32(0), true))
                .isFalse();
    }

    @Test
    void aDecimalIsNoOtherNumber() {
        BsonValue decimal = new BsonDecimal128(new Decimal128(1));

        assertThat(matcher.matches(decimal, new BsonInt32(1), true)).isFalse();
        assertThat(matcher.matches(new BsonInt32(1), decimal, true)).isFalse();
        assertThat(matcher.matches(decimal, new BsonDecimal128(new Decimal128(1)), true))
                .isTrue();
    }

    @Test
    void otherValuesMustBeEqualAndOfTheSameType() {
        assertThat(matches("{x: 'a'}", "{x: 'a'}")).isTrue();
        assertThat(matches("{x: 'a'}", "{x: 'b'}")).isFalse();
        assertThat(matches("{x: '1'}", "{x: 1}")).isFalse();
        assertThat(matches("{x: null}", "{x: null}")).isTrue();
        assertThat(matches("{x: null}", "{}")).isFalse();
        assertThat(matches("{x: true}", "{x: 1}")).isFalse();
        assertThat(matches("{x: {y: 1}}", "{x: 1}")).isFalse();
    }

    @Test
    void existsTrueNeedsTheFieldWhateverItsValue() {
        assertThat(matches("{x: {$$exists: true}}", "{x: 1}")).isTrue();
        assertThat(matches("{x: {$$exists: true}}", "{x: null}")).isTrue();
        assertThat(matches("{x: {$$exists: true}}", "{y: 1}")).isFalse();
    }

    @Test
    void existsFalseForbidsTheFieldWhateverItsValue() {
        assertThat(matches("{x: {$$exists: false}}", "{y: 1}")).isTrue();
        assertThat(matches("{x: {$$exists: false}}", "{x: 1}")).isFalse();
        assertThat(matches("{x: {$$exists: false}}", "{x: null}")).isFalse();
    }

    @Test
    void aFieldWithExistsCountsAsExpectedInANestedDocument() {
        assertThat(matches("{a: {x: {$$exists: true}}}", "{a: {x: 1}}")).isTrue();
        assertThat(matches("{a: {x: {$$exists: true}}}", "{a: {x: 1, y: 1}}")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | {x: 1}",
                "long | {x: {$numberLong: '1'}}",
                "double | {x: 1.5}",
                "decimal | {x: {$numberDecimal: '1'}}",
                "number | {x: {$numberDecimal: '1'}}",
                "number | {x: 1}",
                "string | {x: 'a'}",
                "object | {x: {}}",
                "array | {x: [1]}",
                "binData | {x: {$binary: {base64: '', subType: '00'}}}",
                "objectId | {x: {$oid: '000000000000000000000000'}}",
                "bool | {x: true}",
                "date | {x: {$date: 0}}",
                "null | {x: null}",
                "regex | {x: {$regularExpression: {pattern: 'a', options: ''}}}",
                "javascript | {x: {$code: 'a'}}",
                "javascriptWithScope | {x: {$code: 'a', $scope: {}}}",
                "timestamp | {x: {$timestamp: {t: 1, i: 1}}}",
                "minKey | {x: {$minKey: 1}}",
                "maxKey | {x: {$maxKey: 1}}",
                "undefined | {x: {$undefined: true}}",
                "symbol | {x: {$symbol: 'a'}}"
            })
    void typeKnowsAllTypes(String type, String actual) {
        assertThat(matches("{x: {$$type: '" + type + "'}}", actual)).isTrue();
        assertThat(matches("{x: {$$type: ['minKey', '" + type + "']}}", actual)).isTrue();
        String other = type.equals("string") ? "int" : "string";
        assertThat(matches("{x: {$$type: '" + other + "'}}", actual)).isFalse();
        assertThat(matches("{x: {$$type: '" + type + "'}}", "{}")).isFalse();
    }

    @Test
    void typeRefusesATypeThatItDoesNotKnow() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> matches("{x: {$$type: 'integer'}}", "{x: 1}"))
                .withMessageContaining("integer");
    }

    @Test
    void typeOfAnArrayIsNotThatOfItsElements() {
        assertThat(matches("{x: {$$type: 'int'}}", "{x: [1]}")).isFalse();
    }

    @Test
    void matchesEntityComparesWithWhatWasSaved() {
        entities.value("id", new BsonInt32(7)).value("document", json("{a: 1}"));

        assertThat(matches("{x: {$$matchesEntity: 'id'}}", "{x: 7}")).isTrue();
        assertThat(matches("{x: {$$matchesEntity: 'id'}}", "{x: 8}")).isFalse();
        assertThat(matches("{x: {$$matchesEntity: 'id'}}", "{}")).isFalse();
        assertThat(matches("{$$matchesEntity: 'document'}", "{a: 1, b: 1}")).isTrue();
        assertThat(matches("{x: {$$matchesEntity: 'document'}}", "{x: {a: 1, b: 1}}"))
                .isFalse();
    }

    @Test
    void matchesEntityRefusesANameThatIsNotThere() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> matches("{x: {$$matchesEntity: 'nobody'}}", "{x: 7}"));
    }

    @Test
    void matchesHexBytesComparesBytes() {
        BsonValue expected = json("{$$matchesHexBytes: '12aB'}");

        assertThat(matcher.matches(expected, new BsonBinary(new byte[] {0x12, (byte) 0xab}), true))
                .isTrue();
        assertThat(matcher.matches(expected, new BsonBinary(new byte[] {0x12}), true))
                .isFalse();
        assertThat(matcher.matches(json("{$$matchesHexBytes: '61'}"), new BsonString("a"), true))
                .isTrue();
        assertThat(matcher.matches(json("{$$matchesHexBytes: ''}"), new BsonString(""), true))
                .isTrue();
        assertThat(matcher.matches(json("{$$matchesHexBytes: ''}"), null, true)).isFalse();
        assertThat(matcher.matches(json("{$$matchesHexBytes: '01'}"), new BsonInt32(1), true))
                .isFalse();
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> matcher.matches(json("{$$matchesHexBytes: '123'}"), new BsonString(""), true));
    }

    @Test
    void unsetOrMatchesTakesNothingOrAMatch() {
        assertThat(matches("{x: {$$unsetOrMatches: 1}}", "{}")).isTrue();
        assertThat(matches("{x: {$$unsetOrMatches: 1}}", "{x: 1}")).isTrue();
        assertThat(matches("{x: {$$unsetOrMatches: 1}}", "{x: 2}")).isFalse();
        assertThat(matches("{x: {$$unsetOrMatches: 1}}", "{x: null}")).isFalse();
        assertThat(matches("{x: {$$unsetOrMatches: {$$type: 'int'}}}", "{x: 'a'}"))
                .isFalse();
        assertThat(matcher.matches(json("{$$unsetOrMatches: {a: 1}}"), null, true))
                .isTrue();
    }

    @Test
    void unsetOrMatchesDoesNotChangeWhetherADocumentIsARoot() {
        assertThat(matches("{$$unsetOrMatches: {a: 1}}", "{a: 1, b: 1}")).isTrue();
        assertThat(matches("{x: {$$unsetOrMatches: {a: 1}}}", "{x: {a: 1, b: 1}}"))
                .isFalse();
    }

    @Test
    void sessionLsidComparesWithThatOfTheSession() {
        BsonDocument lsid = new BsonDocument("id", new BsonBinary(new byte[16]));
        entities.session("session0", lsid);

        assertThat(matcher.matches(json("{lsid: {$$sessionLsid: 'session0'}}"), new BsonDocument("lsid", lsid), true))
                .isTrue();
        assertThat(matches("{lsid: {$$sessionLsid: 'session0'}}", "{lsid: {id: 1}}"))
                .isFalse();
        assertThat(matches("{lsid: {$$sessionLsid: 'session0'}}", "{}")).isFalse();
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> matches("{lsid: {$$sessionLsid: 'nobody'}}", "{lsid: {}}"));
    }

    @Test
    void lteTakesWhatIsNotGreater() {
        assertThat(matches("{x: {$$lte: 1}}", "{x: 1.0}")).isTrue();
        assertThat(matches("{x: {$$lte: 1}}", "{x: 0}")).isTrue();
        assertThat(matches("{x: {$$lte: 1}}", "{x: 1.1}")).isFalse();
        assertThat(matches("{x: {$$lte: 1}}", "{x: {$numberLong: '2'}}")).isFalse();
        assertThat(matches("{x: {$$lte: 1}}", "{x: '0'}")).isFalse();
        assertThat(matches("{x: {$$lte: 1}}", "{}")).isFalse();
        assertThatExceptionOfType(RunnerException.class).isThrownBy(() -> matches("{x: {$$lte: 'a'}}", "{x: 0}"));
    }

    @Test
    void matchAsDocumentReadsExtendedJsonAndAllowsNoMoreFields() {
        assertThat(matches("{x: {$$matchAsDocument: {a: 1}}}", "{x: '{\"a\": 1}'}"))
                .isTrue();
        assertThat(matches("{x: {$$matchAsDocument: {a: 1}}}", "{x: '{\"a\": 1, \"b\": 1}'}"))
                .isFalse();
        assertThat(matches("{x: {$$matchAsDocument: {a: 1}}}", "{x: '{\"a\": 2}'}"))
                .isFalse();
        assertThat(matches("{x: {$$matchAsDocument: {a: 1}}}", "{x: 'no JSON'}"))
                .isFalse();
        assertThat(matches("{x: {$$matchAsDocument: {a: 1}}}", "{x: {a: 1}}")).isFalse();
        assertThat(matches("{x: {$$matchAsDocument: {a: 1}}}", "{}")).isFalse();
    }

    @Test
    void matchAsRootAllowsMoreFieldsWhereverItStands() {
        assertThat(matches("{x: {$$matchAsRoot: {a: 1}}}", "{x: {a: 1, b: 1}}")).isTrue();
        assertThat(matches("{x: {$$matchAsRoot: {a: 1}}}", "{x: {a: 2, b: 1}}")).isFalse();
        assertThat(matches("{x: {$$matchAsDocument: {$$matchAsRoot: {a: 1}}}}", "{x: '{\"a\": 1, \"b\": 1}'}"))
                .isTrue();
    }

    @Test
    void anUnknownOperatorIsRefused() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> matches("{x: {$$almost: 1}}", "{x: 1}"))
                .withMessageContaining("$$almost");
    }

    @Test
    void aDocumentWithMoreThanAnOperatorIsADocument() {
        assertThat(matches("{x: {$$exists: true, y: 1}}", "{x: {y: 1}}")).isFalse();
    }

    @Test
    void aMismatchSaysWhere() {
        assertThatThrownBy(() -> matcher.assertMatches(json("{a: [{b: 1}]}"), json("{a: [{b: 2}]}"), true, ""))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a[0].b: expected 1 but there is 2");
    }

    @Test
    void anObjectIdIsComparedAsSuch() {
        BsonObjectId id = new BsonObjectId();

        assertThat(matcher.matches(id, new BsonObjectId(id.getValue()), true)).isTrue();
        assertThat(matcher.matches(id, new BsonObjectId(), true)).isFalse();
    }

    private boolean matches(String expected, @Nullable String actual) {
        return matcher.matches(json(expected), actual == null ? null : json(actual), true);
    }

    private static BsonDocument json(String text) {
        return BsonDocument.parse(text);
    }
}
