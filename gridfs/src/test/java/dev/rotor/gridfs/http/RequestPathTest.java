package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a|/a",
                "/a?b=c|/a",
                "/a?b=%zz|/a",
                "/a%3Fb|/a?b",
                "/a%20b|/a b",
                "/a+b|/a+b",
                // Once: what is encoded twice stays encoded once.
                "/a%2520b|/a%20b",
                "/%2e%2e%2fsecret|/../secret",
                "/a/../../b|/a/../../b",
                "/a%2Fb|/a/b",
                "/a%5Cb|/a\\b",
                "//a//b|//a//b",
                "/%C3%A9|/é",
                "/%F0%9F%8E%89|/🎉",
                "/a%22b|/a\"b",
                "/a;v=1|/a;v=1",
                "http://example.com/a|/a",
                "HTTPS://example.com:443/a?b|/a",
                "http://example.com|/"
            })
    void aPathIsDecodedOnce(String target, String path) {
        assertThat(RequestPath.decode(target)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "?a",
                "/%",
                "/%4",
                "/%zz",
                "/%-1",
                "/% 4",
                "/%\u0664\u0661",
                "/a b",
                "/\u00e9",
                "/a\r\nb",
                "/a\u0000",
                "/a#b",
                "/%00",
                "/%0d%0aSet-Cookie:x",
                "/%1f",
                "/%7f",
                // C1 controls, which some terminals obey.
                "/%C2%85",
                // Not UTF-8: alone, too long, half a pair, beyond Unicode.
                "/%ff",
                "/%C3",
                "/%C0%AF",
                "/%E0%80%AF",
                "/%ED%A0%80",
                "/%F5%80%80%80",
                "ftp://example.com/a"
            })
    void whatIsNoPathIsRefusedWithoutBeingQuoted(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestPath.decode(target))
                .withMessageStartingWith("The path ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("example", "Cookie"));
    }

    @Test
    void theNameIsWhatIsBehindThePrefix() {
        assertThat(RequestPath.name("/files/a/b", "/files/")).isEqualTo("a/b");
        assertThat(RequestPath.name("/files//a", "/files/")).isEqualTo("/a");
        assertThat(RequestPath.name("/files/", "/files/")).isNull();
        assertThat(RequestPath.name("/files", "/files/")).isNull();
        assertThat(RequestPath.name("/filesx/a", "/files/")).isNull();
        assertThat(RequestPath.name("/Files/a", "/files/")).isNull();
        assertThat(RequestPath.name("/a", "/")).isEqualTo("a");
        assertThat(RequestPath.name("/", "/")).isNull();
    }
}
