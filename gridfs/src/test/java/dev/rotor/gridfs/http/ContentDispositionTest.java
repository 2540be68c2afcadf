package dev.rotor.gridfs.http;

import static dev.rotor.gridfs.http.GridFsDisposition.ATTACHMENT;
import static dev.rotor.gridfs.http.GridFsDisposition.INLINE;
import static dev.rotor.gridfs.http.GridFsDisposition.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDispositionTest {

    private static String value(String filename) {
        return Objects.requireNonNull(ContentDisposition.value(INLINE, filename));
    }

    @Test
    void theTypeIsAsChosen() {
        assertThat(ContentDisposition.value(ATTACHMENT, "a.png")).isEqualTo("attachment; filename=\"a.png\"");
        assertThat(ContentDisposition.value(INLINE, "a.png")).isEqualTo("inline; filename=\"a.png\"");
        assertThat(ContentDisposition.value(NONE, "a.png")).isNull();
        assertThat(ContentDisposition.value(ATTACHMENT, null)).isEqualTo("attachment");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a b.txt|inline; filename=\"a b.txt\"",
                "a;b=c,d.txt|inline; filename=\"a;b=c,d.txt\"",
                "dir/sub/a.txt|inline; filename=\"a.txt\"",
                "C:\\dir\\a.txt|inline; filename=\"a.txt\"",
                "../../etc/passwd|inline; filename=\"passwd\"",
                "na\u00efve.txt|inline; filename=\"na_ve.txt\"; filename*=UTF-8''na%C3%AFve.txt",
                "\u6587\u4ef6|inline; filename=\"__\"; filename*=UTF-8''%E6%96%87%E4%BB%B6",
                "\uD83C\uDF89|inline; filename=\"_\"; filename*=UTF-8''%F0%9F%8E%89",
                "a\"b|inline; filename=\"a_b\"; filename*=UTF-8''a%22b",
                "100%41|inline; filename=\"100_41\"; filename*=UTF-8''100%2541",
                "it's \u00e9*|inline; filename=\"it's _*\"; filename*=UTF-8''it%27s%20%C3%A9%2A"
            })
    void namesAreEncoded(String filename, String value) {
        assertThat(value(filename)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "/", "a/", "a/..", "\\", "x\\.."})
    void whatIsNoNameIsLeftOut(String filename) {
        assertThat(value(filename)).isEqualTo("inline");
    }

    @Test
    void noNameEndsTheLineOrTurnsTheText() {
        assertThat(value("a\r\nSet-Cookie: x=1\u0000\u0085\u2028.txt"))
                .isEqualTo("inline; filename=\"a__Set-Cookie: x=1___.txt\"");
        assertThat(value("photo\u202Egpj.exe")).isEqualTo("inline; filename=\"photo_gpj.exe\"");
        assertThat(value("half\uD83C.txt")).isEqualTo("inline; filename=\"half_.txt\"");
    }

    @Test
    void aLongNameDoesNotMakeALongField() {
        assertThat(value("\uD83C\uDF89".repeat(100_000))).hasSizeLessThan(3000);
    }

    @Test
    void whateverTheNameTheFieldIsAsciiAndTheEncodedFormSaysTheSame() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            StringBuilder name = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                name.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x11_0000) : random.nextInt(0x180));
            }
            String value = value(name.toString());
            HeaderText.check("Content-Disposition", value);
            assertThat(value.chars().filter(c -> c == '"').count()).isIn(0L, 2L);
            int encoded = value.indexOf("UTF-8''");
            if (encoded >= 0) {
                String decoded =
                        URLDecoder.decode(value.substring(encoded + 7).replace("+", "%2B"), StandardCharsets.UTF_8);
                assertThat(name.toString()).hasSizeGreaterThanOrEqualTo(decoded.length());
                assertThat(decoded).doesNotContain("/", "\\", "\n", "\r", "\uFFFD".repeat(2));
            }
        }
    }
}
