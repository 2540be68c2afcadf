package dev.rotor.conformance.unified.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rotor.conformance.unified.match.RunnerException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class UriTextTest {

    @Test
    void optionsAreAddedToAUriWithAnySort() {
        assertThat(with("mongodb://a", "{retryReads: false}")).isEqualTo("mongodb://a/?retryReads=false");
        assertThat(with("mongodb://a/", "{maxPoolSize: 3}")).isEqualTo("mongodb://a/?maxPoolSize=3");
        assertThat(with("mongodb://a/?w=1", "{appname: 'x y&z'}")).isEqualTo("mongodb://a/?w=1&appname=x%20y%26z");
    }

    @Test
    void anOptionReplacesTheOneOfItsNameWhateverTheCase() {
        assertThat(with("mongodb://a/?retryWrites=true&w=1", "{retrywrites: false}"))
                .isEqualTo("mongodb://a/?w=1&retrywrites=false");
    }

    @Test
    void tagsAreSeveralOptionsOfOneName() {
        assertThat(with("mongodb://a/", "{readPreferenceTags: ['dc:ny', '']}"))
                .isEqualTo("mongodb://a/?readPreferenceTags=dc%3Any&readPreferenceTags=");
    }

    @Test
    void aDirectConnectionHasOneHostAndNoSet() {
        assertThat(with("mongodb://u:p@a:1,b:2/db?replicaSet=rs", "{directConnection: true}"))
                .isEqualTo("mongodb://u:p@a:1/db?directConnection=true");
    }

    @Test
    void propertiesAreWrittenAsPairs() {
        assertThat(with("mongodb://a/", "{authMechanismProperties: {A: 'b', C: true}}"))
                .isEqualTo("mongodb://a/?authMechanismProperties=A%3Ab%2CC%3Atrue");
    }

    @Test
    void aPlaceholderIsRefused() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> with("mongodb://a/", "{appname: {$$placeholder: 1}}"));
    }

    @Test
    void aDefaultDoesNotReplaceWhatIsThere() {
        assertThat(UriText.parse("mongodb://a/?W=1").orElse("w", "2").orElse("x", "3"))
                .hasToString("mongodb://a/?W=1&x=3");
    }

    @Test
    void anotherHostTakesThePlaceOfAll() {
        assertThat(UriText.parse("mongodb://u:p@a:1,b:2/?w=1").withHost("c:3")).hasToString("mongodb://u:p@c:3/?w=1");
    }

    private static String with(String uri, String options) {
        return UriText.parse(uri).with(BsonDocument.parse(options)).toString();
    }
}
