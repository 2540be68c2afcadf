package dev.rotor.gridfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.bson.codecs.DocumentCodecProvider;
import org.bson.codecs.ValueCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.junit.jupiter.api.Test;

class GridFsFileTest {

    private static GridFsFile file(String json) {
        return new GridFsFile(BsonDocument.parse(json), CODECS);
    }

    private static final CodecRegistry CODECS =
            CodecRegistries.fromProviders(new DocumentCodecProvider(), new ValueCodecProvider());

    @Test
    void theContentTypeOfTheMetadataComesBeforeTheDeprecatedOne() {
        assertThat(file("{contentType: 'a/b', metadata: {contentType: 'c/d'}}").contentType())
                .isEqualTo("c/d");
        assertThat(file("{contentType: 'a/b', metadata: {contentType: 5}}").contentType())
                .isEqualTo("a/b");
        assertThat(file("{contentType: 'a/b'}").contentType()).isEqualTo("a/b");
        assertThat(file("{metadata: 'text'}").contentType()).isNull();
    }

    @Test
    void aliasesAreStringsWhereverTheyAre() {
        assertThat(file("{aliases: ['a', 7, 'b']}").aliases()).containsExactly("a", "b");
        assertThat(file("{aliases: ['a'], metadata: {aliases: ['c']}}").aliases())
                .containsExactly("c");
        assertThat(file("{aliases: 'a', metadata: {aliases: 7}}").aliases()).isEmpty();
        assertThat(file("{}").aliases()).isEmpty();
    }

    @Test
    void digestsAreToldIfTheyAreThere() {
        assertThat(file("{md5: 'abc', metadata: {sha256: 'def'}}").md5()).isEqualTo("abc");
        assertThat(file("{md5: 'abc', metadata: {sha256: 'def'}}").sha256()).isEqualTo("def");
        assertThat(file("{md5: 7, sha256: 'beside'}").md5()).isNull();
        assertThat(file("{md5: 7, sha256: 'beside'}").sha256()).isNull();
    }
}
