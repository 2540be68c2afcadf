package dev.rotor.driver.codec;

import static dev.rotor.driver.codec.Coding.decode;
import static dev.rotor.driver.codec.Coding.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.model.Filters;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;
import org.bson.Document;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.pojo.PojoCodecProvider;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Errors that say which class, which field, and what helps. */
class CodecErrorsTest {

    private static final Currency EURO = Currency.getInstance("EUR");

    private record Price(Currency currency, int cents) {}

    private record Item(String name, Map<String, List<Price>> prices) {}

    private record Order(ObjectId id, List<Item> items, Instant at, UUID key) {}

    /** A plain class. */
    public static final class Plain {
        private @Nullable String name;
        private @Nullable Price price;

        public @Nullable String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public @Nullable Price getPrice() {
            return price;
        }

        public void setPrice(Price price) {
            this.price = price;
        }
    }

    private interface Open {}

    private static final class OpenOne implements Open {}

    private record Holder(Open open) {}

    @Test
    void aValueWithoutCodecIsNamedWithItsPathInTheDocument() {
        assertThatThrownBy(() -> encode(new Document("a", new Document("b", EURO))))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessage("No codec for java.util.Currency, at field a.b of org.bson.Document;"
                        + " add one with withCodecRegistry(Codecs.with(...))");
        assertThatThrownBy(() -> encode(new Document("a", List.of(1, Map.of("k", new Object[] {EURO})))))
                .hasMessageContaining("No codec for java.util.Currency, at field a.1.k.0 of org.bson.Document");
        assertThatThrownBy(() -> encode(new Document("p", Path.of("x"))))
                .hasMessageContaining("at field p of org.bson.Document");
        assertThatThrownBy(() -> encode(new Document("p", new Plain())))
                .hasMessage("No codec for " + Plain.class.getTypeName() + ", at field p of org.bson.Document; add one"
                        + " with withCodecRegistry(Codecs.with(...)), or take plain classes with"
                        + " withCodecRegistry(Codecs.withPojos())");
    }

    @Test
    void aComponentWithoutCodecIsNamedWithItsRecord() {
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Order.class))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessage("No codec for java.util.Currency, at field items.prices.currency of "
                        + Order.class.getName() + " (" + Price.class.getName()
                        + ".currency); add one with withCodecRegistry(Codecs.with(...))");
        assertThatThrownBy(() -> encode(new Document("o", new Price(EURO, 1))))
                .hasMessageContaining(
                        "at field o.currency of org.bson.Document (" + Price.class.getName() + ".currency)");
        assertThatThrownBy(() -> encode(new Holder(new OpenOne())))
                .hasMessageContaining("No codec for " + Open.class.getTypeName() + ", at field open of ")
                .hasMessageContaining("seal it");
    }

    @Test
    void aClassItselfWithoutCodecIsNamed() {
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Currency.class))
                .hasMessage("No codec for java.util.Currency; add one with withCodecRegistry(Codecs.with(...))");
        assertThatThrownBy(() -> Filters.eq("c", EURO).toBsonDocument(Document.class, Coding.REGISTRY))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageContaining("No codec for java.util.Currency");
    }

    @Test
    void classesThatManyTryAreAnsweredWithWhatToUseInstead() {
        assertThatThrownBy(() -> encode(new Document("t", OffsetDateTime.MAX))).hasMessageContaining("use an Instant");
        assertThatThrownBy(() -> encode(new Document("n", BigInteger.ONE))).hasMessageContaining("BigDecimal");
        assertThatThrownBy(() -> encode(new Document("n", new java.sql.Timestamp(1))))
                .hasMessageContaining("use an Instant");
    }

    private record Typed(String name, int age, Instant at, List<Double> marks, ObjectId id, Price2 price) {}

    private record Price2(Long cents) {}

    @Test
    void aValueOfAnotherTypeIsNamedWithWhatWasExpected() {
        String of = " of " + Typed.class.getName();
        assertThatThrownBy(() -> decode(Typed.class, "{name: 5}"))
                .isInstanceOf(BsonInvalidOperationException.class)
                .hasMessage("expected BSON type STRING for java.lang.String, found INT32, at field name" + of);
        assertThatThrownBy(() -> decode(Typed.class, "{age: 'x'}"))
                .hasMessage("expected BSON type INT32, INT64, DOUBLE or DECIMAL128 for java.lang.Integer, found STRING,"
                        + " at field age" + of);
        assertThatThrownBy(() -> decode(Typed.class, "{at: 'x'}"))
                .hasMessage("expected BSON type DATE_TIME for java.time.Instant, found STRING, at field at" + of);
        assertThatThrownBy(() -> decode(Typed.class, "{marks: 'x'}"))
                .hasMessage("expected BSON type ARRAY for java.util.List, found STRING, at field marks" + of);
        assertThatThrownBy(() -> decode(Typed.class, "{marks: [1.5, {}]}"))
                .hasMessage(
                        "expected BSON type INT32, INT64, DOUBLE or DECIMAL128 for java.lang.Double, found DOCUMENT,"
                                + " at field marks.1" + of);
        assertThatThrownBy(() -> decode(Typed.class, "{price: {cents: false}}"))
                .hasMessage("expected BSON type INT32, INT64, DOUBLE or DECIMAL128 for java.lang.Long, found BOOLEAN,"
                        + " at field price.cents" + of + " (" + Price2.class.getName() + ".cents)");
        assertThatThrownBy(() -> decode(Typed.class, "{age: 1.5}"))
                .as("the type is right, the value is not")
                .hasMessageContaining("without losing precision")
                .hasMessageEndingWith("at field age" + of);
    }

    @Test
    void bytesThatAreNotBsonKeepTheirOwnError() {
        org.bson.io.BasicOutputBuffer out = new org.bson.io.BasicOutputBuffer();
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Document.class)
                        .encode(
                                new org.bson.BsonBinaryWriter(out),
                                new Document("x\0y", 1),
                                org.bson.codecs.EncoderContext.builder().build()))
                .isInstanceOf(BsonSerializationException.class);
    }

    @Test
    void plainClassesAreTakenByOneLineAndThePlatformsAreNot() {
        CodecRegistry registry = Codecs.withPojos();
        Plain plain = new Plain();
        plain.setName("n");
        assertThat(encode(registry, Plain.class, plain)).isEqualTo(BsonDocument.parse("{name: 'n'}"));
        assertThat(decode(registry, Plain.class, BsonDocument.parse("{name: 'm'}"))
                        .getName())
                .isEqualTo("m");
        assertThatThrownBy(() -> encode(registry, Document.class, new Document("c", EURO)))
                .hasMessageContaining("No codec for java.util.Currency, at field c of org.bson.Document");
    }

    @Test
    void theOfficialDriversWayOfAddingPlainClassesWorks() {
        CodecRegistry registry = CodecRegistries.fromRegistries(
                Codecs.defaults(),
                CodecRegistries.fromProviders(
                        PojoCodecProvider.builder().automatic(true).build()));
        Plain plain = new Plain();
        plain.setName("n");
        assertThat(encode(registry, Document.class, new Document("p", plain)))
                .isEqualTo(BsonDocument.parse("{p: {name: 'n'}}"));
        assertThat(Codecs.with(new BsonDocumentCodec()).get(Document.class)).isNotNull();
    }
}
