package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDatesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                " Sun, 06 Nov 1994 08:49:37 GMT\t"
            })
    void theThreeFormsAreRead(String text) {
        assertThat(HttpDates.parse(text, NOW)).isEqualTo("1994-11-06T08:49:37Z");
    }

    @Test
    void asctimeHasDaysOfTwoDigitsToo() {
        assertThat(HttpDates.parse("Wed Nov 16 08:49:37 1994", NOW)).isEqualTo("1994-11-16T08:49:37Z");
    }

    @ParameterizedTest
    @CsvSource({"76,2076", "77,1977", "26,2026", "99,1999", "00,2000"})
    void aYearOfTwoDigitsIsNotMoreThanFiftyYearsAhead(String written, int year) {
        Instant date = HttpDates.parse("Friday, 02-Jan-" + written + " 00:00:00 GMT", NOW);

        assertThat(date).isEqualTo(year + "-01-02T00:00:00Z");
    }

    @Test
    void lateInACenturyAYearOfTwoDigitsMayBeOfTheNext() {
        assertThat(HttpDates.parse("Friday, 02-Jan-05 00:00:00 GMT", Instant.parse("2090-01-01T00:00:00Z")))
                .isEqualTo("2105-01-02T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "yesterday",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "sun, 06 Nov 1994 08:49:37 GMT",
                "Son, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Okt 1994 08:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, \u0660\u0666 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
                "Xxx Nov  6 08:49:37 1994",
                ","
            })
    void whatIsNoDateIsNone(String text) {
        assertThat(HttpDates.parse(text, NOW)).isNull();
    }

    @Test
    void aLeapSecondIsTheLastOneOfItsMinute() {
        assertThat(HttpDates.parse("Sat, 31 Dec 2016 23:59:60 GMT", NOW)).isEqualTo("2016-12-31T23:59:59Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1994-11-06T08:49:37.999Z",
                "2000-02-29T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "1969-12-31T23:59:59Z"
            })
    void whatIsWrittenIsReadBackAndIsWhatTheJdkReads(String time) {
        Instant instant = Instant.parse(time);

        String text = Objects.requireNonNull(HttpDates.format(instant));

        assertThat(text).hasSize(29);
        assertThat(HttpDates.parse(text, NOW)).isEqualTo(instant.truncatedTo(ChronoUnit.SECONDS));
        assertThat(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .withZoneSameInstant(ZoneOffset.UTC)
                        .toEpochSecond())
                .isEqualTo(instant.getEpochSecond());
    }

    @Test
    void aYearThatCannotBeWrittenIsNotWritten() {
        assertThat(HttpDates.format(Instant.ofEpochMilli(Long.MAX_VALUE))).isNull();
        assertThat(HttpDates.format(Instant.ofEpochMilli(Long.MIN_VALUE))).isNull();
    }
}
