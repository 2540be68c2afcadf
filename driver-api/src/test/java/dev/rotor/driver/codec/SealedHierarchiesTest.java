package dev.rotor.driver.codec;

import static dev.rotor.driver.codec.Coding.again;
import static dev.rotor.driver.codec.Coding.decode;
import static dev.rotor.driver.codec.Coding.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.pojo.annotations.BsonDiscriminator;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sealed hierarchies, told apart by a discriminator. */
class SealedHierarchiesTest {

    /** A hierarchy of records, one nested hierarchy and plain classes. */
    public sealed interface Shape permits Circle, Group, Angular, Blob {}

    private record Circle(@BsonId int id, double radius) implements Shape {}

    private record Group(List<Shape> parts) implements Shape {}

    private sealed interface Angular extends Shape permits Square, Triangle {}

    @BsonDiscriminator("sq")
    private record Square(double side) implements Angular {}

    private record Triangle(double a, double b, double c) implements Angular {}

    /** A plain class in the hierarchy. */
    public static final class Blob implements Shape {
        private String name = "";
        private List<Shape> inside = List.of();

        /** As plain classes need it. */
        public Blob() {}

        Blob(String name, List<Shape> inside) {
            this.name = name;
            this.inside = inside;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public List<Shape> getInside() {
            return inside;
        }

        public void setInside(List<Shape> inside) {
            this.inside = inside;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Blob blob && name.equals(blob.name) && inside.equals(blob.inside);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, inside);
        }
    }

    private static BsonDocument encodeShape(Shape shape) {
        return encode(Coding.REGISTRY, Shape.class, shape);
    }

    @Test
    void theDiscriminatorFollowsTheIdAndNamesTheClass() {
        assertThat(encodeShape(new Circle(7, 1.5)).toJson())
                .isEqualTo("{\"_id\": 7, \"_t\": \"Circle\", \"radius\": 1.5}");
        assertThat(encodeShape(new Square(2)).toJson()).isEqualTo("{\"_t\": \"sq\", \"side\": 2.0}");
        assertThat(encodeShape(new Blob("b", List.of(new Square(1)))))
                .isEqualTo(BsonDocument.parse("{_t: 'Blob', inside: [{_t: 'sq', side: 1.0}], name: 'b'}"));
    }

    @Test
    void eachClassComesBackThroughTheSealedOneHoweverDeep() {
        Shape all = new Group(List.of(
                new Circle(1, 2),
                new Square(3),
                new Group(List.of(new Triangle(3, 4, 5))),
                new Blob("b", List.of(new Group(List.of(new Blob("c", List.of())))))));
        assertThat(decode(Coding.REGISTRY, Shape.class, encodeShape(all))).isEqualTo(all);
        assertThat(decode(Angular.class, "{side: 1.0, _t: 'sq'}")).isEqualTo(new Square(1));
    }

    @Test
    void aClassByItselfWritesTheDiscriminatorAndAcceptsItsAbsence() {
        assertThat(encode(new Square(1)).getString("_t").getValue()).isEqualTo("sq");
        assertThat(again(new Square(1))).isEqualTo(new Square(1));
        assertThat(again(new Blob("b", List.of()))).isEqualTo(new Blob("b", List.of()));
        assertThat(decode(Square.class, "{side: 1.0}")).isEqualTo(new Square(1));
        assertThat(decode(Square.class, "{_t: '" + Square.class.getName() + "', side: 1.0}"))
                .isEqualTo(new Square(1));
    }

    @Test
    void aDocumentOfAnotherClassIsRefused() {
        assertThatThrownBy(() -> decode(Square.class, "{_t: 'Circle', side: 1.0}"))
                .isInstanceOf(BsonInvalidOperationException.class)
                .hasMessage(
                        "the document is of class \"Circle\", not \"sq\", at field _t of " + Square.class.getName());
        assertThatThrownBy(() -> decode(Blob.class, "{_t: 'Circle', name: 'x'}"))
                .hasMessage(
                        "the document is of class \"Circle\", not \"Blob\", at field _t of " + Blob.class.getName());
    }

    @Test
    void anUnknownOrMissingDiscriminatorListsTheKnownOnes() {
        assertThatThrownBy(() -> decode(Group.class, "{parts: [{_t: 'Hexagon'}]}"))
                .isInstanceOf(BsonInvalidOperationException.class)
                .hasMessage("unknown discriminator \"Hexagon\"; known are Circle, Group, sq, Triangle, Blob, at field"
                        + " parts.0._t of " + Group.class.getName());
        assertThatThrownBy(() -> decode(Shape.class, "{side: 1}"))
                .hasMessage("the document has no discriminator \"_t\" for " + Shape.class.getName()
                        + "; known are Circle, Group, sq, Triangle, Blob");
        assertThatThrownBy(() -> decode(Shape.class, "{_t: 5}")).hasMessageContaining("no discriminator");
    }

    @Test
    void inADocumentEachValueBringsItsDiscriminator() {
        assertThat(encode(new Document("shape", new Square(1)).append("list", List.of(new Circle(1, 1)))))
                .isEqualTo(BsonDocument.parse(
                        "{shape: {_t: 'sq', side: 1.0}, list: [{_id: 1, _t: 'Circle', radius: 1.0}]}"));
    }

    @BsonDiscriminator(key = "kind")
    private sealed interface Event {
        record Made(int n) implements Event {}

        record Lost(Map<String, Event> causes) implements Event {}
    }

    @Test
    void theHierarchyMayNameItsOwnKey() {
        Event event = new Event.Lost(Map.of("x", new Event.Made(1)));
        BsonDocument encoded = encode(Coding.REGISTRY, Event.class, event);
        assertThat(encoded).isEqualTo(BsonDocument.parse("{kind: 'Lost', causes: {x: {kind: 'Made', n: 1}}}"));
        assertThat(decode(Coding.REGISTRY, Event.class, encoded)).isEqualTo(event);
    }

    private sealed interface Result<T> {
        record Ok<A>(A value, List<A> more) implements Result<A> {}

        record Failed<T>(String why) implements Result<T> {}
    }

    private record Tag(String name) {}

    private record Results(Result<Tag> tag, List<Result<Integer>> numbers) {}

    @Test
    void aGenericHierarchyGivesItsTypeToItsClasses() {
        Results results = new Results(
                new Result.Ok<>(new Tag("a"), List.of(new Tag("b"))),
                List.of(new Result.Failed<>("no"), new Result.Ok<>(1, List.of())));
        assertThat(again(results)).isEqualTo(results);
    }

    /** Sealed, and concrete itself. */
    public static sealed class PublicBase permits PublicDerived {
        public int x;

        @Override
        @SuppressWarnings("EqualsGetClass") // the classes are what is compared here
        public boolean equals(@Nullable Object other) {
            return other != null && other.getClass() == getClass() && ((PublicBase) other).x == x;
        }

        @Override
        public int hashCode() {
            return x;
        }
    }

    /** Has a field more. */
    public static final class PublicDerived extends PublicBase {
        public int y;
    }

    @Test
    void aSealedClassThatIsConcreteIsOneOfItsHierarchy() {
        PublicBase base = new PublicBase();
        base.x = 1;
        PublicDerived derived = new PublicDerived();
        derived.x = 2;
        assertThat(encode(Coding.REGISTRY, PublicBase.class, base))
                .isEqualTo(BsonDocument.parse("{_t: 'PublicBase', x: 1}"));
        BsonDocument encoded = encode(Coding.REGISTRY, PublicBase.class, derived);
        assertThat(encoded).isEqualTo(BsonDocument.parse("{_t: 'PublicDerived', x: 2, y: 0}"));
        assertThat(decode(Coding.REGISTRY, PublicBase.class, encoded)).isEqualTo(derived);
        assertThat(decode(PublicBase.class, "{_t: 'PublicBase', x: 1}")).isEqualTo(base);
    }

    private sealed interface Clash {
        record One(int a) implements Clash {}

        @BsonDiscriminator("One")
        record Two(int b) implements Clash {}
    }

    @SuppressWarnings("UnusedNestedClass") // permitted is all that it has to be
    private sealed interface WithEnum {
        record One(int a) implements WithEnum {}

        enum Many implements WithEnum {
            A
        }
    }

    @SuppressWarnings("UnusedNestedClass") // permitted is all that it has to be
    private sealed interface Keyed {
        record Bad(String _t) implements Keyed {}
    }

    @Test
    void whatCannotBeToldApartIsFoundWhenTheCodecIsMade() {
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Clash.class))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessage("both " + Clash.One.class.getName() + " and " + Clash.Two.class.getName() + " of "
                        + Clash.class.getName()
                        + " have the discriminator \"One\"; give one of them another with @BsonDiscriminator");
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Clash.One.class))
                .hasMessageContaining("have the discriminator \"One\"");
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, WithEnum.class))
                .hasMessageContaining("permits the enum " + WithEnum.Many.class.getName());
        assertThatThrownBy(() -> Codecs.find(Coding.REGISTRY, Keyed.class))
                .hasMessageContaining("has the name of the discriminator");
    }

    private sealed interface Ajar {
        record Known(int a) implements Ajar {}

        non-sealed class Unknown implements Ajar {}
    }

    private static final class Stranger extends Ajar.Unknown {}

    @Test
    void aClassThatTheHierarchyDoesNotNameIsRefused() {
        assertThat(encode(Coding.REGISTRY, Ajar.Known.class, new Ajar.Known(1))).containsKey("_t");
        assertThatThrownBy(() -> encode(Coding.REGISTRY, Ajar.class, new Stranger()))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageContaining(Stranger.class.getName());
    }

    /** A codec of the user's own, which writes no discriminator, but perhaps a field of that name. */
    private static final class OwnSquareCodec implements Codec<Square> {

        private final @Nullable String tag;

        OwnSquareCodec(@Nullable String tag) {
            this.tag = tag;
        }

        @Override
        public void encode(BsonWriter writer, Square value, EncoderContext context) {
            writer.writeStartDocument();
            if (tag != null) {
                writer.writeString("_t", tag);
            }
            writer.writeDouble("s", value.side());
            writer.writeInt32("_id", 5);
            writer.writeEndDocument();
        }

        @Override
        public Square decode(BsonReader reader, DecoderContext context) {
            return new Square(new org.bson.codecs.BsonDocumentCodec()
                    .decode(reader, context)
                    .getDouble("s")
                    .getValue());
        }

        @Override
        public Class<Square> getEncoderClass() {
            return Square.class;
        }
    }

    @Test
    void aCodecOfTheUsersOwnIsUsedAndGivenTheDiscriminator() {
        CodecRegistry registry = Codecs.with(new OwnSquareCodec(null));
        BsonDocument encoded = encode(registry, Shape.class, new Square(2));
        assertThat(encoded.toJson()).isEqualTo("{\"_id\": 5, \"_t\": \"sq\", \"s\": 2.0}");
        assertThat(decode(registry, Shape.class, encoded)).isEqualTo(new Square(2));
    }

    @Test
    void aFieldOfTheUsersCodecThatHasTheNameOfTheDiscriminatorIsNotLostInSilence() {
        assertThatThrownBy(() -> encode(Codecs.with(new OwnSquareCodec("tall")), Shape.class, new Square(2)))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageContaining("_t")
                .hasMessageContaining(OwnSquareCodec.class.getName())
                .hasMessageContaining("@BsonDiscriminator");
        // The discriminator itself may well be written by it.
        assertThat(encode(Codecs.with(new OwnSquareCodec("sq")), Shape.class, new Square(2))
                        .toJson())
                .isEqualTo("{\"_id\": 5, \"_t\": \"sq\", \"s\": 2.0}");
    }
}
