package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.gridfs.http.Ranges.Kind;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {

    private static Ranges parse(String header) {
        return Ranges.parse(header, 1000, 16);
    }

    private static String text(Ranges ranges) {
        return ranges.kind() == Kind.PARTS
                ? ranges.parts().stream()
                        .map(part -> part.first() + "-" + part.last())
                        .collect(Collectors.joining(" "))
                : ranges.kind().name();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-499|0-499",
                "bytes=500-999|500-999",
                "bytes=-500|500-999",
                "bytes=9500-|UNSATISFIABLE",
                "bytes=500-|500-999",
                "bytes=0-0|0-0",
                "bytes=999-999|999-999",
                "bytes=0-999999|0-999",
                "bytes=-1001|0-999",
                "bytes=-1|999-999",
                "BYTES=0-1|0-1",
                "bytes = 0-1|0-1",
                "bytes=0-99999999999999999999999999|0-999",
                "bytes=-99999999999999999999999999|0-999",
                "bytes=99999999999999999999999999-|UNSATISFIABLE",
                "bytes=1000-|UNSATISFIABLE",
                "bytes=1000-1000,-0|UNSATISFIABLE",
                "bytes=-0|UNSATISFIABLE",
                "bytes=00000000000000000000000000000000000005-5|5-5"
            })
    void oneRange(String header, String parts) {
        assertThat(text(parse(header))).isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0,-1|0-0 999-999",
                "bytes=500-600,900-999|500-600 900-999",
                "bytes=900-999, 500-600|900-999 500-600",
                "bytes=0-10,2000-3000|0-10",
                "bytes=2000-,5-6,3000-|5-6",
                "bytes=,0-10,,\t20-30,|0-10 20-30",
                // Overlapping and touching ones become one, where the first of them was.
                "bytes=500-600,601-999|500-999",
                "bytes=500-700,601-999|500-999",
                "bytes=0-0,0-0,0-0,0-0|0-0",
                "bytes=0-,0-,0-,0-|0-999",
                "bytes=100-200,900-950,150-300,0-50|100-300 900-950 0-50",
                "bytes=900-950,150-300,0-50,100-200|900-950 100-300 0-50",
                "bytes=10-20,0-100,30-40|0-100",
                "bytes=0-999,-1000,5-|0-999"
            })
    void severalRanges(String header, String parts) {
        assertThat(text(parse(header))).isEqualTo(parts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=0-b",
                "bytes=a-",
                "bytes=--1",
                "bytes=1--1",
                "bytes=+0-5",
                "bytes=0-+5",
                "bytes=0x0-5",
                "bytes=5-4",
                "bytes=0 - 5",
                "bytes=0-5 6-7",
                "bytes=0-5;6-7",
                "bytes=0-1,5-4",
                "bytes=0-1,rubbish",
                "bytes=5",
                "bytes=\u0665-\u0666",
                "lines=0-5",
                "bytes=0-1=2",
                "=0-5",
                "bytes 0-5/10"
            })
    void aFieldThatMakesNoSenseIsAsIfItWereNotThere(String header) {
        assertThat(parse(header)).isEqualTo(Ranges.WHOLE);
    }

    @Test
    void withoutTheFieldAllIsSent() {
        assertThat(Ranges.parse(null, 1000, 16)).isEqualTo(Ranges.WHOLE);
    }

    @Test
    void tooManyRangesAreTooMuchWork() {
        String sixteen =
                IntStream.range(0, 16).mapToObj(i -> i * 10 + "-" + i * 10).collect(Collectors.joining(","));

        assertThat(parse("bytes=" + sixteen).parts()).hasSize(16);
        assertThat(parse("bytes=" + sixteen + ",999-")).isEqualTo(Ranges.WHOLE);
        assertThat(parse("bytes=" + "2000-,".repeat(17))).isEqualTo(Ranges.WHOLE);
        assertThat(parse("bytes=" + ",".repeat(100_000) + "1-1").parts()).hasSize(1);
    }

    @Test
    void anEmptyFileHasNoParts() {
        assertThat(Ranges.parse("bytes=0-", 0, 16).kind()).isEqualTo(Kind.UNSATISFIABLE);
        assertThat(Ranges.parse("bytes=0-0", 0, 16).kind()).isEqualTo(Kind.UNSATISFIABLE);
        assertThat(Ranges.parse("bytes=-5", 0, 16).kind())
                .as("that part of it is empty, which Content-Range cannot tell")
                .isEqualTo(Kind.WHOLE);
    }

    @Test
    void theLargestFileThereCanBeHasALastByte() {
        Ranges last = Ranges.parse("bytes=-1", Long.MAX_VALUE, 16);

        assertThat(text(last)).isEqualTo((Long.MAX_VALUE - 1) + "-" + (Long.MAX_VALUE - 1));
        assertThat(last.parts().get(0).length()).isEqualTo(1);
        assertThat(text(Ranges.parse("bytes=0-" + Long.MAX_VALUE, Long.MAX_VALUE, 16)))
                .isEqualTo("0-" + (Long.MAX_VALUE - 1));
    }

    @Test
    void whateverIsAskedForNoByteIsSentTwiceAndNoneThatIsNotThere() {
        Random random = new Random(5);
        String letters = "0123456789-,- ,";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder("bytes=");
            for (int n = random.nextInt(20); n >= 0; n--) {
                header.append(letters.charAt(random.nextInt(letters.length())));
            }
            boolean[] sent = new boolean[100];
            List<HttpRange> parts = Ranges.parse(header.toString(), 100, 16).parts();
            for (HttpRange part : parts) {
                assertThat(part.length()).isPositive();
                for (long at = part.first(); at <= part.last(); at++) {
                    assertThat(sent[(int) at]).as(header.toString()).isFalse();
                    sent[(int) at] = true;
                }
            }
        }
    }
}
