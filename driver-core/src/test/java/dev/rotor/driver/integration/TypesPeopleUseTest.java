package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static dev.rotor.driver.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.codec.Codecs;
import dev.rotor.driver.model.InsertOneResult;
import dev.rotor.driver.model.Updates;
import dev.rotor.testserver.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bson.BinaryVector;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Records, sealed hierarchies and plain classes through a collection. */
class TypesPeopleUseTest {

    private static TestServer server;
    private static MongoClient client;

    private MongoCollection<Document> collection;

    private enum State {
        NEW,
        SENT
    }

    private record Page<T>(List<T> items, int number) {}

    private record Line(String article, Optional<String> note) {}

    private record Order(
            @BsonId @Nullable ObjectId id,
            UUID key,
            State state,
            Page<Line> lines,
            Map<State, Instant> history,
            Optional<Duration> patience,
            BinaryVector taste) {}

    private sealed interface Shape {
        record Circle(@BsonId int id, double radius) implements Shape {}

        record Pair(@BsonId int id, Shape left, Shape right) implements Shape {}
    }

    /** A plain class. */
    public static final class Plain {
        private @Nullable ObjectId id;
        private String name = "";

        public @Nullable ObjectId getId() {
            return id;
        }

        public void setId(ObjectId id) {
            this.id = id;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    private static final class CurrencyCodec implements Codec<Currency> {
        @Override
        public void encode(BsonWriter writer, Currency value, EncoderContext context) {
            writer.writeString(value.getCurrencyCode());
        }

        @Override
        public Currency decode(BsonReader reader, DecoderContext context) {
            return Currency.getInstance(reader.readString());
        }

        @Override
        public Class<Currency> getEncoderClass() {
            return Currency.class;
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.standalone().start();
        client = MongoClient.create(dev.rotor.driver.MongoClientSettings.builder()
                .applyConnectionString(new dev.rotor.driver.ConnectionString(server.connectionString()))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void freshCollection(TestInfo test) {
        collection = client.getDatabase("types")
                .getCollection(test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void aRecordComesBackThroughACollectionWithTheIdThatTheDriverGaveIt() throws Exception {
        MongoCollection<Order> orders = collection.withDocumentClass(Order.class);
        Order order = new Order(
                null,
                UUID.randomUUID(),
                State.SENT,
                new Page<>(List.of(new Line("pen", Optional.of("blue")), new Line("ink", Optional.empty())), 1),
                Map.of(State.NEW, Instant.ofEpochMilli(5)),
                Optional.of(Duration.ofHours(2)),
                BinaryVector.floatVector(new float[] {1, 2}));

        InsertOneResult inserted = await(orders.insertOne(order));

        ObjectId id = Objects.requireNonNull(inserted.insertedId()).asObjectId().getValue();
        Order expected = new Order(
                id, order.key(), order.state(), order.lines(), order.history(), order.patience(), order.taste());
        assertThat(await(orders.find(eq("_id", id)).first())).isEqualTo(expected);
        assertThat(await(orders.find(eq("key", order.key())).first())).isEqualTo(expected);
        assertThat(await(orders.find(eq("state", State.SENT)).toList(10))).containsExactly(expected);

        await(orders.updateOne(eq("_id", id), Updates.push("lines.items", new Line("cap", Optional.empty()))));
        Order longer = await(orders.find().first());
        assertThat(Objects.requireNonNull(longer).lines().items())
                .hasSize(3)
                .endsWith(new Line("cap", Optional.empty()));
        assertThat(await(collection.find().first()).get("key"))
                .as("in a document too")
                .isEqualTo(order.key());
    }

    @Test
    void aCollectionOfASealedTypeHoldsEachOfItsClasses() throws Exception {
        MongoCollection<Shape> shapes = collection.withDocumentClass(Shape.class);
        Shape circle = new Shape.Circle(1, 2.5);
        Shape pair = new Shape.Pair(2, circle, new Shape.Pair(3, circle, circle));

        await(shapes.insertMany(List.of(circle, pair)));
        await(collection.insertOne(new Document("_id", 9).append("_t", "Hexagon")));

        assertThat(await(shapes.find(eq("_id", 2)).first())).isEqualTo(pair);
        assertThat(await(collection
                        .withDocumentClass(Shape.Circle.class)
                        .find(eq("_t", "Circle"))
                        .toList(10)))
                .containsExactly((Shape.Circle) circle);
        assertThatThrownBy(() -> await(shapes.find(eq("_id", 9)).first()))
                .hasMessageContaining("unknown discriminator \"Hexagon\"; known are Circle, Pair");
        assertThat(await(shapes.find(eq("_id", 1)).first()))
                .as("the client goes on")
                .isEqualTo(circle);
    }

    @Test
    void aValueWithoutCodecFailsTheCallWithItsFieldAndTheClientGoesOn() throws Exception {
        Document priced = new Document("_id", 1).append("price", new Document("in", Currency.getInstance("EUR")));

        assertThatThrownBy(() -> await(collection.insertOne(priced)))
                .isInstanceOf(CodecConfigurationException.class)
                .hasMessageContaining("No codec for java.util.Currency, at field price.in of org.bson.Document");
        assertThatThrownBy(
                        () -> await(collection.updateOne(eq("_id", 1), Updates.set("c", Currency.getInstance("EUR")))))
                .hasMessageContaining("No codec for java.util.Currency");
        assertThatThrownBy(() -> await(
                        collection.withDocumentClass(Currency.class).find().first()))
                .hasMessageContaining("No codec for java.util.Currency");

        MongoCollection<Document> priceable = collection.withCodecRegistry(Codecs.with(new CurrencyCodec()));
        await(priceable.insertOne(priced));
        assertThat(await(collection.find(eq("price.in", "EUR")).first())).isNotNull();
    }

    @Test
    void aPlainClassTakesOneLine() throws Exception {
        MongoCollection<Plain> plain = collection.withDocumentClass(Plain.class).withCodecRegistry(Codecs.withPojos());
        Plain value = new Plain();
        value.setName("n");

        InsertOneResult inserted = await(plain.insertOne(value));

        Plain found = Objects.requireNonNull(await(plain.find().first()));
        assertThat(found.getName()).isEqualTo("n");
        assertThat(found.getId()).isEqualTo(value.getId()).isNotNull();
        assertThat(Objects.requireNonNull(inserted.insertedId()).asObjectId().getValue())
                .isEqualTo(found.getId());
    }
}
