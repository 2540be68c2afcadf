package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.json.JsonObject;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** The codecs that are there without asking. */
class DefaultCodecsTest {

    private static final CodecRegistry REGISTRY = MongoClientSettings.DEFAULT_CODEC_REGISTRY;

    /** An enumeration. */
    public enum Colour {
        RED
    }

    /** A user's record with a nested one. */
    public record Person(ObjectId id, String name, Colour colour, List<Tag> tags) {}

    /** The nested one. */
    public record Tag(String name) {}

    /** A plain object. */
    static final class Plain {
        String name = "";
    }

    @Test
    void aDocumentOfEverythingComesBackAsItWas() {
        Document document = new Document("text", "a")
                .append("number", 1)
                .append("instant", Instant.ofEpochMilli(5))
                .append("day", LocalDate.of(2026, 1, 2))
                .append("colour", Colour.RED)
                .append("list", List.of(1, "b"))
                .append("map", Map.of("k", 1L))
                .append("record", new Tag("t"))
                .append("json", new JsonObject("{\"x\": 1}"))
                .append("bson", new BsonDocument());
        BsonDocument encoded = encode(REGISTRY.get(Document.class), document);
        assertThat(encoded.getDateTime("instant").getValue()).isEqualTo(5);
        assertThat(encoded.getDateTime("day").getValue()).isEqualTo(1767312000000L);
        assertThat(encoded.getString("colour").getValue()).isEqualTo("RED");
        assertThat(encoded.getDocument("record")).isEqualTo(BsonDocument.parse("{name: 't'}"));
        assertThat(encoded.getDocument("json")).isEqualTo(BsonDocument.parse("{x: 1}"));
        assertThat(encoded.getArray("list")).hasSize(2);
        assertThat(encoded.getDocument("map")).isEqualTo(BsonDocument.parse("{k: {$numberLong: '1'}}"));
    }

    @Test
    void aRecordComesBackAsItWas() {
        Person person = new Person(new ObjectId(), "Ada", Colour.RED, List.of(new Tag("a"), new Tag("b")));
        Codec<Person> codec = REGISTRY.get(Person.class);
        BsonDocument encoded = encode(codec, person);
        assertThat(codec.decode(
                        new BsonDocumentReader(encoded),
                        DecoderContext.builder().build()))
                .isEqualTo(person);
    }

    @Test
    void aUuidIsStoredOnlyOnceARepresentationIsChosen() {
        UUID uuid = new UUID(1, 2);
        Document document = new Document("u", uuid);
        assertThatThrownBy(() -> encode(REGISTRY.get(Document.class), document))
                .isInstanceOf(CodecConfigurationException.class);
        CodecRegistry standard = CodecRegistries.withUuidRepresentation(REGISTRY, UuidRepresentation.STANDARD);
        assertThat(encode(standard.get(Document.class), document).get("u")).isEqualTo(new BsonBinary(uuid));
    }

    @Test
    void plainObjectsAreNotTakenApartUnasked() {
        assertThatThrownBy(() -> REGISTRY.get(Plain.class)).isInstanceOf(CodecConfigurationException.class);
        assertThat(new Plain().name).isEmpty();
    }

    private static <T> BsonDocument encode(Codec<T> codec, T value) {
        BsonDocument document = new BsonDocument();
        codec.encode(
                new BsonDocumentWriter(document),
                value,
                EncoderContext.builder().build());
        return document;
    }
}
