package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The test plan of the DBRef specification: explicit decoding by {@link DbRef#of}, implicit by the codec of a field.
 */
class DbRefTest {

    private static final Codec<DbRef> CODEC = MongoClientSettings.DEFAULT_CODEC_REGISTRY.get(DbRef.class);
    private static final Codec<Document> DOCUMENTS = MongoClientSettings.DEFAULT_CODEC_REGISTRY.get(Document.class);

    private static DbRef decoded(String json) {
        return CODEC.decode(
                new BsonDocumentReader(BsonDocument.parse(json)),
                DecoderContext.builder().build());
    }

    private static String encoded(DbRef reference) {
        BsonDocument document = new BsonDocument();
        CODEC.encode(
                new BsonDocumentWriter(document),
                reference,
                EncoderContext.builder().build());
        return document.toJson();
    }

    /** Decoding 1 and 2, encoding 1 and 2. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"coll0\", \"$id\": {\"$oid\": \"60a6fe9a54f4180c86309efa\"}}",
                "{\"$ref\": \"coll0\", \"$id\": 1}",
                "{\"$ref\": \"coll0\", \"$id\": null}",
                "{\"$ref\": \"coll0\", \"$id\": 1, \"$db\": \"db0\"}",
                "{\"$ref\": \"coll0\", \"$id\": 1, \"$db\": \"db0\", \"foo\": \"bar\"}",
                "{\"$ref\": \"coll0\", \"$id\": 1, \"foo\": true, \"bar\": false}",
                "{\"$ref\": \"coll0\", \"$id\": 1, \"meta\": {\"foo\": 1, \"bar\": 2}}",
                "{\"$ref\": \"coll0\", \"$id\": 1, \"$foo\": \"bar\"}",
                "{\"$ref\": \"coll0\", \"$id\": 1, \"foo.bar\": 0}"
            })
    void aReferenceIsReadAndWrittenAsItStands(String json) {
        Document document = Document.parse(json);
        DbRef explicit = DbRef.of(document);

        assertThat(explicit.collection()).isEqualTo("coll0");
        assertThat(explicit.id()).isEqualTo(document.get("$id"));
        assertThat(explicit.database()).isEqualTo(document.get("$db"));
        Map<String, Object> others = new LinkedHashMap<>(document);
        others.keySet().removeAll(List.of("$ref", "$id", "$db"));
        assertThat(explicit.fields()).isEqualTo(others);
        assertThat(decoded(json)).isEqualTo(explicit);
        assertThat(encoded(explicit)).isEqualTo(BsonDocument.parse(json).toJson());
        assertThat(explicit.toDocument().toJson()).isEqualTo(document.toJson());
        assertThat(DbRef.isDbRef(document)).isTrue();
    }

    /** Decoding 3 and encoding 3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"$id\": 1, \"$ref\": \"coll0\"} | {\"$ref\": \"coll0\", \"$id\": 1}",
                "{\"$db\": \"db0\", \"$ref\": \"coll0\", \"$id\": 1} | {\"$ref\": \"coll0\", \"$id\": 1, \"$db\": \"db0\"}",
                "{\"foo\": 1, \"$id\": 1, \"$ref\": \"coll0\"} | {\"$ref\": \"coll0\", \"$id\": 1, \"foo\": 1}",
                "{\"foo\": 1, \"$ref\": \"coll0\", \"$id\": 1, \"$db\": \"db0\"}"
                        + " | {\"$ref\": \"coll0\", \"$id\": 1, \"$db\": \"db0\", \"foo\": 1}",
                "{\"foo\": 1, \"$ref\": \"coll0\", \"$id\": 1, \"$db\": \"db0\", \"bar\": 1}"
                        + " | {\"$ref\": \"coll0\", \"$id\": 1, \"$db\": \"db0\", \"foo\": 1, \"bar\": 1}"
            })
    void fieldsInAnyOrderAreReadAndWrittenInTheRightOne(String json, String ordered) {
        assertThat(encoded(decoded(json))).isEqualTo(BsonDocument.parse(ordered).toJson());
        assertThat(DbRef.of(Document.parse(json)).toDocument().toJson())
                .isEqualTo(Document.parse(ordered).toJson());
    }

    /** Decoding 4 and 5. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"coll0\"}",
                "{\"$id\": {\"$oid\": \"60a6fe9a54f4180c86309efa\"}}",
                "{\"$db\": \"db0\"}",
                "{\"$ref\": true, \"$id\": 1}",
                "{\"$ref\": \"coll0\", \"$id\": 1, \"$db\": 1}"
            })
    void whatLacksAFieldOrHasOneOfAnotherTypeIsNoReference(String json) {
        assertThat(DbRef.isDbRef(Document.parse(json))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DbRef.of(Document.parse(json)))
                .withMessageStartingWith("Not a reference");
        assertThatExceptionOfType(BsonInvalidOperationException.class)
                .isThrownBy(() -> decoded(json))
                .withMessageStartingWith("Not a reference");
    }

    @Test
    void aReferenceInADocumentIsWrittenWithIt() {
        ObjectId id = new ObjectId();
        Document holder = new Document("of", new DbRef("books", id, "library"));

        BsonDocument written = holder.toBsonDocument(Document.class, MongoClientSettings.DEFAULT_CODEC_REGISTRY);
        Document read = DOCUMENTS.decode(
                new BsonDocumentReader(written), DecoderContext.builder().build());

        assertThat(DbRef.of(read.get("of", Document.class))).isEqualTo(new DbRef("books", id, "library"));
    }

    @Test
    void anySubjectMayBeTheId() {
        DbRef reference = new DbRef("books", new Document("a", 1).append("b", List.of(2)));

        assertThat(decoded(encoded(reference))).isEqualTo(reference);
    }

    @Test
    void furtherFieldsAreCopiedAndMayNotBeTheReferencesOwn() {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("page", 3));
        DbRef reference = new DbRef("books", 1, null, fields);
        fields.put("line", 4);

        assertThat(reference.fields()).isEqualTo(Map.of("page", 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new DbRef("books", 1, null, Map.of("$id", 2)));
        assertThatNullPointerException().isThrownBy(() -> new DbRef(nothing(), 1));
    }

    @SuppressWarnings("NullAway") // What a caller may pass all the same.
    private static String nothing() {
        return null;
    }
}
