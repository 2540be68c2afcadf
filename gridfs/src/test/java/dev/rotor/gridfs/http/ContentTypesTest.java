package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {

    private static BsonDocument stored(String type) {
        return new BsonDocument("metadata", new BsonDocument("contentType", new BsonString(type)));
    }

    @ParameterizedTest
    @CsvSource({
        "a.png,image/png",
        "A.PNG,image/png",
        "dir.d/a.b.JPeG,image/jpeg",
        "movie.mp4,video/mp4",
        "page.html,text/html",
        ".css,text/css",
        "a.,application/octet-stream",
        "png,application/octet-stream",
        "a.unheardof,application/octet-stream",
        "a.png/b,application/octet-stream"
    })
    void aNameTellsTheTypeByItsEnd(String name, String type) {
        assertThat(ContentTypes.of(new BsonDocument(), name)).isEqualTo(type);
    }

    @Test
    void withoutNameAndTypeItIsBytes() {
        assertThat(ContentTypes.of(new BsonDocument(), null)).isEqualTo("application/octet-stream");
    }

    @Test
    void whatIsStoredGoesFirstTheMetadataBeforeTheOlderPlace() {
        assertThat(ContentTypes.of(stored("text/plain; charset=\"utf-8\""), "a.png"))
                .isEqualTo("text/plain; charset=\"utf-8\"");
        assertThat(ContentTypes.of(stored("a/b").append("contentType", new BsonString("c/d")), "a.png"))
                .isEqualTo("a/b");
        assertThat(ContentTypes.of(new BsonDocument("contentType", new BsonString("c/d")), "a.png"))
                .isEqualTo("c/d");
        assertThat(ContentTypes.of(BsonDocument.parse("{contentType: null, metadata: {contentType: null}}"), "a.png"))
                .isEqualTo("image/png");
        assertThat(ContentTypes.of(BsonDocument.parse("{metadata: 'none'}"), "a.png"))
                .isEqualTo("image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {" text/html; charset=utf-8", "text/html; charset=utf-8 ", "\t text/html; charset=utf-8\t"})
    void spacesAroundWhatIsStoredAreNoPartOfIt(String type) {
        assertThat(ContentTypes.of(stored(type), "a.png")).isEqualTo("text/html; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "/html",
                "text/html/x",
                "te xt/html",
                "text/html\r\nSet-Cookie: x=1",
                "text/html; x=\"\n\"",
                "text/html; x=\u00e9",
                "text/html, image/png"
            })
    void whatIsNoTypeIsNotSentNorGuessedAround(String type) {
        assertThat(ContentTypes.of(stored(type), "a.png")).isEqualTo("application/octet-stream");
        assertThat(ContentTypes.of(BsonDocument.parse("{metadata: {contentType: 5}}"), "a.png"))
                .isEqualTo("application/octet-stream");
    }

    @Test
    void codingsAreReadFromTheMetadata() {
        assertThat(coding("gzip")).containsExactly("gzip");
        assertThat(coding("GZip")).containsExactly("gzip");
        assertThat(coding("br, gzip")).containsExactly("br", "gzip");
        assertThat(coding("identity")).isEmpty();
        for (String none : List.of("", "gzip\r\nX: y", "gzip,", "g zip", "gz\u00efp")) {
            assertThat(coding(none)).as(none).isEmpty();
        }
        assertThat(ContentCoding.stored(BsonDocument.parse("{metadata: {contentEncoding: 5}}")))
                .isEmpty();
        assertThat(ContentCoding.stored(BsonDocument.parse("{contentEncoding: 'gzip'}")))
                .isEmpty();
    }

    private static List<String> coding(String value) {
        return ContentCoding.stored(
                new BsonDocument("metadata", new BsonDocument("contentEncoding", new BsonString(value))));
    }

    @Test
    void theTypeOfACompressedFileIsThatOfWhatIsInIt() {
        assertThat(ContentCoding.plainName("a.css.gz", List.of("gzip"))).isEqualTo("a.css");
        assertThat(ContentCoding.plainName("a.css.br.GZ", List.of("br", "gzip")))
                .isEqualTo("a.css");
        assertThat(ContentCoding.plainName("a.css", List.of("gzip"))).isEqualTo("a.css");
        assertThat(ContentCoding.plainName("a.css.gz", List.of())).isEqualTo("a.css.gz");
        assertThat(ContentCoding.plainName("a.css.gz", List.of("unheardof"))).isEqualTo("a.css.gz");
    }
}
