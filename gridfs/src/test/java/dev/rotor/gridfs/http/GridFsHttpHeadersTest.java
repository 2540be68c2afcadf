package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridFsHttpHeadersTest {

    private final GridFsHttpHeaders headers = new GridFsHttpHeaders();

    @Test
    void fieldsAreFoundInAnyCase() {
        headers.set("X-One", "1").add("x-one", "2").set("X-Two", "3").set("x-two", "4");

        assertThat(headers.get("X-ONE")).isEqualTo("1");
        assertThat(headers.asMap().get("X-One")).isEqualTo(List.of("1", "2"));
        assertThat(headers.get("X-Two")).isEqualTo("4");
        assertThat(headers.remove("x-two").get("X-Two")).isNull();
        assertThat(headers).hasToString("GridFsHttpHeaders[X-One]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\u0000", "\u007f", "\u00e9", "\u2028", "a\u0085"})
    void aValueThatCouldEndTheLineIsRefusedWithoutBeingQuoted(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> headers.set("X-One", value))
                .withMessageContaining("X-One")
                .withMessageContaining("U+")
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("Cookie").doesNotContain("\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> headers.add("X-One", value));
        assertThat(headers.get("X-One")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {" a b", "a b ", "\t a b\t"})
    void spacesAroundAValueAreNoPartOfIt(String value) {
        headers.set("X-One", value).add("X-One", value);

        assertThat(headers.asMap()).containsEntry("X-One", List.of("a b", "a b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X One", "X-One:", "X\r\nY", "X-\u00e9", "(X)"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> headers.set(name, "1"))
                .withMessageContaining("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "content-length", "Transfer-Encoding", "Connection", "Content-Range"})
    void howTheMessageIsFramedIsNotForApplications(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> headers.set(name, "1"))
                .withMessageStartingWith(name);
        assertThatIllegalArgumentException().isThrownBy(() -> headers.add(name, "1"));
    }

    @Test
    void aDispositionIsEncoded() {
        headers.contentDisposition(GridFsDisposition.ATTACHMENT, "\u00e9\r\n");
        assertThat(headers.get("Content-Disposition"))
                .isEqualTo("attachment; filename=\"___\"; filename*=UTF-8''%C3%A9__");

        headers.contentDisposition(GridFsDisposition.NONE, "x");
        assertThat(headers.get("Content-Disposition")).isNull();
    }
}
