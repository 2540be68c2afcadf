package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

    private static final List<String> ALL = List.of("br", "zstd", "gzip");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "gzip|gzip",
                "gzip, br|br gzip",
                "gzip;q=1.0, br;q=0.5|gzip br",
                "gzip;q=0.501,br;q=0.5|gzip br",
                "*|br zstd gzip",
                "*;q=0.1, gzip;q=0.2|gzip br zstd",
                "gzip;q=0, *|br zstd",
                "gzip;q=0.0,br;q=0.000|~~",
                "identity|~~",
                "identity;q=1, *;q=0|~~",
                "identity;q=0.8, gzip;q=0.5|~~",
                "identity;q=0.5, gzip;q=0.8|gzip",
                "identity, gzip|gzip",
                "GZIP|gzip",
                "x-gzip|gzip",
                "gzip ; Q=0.5|gzip",
                "~~|~~",
                " , ,gzip|gzip",
                "deflate|~~",
                // A weight that is none: not accepted rather than accepted by mistake.
                "gzip;q=2|~~",
                "gzip;q=1.5|~~",
                "gzip;q=-1|~~",
                "gzip;q=|~~",
                "gzip;q=0.5000|~~",
                "gzip;level=9|~~",
                "gzip;q=abc|~~",
                "g zip, (br)|~~",
                "gzip, gzip;q=0|~~"
            })
    void whatAClientPrefersToThePlainFile(String header, String codings) {
        assertThat(AcceptEncoding.parse(header).preferred(ALL))
                .isEqualTo(codings.isEmpty() ? List.of() : List.of(codings.split(" ", -1)));
    }

    @Test
    void whoSaysNothingGetsThePlainFileButAcceptsAnyCoding() {
        assertThat(AcceptEncoding.parse(null).preferred(ALL)).isEmpty();
        assertThat(AcceptEncoding.parse(null).accepts(List.of("gzip"))).isTrue();
    }

    @Test
    void allCodingsOfAFileMustBeAccepted() {
        AcceptEncoding both = AcceptEncoding.parse("gzip, br;q=0.1");
        assertThat(both.accepts(List.of("br", "gzip"))).isTrue();
        assertThat(both.accepts(List.of("br", "zstd"))).isFalse();
        assertThat(AcceptEncoding.parse("*").accepts(List.of("br", "zstd"))).isTrue();
        assertThat(AcceptEncoding.parse("identity;q=1, *;q=0").accepts(List.of("gzip")))
                .isFalse();
        assertThat(AcceptEncoding.parse("").accepts(List.of("gzip"))).isFalse();
        assertThat(AcceptEncoding.parse("gzip").accepts(List.of("x-gzip"))).isTrue();
        assertThat(AcceptEncoding.parse("").accepts(List.of())).isTrue();
    }
}
