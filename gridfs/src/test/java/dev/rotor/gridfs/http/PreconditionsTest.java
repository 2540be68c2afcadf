package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.gridfs.http.Preconditions.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file has the tag {@code "v1"} and was stored on 6 November 1994, 08:49:37.5. */
class PreconditionsTest {

    private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final String EXACT = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String AFTER = "Sun, 06 Nov 1994 08:49:38 GMT";

    private static Preconditions given(String... headers) {
        return about(new EntityTag("v1", false), Instant.parse("1994-11-06T08:49:37.5Z"), headers);
    }

    private static Preconditions about(@Nullable EntityTag tag, @Nullable Instant modified, String... headers) {
        return at("2026-01-01T00:00:00Z", tag, modified, headers);
    }

    private static Preconditions at(
            String now, @Nullable EntityTag tag, @Nullable Instant modified, String... headers) {
        Map<String, List<String>> fields = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], List.of(headers[i + 1]));
        }
        return new Preconditions(new GridFsHttpRequest("GET", "/", fields), tag, modified, Instant.parse(now));
    }

    @Test
    void withoutConditionsAllHold() {
        assertThat(given().outcome()).isEqualTo(Outcome.HOLD);
        assertThat(given().rangesApply()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"v1\"|HOLD",
                "\"v0\", \"v1\"|HOLD",
                "\"v0\" ,, \t\"v1\"|HOLD",
                "*|HOLD",
                "\"v2\"|FAILED",
                // Only a strong tag says that nothing has changed.
                "W/\"v1\"|FAILED",
                "v1|FAILED",
                "\"v1|FAILED",
                "\"v 1\"|FAILED",
                "rubbish, \"v1\"|FAILED"
            })
    void ifMatch(String header, Outcome outcome) {
        assertThat(given("If-Match", header).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"v1\"|NOT_MODIFIED",
                "W/\"v1\"|NOT_MODIFIED",
                "\"v0\",\"v1\"|NOT_MODIFIED",
                "\"a,b\", \"v1\"|NOT_MODIFIED",
                "*|NOT_MODIFIED",
                "\"v2\"|HOLD",
                "v1|HOLD",
                "w/\"v1\"|HOLD",
                "\"\"|HOLD"
            })
    void ifNoneMatch(String header, Outcome outcome) {
        assertThat(given("If-None-Match", header).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {BEFORE + "|HOLD", EXACT + "|NOT_MODIFIED", AFTER + "|NOT_MODIFIED", "never|HOLD"})
    void ifModifiedSinceComparesSeconds(String header, Outcome outcome) {
        assertThat(given("If-Modified-Since", header).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {BEFORE + "|FAILED", EXACT + "|HOLD", AFTER + "|HOLD", "never|HOLD"})
    void ifUnmodifiedSinceComparesSeconds(String header, Outcome outcome) {
        assertThat(given("If-Unmodified-Since", header).outcome()).isEqualTo(outcome);
    }

    @Test
    void aTagGoesBeforeADate() {
        assertThat(given("If-Match", "\"v1\"", "If-Unmodified-Since", BEFORE).outcome())
                .isEqualTo(Outcome.HOLD);
        assertThat(given("If-Match", "\"v2\"", "If-Unmodified-Since", AFTER).outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(given("If-None-Match", "\"v2\"", "If-Modified-Since", AFTER).outcome())
                .isEqualTo(Outcome.HOLD);
        assertThat(given("If-None-Match", "\"v1\"", "If-Modified-Since", BEFORE).outcome())
                .isEqualTo(Outcome.NOT_MODIFIED);
    }

    @Test
    void whatMustBeSoGoesBeforeWhatMustNot() {
        assertThat(given("If-Match", "\"v2\"", "If-None-Match", "\"v1\"").outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(given("If-Unmodified-Since", BEFORE, "If-None-Match", "\"v1\"")
                        .outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(given("If-Match", "*", "If-None-Match", "*").outcome()).isEqualTo(Outcome.NOT_MODIFIED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"v1\"|true",
                "\"v2\"|false",
                "W/\"v1\"|false",
                "\"v1\", \"v2\"|false",
                "*|false",
                EXACT + "|true",
                AFTER + "|false",
                BEFORE + "|false",
                "rubbish|false"
            })
    void ifRangeWantsExactlyWhatTheClientHas(String header, boolean applies) {
        assertThat(given("If-Range", header).rangesApply()).isEqualTo(applies);
    }

    @ParameterizedTest
    @CsvSource({
        "1994-11-06T08:49:37.6Z,false",
        "1994-11-06T08:50:36.9Z,false",
        "1994-11-06T08:50:37Z,true",
        "1994-11-06T08:50:38Z,true"
    })
    void aDateTellsFilesApartOnlyWhenItIsAMinuteOld(String now, boolean applies) {
        EntityTag tag = new EntityTag("v1", false);
        Instant modified = Instant.parse("1994-11-06T08:49:37.5Z");

        assertThat(at(now, tag, modified, "If-Range", EXACT).rangesApply()).isEqualTo(applies);
        assertThat(at(now, tag, modified, "If-Range", "\"v1\"").rangesApply()).isTrue();
    }

    @Test
    void aFileWithoutTagOrDateMatchesNoneOfThem() {
        for (String date : List.of(BEFORE, EXACT, AFTER)) {
            assertThat(about(null, null, "If-Modified-Since", date).outcome()).isEqualTo(Outcome.HOLD);
            assertThat(about(null, null, "If-Unmodified-Since", date).outcome()).isEqualTo(Outcome.HOLD);
            assertThat(about(null, null, "If-Range", date).rangesApply()).isFalse();
        }
        assertThat(about(null, null, "If-Match", "\"v1\"").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(about(null, null, "If-None-Match", "\"v1\"").outcome()).isEqualTo(Outcome.HOLD);
        assertThat(about(null, null, "If-Match", "*").outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void aWeakTagMatchesWeaklyOnly() {
        EntityTag weak = new EntityTag("v1", true);

        assertThat(about(weak, null, "If-None-Match", "\"v1\"").outcome()).isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(about(weak, null, "If-Match", "\"v1\"").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(about(weak, null, "If-Range", "W/\"v1\"").rangesApply()).isFalse();
    }

    @Test
    void severalLinesAreOneList() {
        GridFsHttpRequest request =
                new GridFsHttpRequest("GET", "/", Map.of("if-none-match", List.of("\"v0\"", "\"v1\"")));

        assertThat(new Preconditions(request, new EntityTag("v1", false), null, Instant.EPOCH).outcome())
                .isEqualTo(Outcome.NOT_MODIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"x\"", "W/\"x\"", "\"!#$%&'()*+,-./:;<=>?@[]^`{|}~\\\"", "\"\u00e9\""})
    void tagsAreReadAsTheyAreWritten(String text) {
        assertThat(EntityTag.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "x", "\"a\" ", "W/", "W/x", "\"a\"b", "\"a b\"", "\"a\r\n\""})
    void whatIsNoTagIsNone(String text) {
        // White space at the ends belongs to the field, not to the tag.
        assertThat(EntityTag.parse(text) == null).isEqualTo(!text.equals("\"a\" "));
    }
}
