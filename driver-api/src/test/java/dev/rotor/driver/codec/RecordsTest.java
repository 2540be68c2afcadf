package dev.rotor.driver.codec;

import static dev.rotor.driver.codec.Coding.again;
import static dev.rotor.driver.codec.Coding.decode;
import static dev.rotor.driver.codec.Coding.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.bson.BinaryVector;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.pojo.annotations.BsonCreator;
import org.bson.codecs.pojo.annotations.BsonDiscriminator;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.codecs.pojo.annotations.BsonIgnore;
import org.bson.codecs.pojo.annotations.BsonProperty;
import org.bson.codecs.pojo.annotations.BsonRepresentation;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records as documents. */
@SuppressWarnings({"ArrayRecordComponent", "UnusedMethod"}) // users write such records; constructors run by codecs
class RecordsTest {

    private enum Colour {
        RED,
        GREEN
    }

    private record Tag(String name) {}

    private record Everything(
            int number,
            long large,
            double real,
            boolean yes,
            float small,
            short shorter,
            byte tiny,
            char letter,
            String text,
            Integer boxed,
            BigDecimal price,
            byte[] bytes,
            ObjectId reference,
            Colour colour,
            Instant at,
            LocalDate day,
            LocalDateTime local,
            LocalTime time,
            Tag tag,
            List<Tag> tags,
            Map<String, Tag> named,
            Map<Colour, Set<Colour>> pairs,
            Deque<Integer> queue,
            Document document) {}

    private static Everything everything() {
        return new Everything(
                1,
                2L,
                3.5,
                true,
                0.5f,
                (short) 4,
                (byte) 5,
                'c',
                "text",
                6,
                new BigDecimal("7.10"),
                new byte[] {1, 2},
                new ObjectId(),
                Colour.GREEN,
                Instant.ofEpochMilli(8),
                LocalDate.of(2026, 1, 2),
                LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000_000),
                LocalTime.of(3, 4),
                new Tag("a"),
                List.of(new Tag("b"), new Tag("c")),
                Map.of("d", new Tag("e")),
                Map.of(Colour.RED, Set.of(Colour.GREEN)),
                new ArrayDeque<>(List.of(1, 2)),
                new Document("k", 1));
    }

    @Test
    void aPrivateRecordOfTwentyFourComponentsComesBackAsItWas() {
        Everything value = everything();
        Everything back = again(value);
        assertThat(back).usingRecursiveComparison().isEqualTo(value);
        assertThat(encode(value).keySet())
                .as("in the order of the components")
                .startsWith("number", "large", "real")
                .endsWith("queue", "document");
    }

    @Test
    void fieldsInAnyOrderAndUnknownOnesAreRead() {
        BsonDocument encoded = encode(everything());
        BsonDocument turned = new BsonDocument("unknown", new BsonDocument());
        List<String> names = List.copyOf(encoded.keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            turned.append(names.get(i), encoded.get(names.get(i)));
        }
        assertThat(encode(decode(Coding.REGISTRY, Everything.class, turned))).isEqualTo(encoded);
    }

    @Test
    void aLocalRecordWorksToo() {
        record Local(int x, List<Local> children) {}
        Local tree = new Local(1, List.of(new Local(2, List.of()), new Local(3, List.of(new Local(4, List.of())))));
        assertThat(again(tree)).isEqualTo(tree);
    }

    private record Page<T>(List<T> items, int number, @Nullable T first, T[] array, Map<String, List<T>> deep) {}

    private record Orders(Page<Tag> tags, Page<Integer> numbers, Page<Page<String>> pages) {}

    private static <T> Page<T> page(T item, T[] array) {
        return new Page<>(List.of(item), 1, item, array, Map.of("x", List.of(item, item)));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void genericRecordsAreReadWithTheTypesThatTheyAreUsedWith() {
        Page<String> inner = page("s", new String[] {"t"});
        Orders orders = new Orders(
                page(new Tag("a"), new Tag[] {new Tag("b")}), page(5, new Integer[] {6}), page(inner, (Page<String>[])
                        new Page[] {inner}));
        Orders back = again(orders);
        assertThat(back).usingRecursiveComparison().isEqualTo(orders);
        assertThat(back.tags().items().get(0).name()).isEqualTo("a");
        assertThat(back.tags().array()).isInstanceOf(Tag[].class);
    }

    private record Open(List<?> any, Map<String, ? extends Number> numbers, Object thing, List<Object> things) {}

    @Test
    void whatHasNoDeclaredClassIsReadAsItsBsonTypeSays() {
        Open open = new Open(List.of(1, "a"), Map.of("n", 2L), 3.5, List.of(true, new Document("x", 1)));
        assertThat(again(open)).isEqualTo(open);
        assertThatThrownBy(() -> decode(Open.class, "{numbers: {n: 'text'}}"))
                .hasMessage("expected a java.lang.Number, found BSON type STRING, at field numbers.n of "
                        + Open.class.getName());
    }

    private record Options(
            Optional<String> text,
            Optional<Tag> tag,
            OptionalInt number,
            OptionalLong large,
            OptionalDouble real,
            List<Optional<Integer>> several,
            Optional<List<Tag>> list) {}

    @Test
    void anAbsentOptionalIsNotWrittenAndAMissingOrNullFieldIsAbsent() {
        Options none = new Options(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                List.of(Optional.empty(), Optional.of(1)),
                Optional.empty());
        assertThat(encode(none)).isEqualTo(BsonDocument.parse("{several: [null, 1]}"));
        assertThat(again(none)).isEqualTo(none);
        assertThat(decode(Options.class, "{text: null, number: null, several: []}")
                        .number())
                .isEmpty();

        Options all = new Options(
                Optional.of("t"),
                Optional.of(new Tag("x")),
                OptionalInt.of(1),
                OptionalLong.of(2),
                OptionalDouble.of(3),
                List.of(),
                Optional.of(List.of(new Tag("y"))));
        assertThat(again(all)).isEqualTo(all);
    }

    private record Deep(Optional<Inner> inner) {
        private record Inner(Optional<Inner> inner, Optional<String> text) {}
    }

    @Test
    void optionalsWithinOptionalsOfRecursiveRecordsAreLeftOutToo() {
        Deep deep = new Deep(Optional.of(
                new Deep.Inner(Optional.of(new Deep.Inner(Optional.empty(), Optional.of("t"))), Optional.empty())));
        assertThat(encode(deep)).isEqualTo(BsonDocument.parse("{inner: {inner: {text: 't'}}}"));
        assertThat(again(deep)).isEqualTo(deep);
    }

    private record Annotated(
            String name,
            @BsonId @Nullable ObjectId key,
            @BsonProperty("n") int number,
            @BsonRepresentation(BsonType.OBJECT_ID) String hex,
            @BsonRepresentation(BsonType.OBJECT_ID) Optional<String> maybe) {}

    @Test
    void annotationsOfComponentsAreKept() {
        ObjectId id = new ObjectId();
        Annotated value = new Annotated("a", id, 1, id.toHexString(), Optional.of(id.toHexString()));
        BsonDocument encoded = encode(value);
        assertThat(encoded.keySet()).containsExactly("_id", "name", "n", "hex", "maybe");
        assertThat(encoded.getObjectId("hex").getValue()).isEqualTo(id);
        assertThat(encoded.getObjectId("maybe").getValue()).isEqualTo(id);
        assertThat(again(value)).isEqualTo(value);
    }

    @Test
    void anIdThatIsNullIsNotWrittenSoThatTheDriverGivesOne() {
        assertThat(encode(new Annotated("a", null, 1, new ObjectId().toHexString(), Optional.empty())))
                .doesNotContainKey("_id");
    }

    private record Ignored(@BsonIgnore String name) {}

    private record Created(String name) {
        @BsonCreator
        private static Created of(@BsonProperty("name") String name) {
            return new Created(name);
        }
    }

    private record Misplaced(String name) {
        @Override
        @BsonProperty("n")
        public String name() {
            return name;
        }
    }

    private record Twice(@BsonProperty("x") int a, @BsonProperty("x") int b) {}

    private record NoRepresentation(@BsonRepresentation(BsonType.STRING) Tag tag) {}

    @Test
    void annotationsThatWouldBeOverlookedAreRefused() {
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Ignored.class))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessage("@BsonIgnore does not work on records, at field name of " + Ignored.class.getName());
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Created.class))
                .hasMessageStartingWith(
                        "@BsonCreator does not work on records, but stands in " + Created.class.getName());
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Misplaced.class))
                .hasMessageStartingWith("@BsonProperty stands on the accessor");
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Twice.class))
                .hasMessage("two components of " + Twice.class.getName() + " are stored in the field \"x\"");
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, NoRepresentation.class))
                .hasMessageContaining("@BsonRepresentation is of no use here, at field tag of ");
        assertThat(Created.of("a").name()).isEqualTo("a");
    }

    @BsonDiscriminator(key = "kind", value = "a")
    private record Marked(int x) {}

    @Test
    void aRecordMayHaveADiscriminatorByItself() {
        assertThat(encode(new Marked(1))).isEqualTo(BsonDocument.parse("{kind: 'a', x: 1}"));
        assertThat(decode(Marked.class, "{x: 1}")).isEqualTo(new Marked(1));
        assertThatThrownBy(() -> decode(Marked.class, "{kind: 'b', x: 1}"))
                .hasMessage("the document is of class \"b\", not \"a\", at field kind of " + Marked.class.getName());
    }

    private record Strict(int age, String name) {
        Strict {
            Objects.requireNonNull(name, "name");
            if (age < 0) {
                throw new IllegalArgumentException("nobody is that young");
            }
        }
    }

    private record Group(List<Strict> members) {}

    @Test
    void aConstructorThatRefusesADocumentIsNamedWithTheFieldThatHoldsIt() {
        assertThatThrownBy(() -> decode(Strict.class, "{age: -1, name: 'a'}"))
                .isInstanceOf(CodecConfigurationException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessage("the constructor of " + Strict.class.getName()
                        + " refused the document: java.lang.IllegalArgumentException: nobody is that young");
        assertThatThrownBy(() -> decode(Group.class, "{members: [{age: 1, name: 'a'}, {age: 1}]}"))
                .hasMessage("the constructor of " + Strict.class.getName()
                        + " refused the document: java.lang.NullPointerException: name, at field members.1 of "
                        + Group.class.getName());
    }

    @Test
    void aMissingOrNullPrimitiveNamesClassAndField() {
        assertThatThrownBy(() -> decode(Strict.class, "{name: 'a'}"))
                .isInstanceOf(BsonInvalidOperationException.class)
                .hasMessage("the field is missing, and its component is a primitive, at field age of "
                        + Strict.class.getName());
        assertThatThrownBy(() -> decode(Group.class, "{members: [{age: null, name: 'a'}]}"))
                .hasMessage("found null for a primitive component, at field members.0.age of " + Group.class.getName()
                        + " (" + Strict.class.getName() + ".age)");
    }

    private record Ids(UUID id, Optional<UUID> maybe, Map<String, UUID> named, List<UUID> list, Object any) {}

    @Test
    void uuidsAreStoredAsTheRepresentationSaysHoweverDeepTheyStand() {
        UUID uuid = new UUID(1, 2);
        Ids ids = new Ids(uuid, Optional.of(uuid), Map.of("a", uuid), List.of(uuid), List.of(uuid));
        for (UuidRepresentation representation : List.of(UuidRepresentation.STANDARD, UuidRepresentation.JAVA_LEGACY)) {
            CodecRegistry registry = CodecRegistries.withUuidRepresentation(Coding.REGISTRY, representation);
            BsonBinary binary = new BsonBinary(uuid, representation);
            BsonDocument encoded = encode(registry, Ids.class, ids);
            assertThat(encoded.get("id")).isEqualTo(binary);
            assertThat(encoded.get("maybe")).isEqualTo(binary);
            assertThat(encoded.getDocument("named").get("a")).isEqualTo(binary);
            assertThat(encoded.getArray("list").get(0)).isEqualTo(binary);
            assertThat(decode(registry, Ids.class, encoded)).isEqualTo(ids);
        }
        assertThatThrownBy(() -> encode(new Ids(uuid, Optional.empty(), Map.of(), List.of(), 1)))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageContaining("uuidRepresentation")
                .hasMessageEndingWith("at field id of " + Ids.class.getName());
    }

    private record Vectors(BinaryVector any, org.bson.Float32BinaryVector floats, List<BinaryVector> several) {}

    @Test
    void binaryVectorsOfEachKindComeBack() {
        BinaryVector floats = BinaryVector.floatVector(new float[] {1.5f, -2f});
        BinaryVector bytes = BinaryVector.int8Vector(new byte[] {1, -2});
        BinaryVector bits = BinaryVector.packedBitVector(new byte[] {(byte) 0b1010_0000}, (byte) 4);
        Vectors vectors = new Vectors(bytes, floats.asFloat32Vector(), List.of(floats, bytes, bits));
        assertThat(again(vectors)).isEqualTo(vectors);
        Document document = new Document("f", floats).append("i", bytes).append("p", List.of(bits));
        assertThat(again(document)).isEqualTo(document);
    }

    private record Money(BigDecimal amount, Decimal128 exact) {}

    @Test
    void aDecimalThatDecimal128CannotHoldIsRefusedWithItsField() {
        Money money = new Money(new BigDecimal("1.10"), Decimal128.parse("2.20"));
        assertThat(again(money)).isEqualTo(money);
        assertThatThrownBy(() -> encode(new Money(new BigDecimal("1." + "1".repeat(40)), Decimal128.POSITIVE_ZERO)))
                .hasMessageEndingWith("at field amount of " + Money.class.getName());
    }

    private record Empty() {}

    @Test
    void aRecordWithoutComponentsIsAnEmptyDocument() {
        assertThat(encode(new Empty())).isEmpty();
        assertThat(again(new Empty())).isEqualTo(new Empty());
    }

    private record Anything(Optional<?> wildcard, @SuppressWarnings("rawtypes") Optional raw) {}

    @Test
    void aUuidInAnOptionalOfNoDeclaredClassIsReadAsOne() {
        CodecRegistry standard = CodecRegistries.withUuidRepresentation(Coding.REGISTRY, UuidRepresentation.STANDARD);
        UUID uuid = new UUID(1, 2);
        Anything value = new Anything(Optional.of(uuid), Optional.of(uuid));
        assertThat(Coding.decode(standard, Anything.class, Coding.encode(standard, Anything.class, value)))
                .isEqualTo(value);
    }

    private record Nested(Optional<Optional<String>> text) {}

    @Test
    void anOptionalWithinAnOptionalIsRefusedSinceItWouldNotComeBack() {
        assertThatThrownBy(() -> encode(new Nested(Optional.of(Optional.empty()))))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageContaining("an optional within an optional cannot be stored")
                .hasMessageContaining("at field text of");
    }

    private record Price(BigDecimal amount) {}

    @Test
    void aDecimalThatIsNoNumberIsAValueThatDoesNotFit() {
        for (String odd : List.of("NaN", "Infinity", "-0")) {
            assertThatThrownBy(() -> decode(Price.class, "{amount: {$numberDecimal: '" + odd + "'}}"))
                    .isInstanceOf(BsonInvalidOperationException.class)
                    .hasMessageContaining("at field amount of");
        }
    }

    private record Span(Duration span, Map<String, Integer> counts) {}

    @Test
    void whatIsStoredBreaksNoLineOfAMessage() {
        assertThatThrownBy(() -> decode(Span.class, "{span: 'a\\nWARN all is lost\\u2028'}"))
                .message()
                .contains("a?WARN all is lost?")
                .doesNotContain("\n");
        assertThatThrownBy(() -> decode(Span.class, "{counts: {'a\\r\\nb': 'x'}}"))
                .message()
                .contains("at field counts.a??b of");
    }
}
