package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class FileTagTest {

    private static final String SHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static String tag(String file) {
        return FileTag.of(BsonDocument.parse(file), "text/plain", List.of()).toString();
    }

    private static String file(String changed) {
        BsonDocument file = BsonDocument.parse("{_id: 1, length: 5, uploadDate: {$date: '2026-01-01T00:00:00Z'},"
                + "filename: 'name', md5: 'x', metadata: {tag: 1}}");
        file.putAll(BsonDocument.parse(changed));
        return file.toJson();
    }

    @Test
    void whatMakesAnotherFileMakesAnotherTag() {
        Set<String> tags = new HashSet<>(List.of(
                tag(file("{}")),
                tag(file("{_id: 2}")),
                tag(file("{_id: '1'}")),
                tag(file("{length: 6}")),
                tag(file("{uploadDate: {$date: '2026-01-01T00:00:00.001Z'}}")),
                tag(file("{md5: 'y'}")),
                tag(file("{metadata: {sha256: '" + SHA + "'}}")),
                tag(file("{metadata: {sha256: '" + SHA.replace('e', 'f') + "'}}"))));

        assertThat(tags).hasSize(8).allMatch(tag -> tag.matches("\"[A-Za-z0-9_-]{22}\""));
    }

    @Test
    void aNewNameAndOtherMetadataDoNot() {
        assertThat(tag(file("{filename: 'other', metadata: {tag: 2}}"))).isEqualTo(tag(file("{}")));
        assertThat(tag(file("{metadata: {sha256: 'no digest'}}"))).isEqualTo(tag(file("{}")));
    }

    @Test
    void theDigestOfTheContentsIsEnough() {
        String metadata = "metadata: {sha256: '" + SHA + "'}";

        assertThat(tag(file("{_id: 2, uploadDate: {$date: '2027-01-01T00:00:00Z'}, " + metadata + "}")))
                .isEqualTo(tag(file("{" + metadata + "}")));
        assertThat(tag(file("{length: 6, " + metadata + "}")))
                .as("a digest that somebody has copied does not hide another length")
                .isNotEqualTo(tag(file("{" + metadata + "}")));
    }

    @Test
    void theSameBytesAsAnotherTypeOrUnderACodingAreAnotherTag() {
        BsonDocument file = BsonDocument.parse(file("{}"));

        assertThat(List.of(
                        FileTag.of(file, "text/plain", List.of()),
                        FileTag.of(file, "text/html", List.of()),
                        FileTag.of(file, "text/plain", List.of("gzip")),
                        FileTag.of(file, "text/plain", List.of("gzip", "br"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void aDocumentThatLacksEverythingHasATag() {
        assertThat(tag("{}")).isNotEqualTo(tag("{_id: 1}"));
    }
}
