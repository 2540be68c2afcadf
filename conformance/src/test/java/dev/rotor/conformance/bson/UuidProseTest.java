package dev.rotor.conformance.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.testserver.TestServer;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The prose tests of the specification "BSON Binary UUID", by their sections and numbers. */
class UuidProseTest {

    private static final UUID VALUE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final String STANDARD = "00112233445566778899AABBCCDDEEFF";
    private static final String JAVA = "7766554433221100FFEEDDCCBBAA9988";
    private static final String CSHARP = "33221100554477668899AABBCCDDEEFF";
    private static final List<UuidRepresentation> LEGACY = List.of(
            UuidRepresentation.JAVA_LEGACY, UuidRepresentation.C_SHARP_LEGACY, UuidRepresentation.PYTHON_LEGACY);

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.standalone().start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String hex(byte[] data) {
        StringBuilder hex = new StringBuilder();
        for (byte one : data) {
            hex.append(String.format(Locale.ROOT, "%02X", one));
        }
        return hex.toString();
    }

    private static BsonBinary binary(int subtype, String hex) {
        byte[] data = new byte[hex.length() / 2];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return new BsonBinary((byte) subtype, data);
    }

    private static void assertIs(BsonBinary binary, int subtype, String hex) {
        assertThat(binary.getType()).isEqualTo((byte) subtype);
        assertThat(hex(binary.getData())).isEqualTo(hex);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RuntimeException.class).isNotInstanceOf(NullPointerException.class);
    }

    // ---- explicit encoding

    @Test
    void explicitEncoding1WithoutARepresentation() {
        assertIs(new BsonBinary(VALUE), 4, STANDARD);
    }

    @Test
    void explicitEncoding2Standard() {
        assertIs(new BsonBinary(VALUE, UuidRepresentation.STANDARD), 4, STANDARD);
    }

    @Test
    void explicitEncoding3JavaLegacy() {
        assertIs(new BsonBinary(VALUE, UuidRepresentation.JAVA_LEGACY), 3, JAVA);
    }

    @Test
    void explicitEncoding4CsharpLegacy() {
        assertIs(new BsonBinary(VALUE, UuidRepresentation.C_SHARP_LEGACY), 3, CSHARP);
    }

    @Test
    void explicitEncoding5PythonLegacy() {
        assertIs(new BsonBinary(VALUE, UuidRepresentation.PYTHON_LEGACY), 3, STANDARD);
    }

    @Test
    void explicitEncoding6UnspecifiedIsRefused() {
        assertRefused(() -> new BsonBinary(VALUE, UuidRepresentation.UNSPECIFIED));
    }

    // ---- explicit decoding

    @Test
    void explicitDecoding1OfSubtype4OnlyTheStandardOneIs() {
        BsonBinary binary = binary(4, STANDARD);
        assertThat(binary.asUuid()).isEqualTo(VALUE);
        assertThat(binary.asUuid(UuidRepresentation.STANDARD)).isEqualTo(VALUE);
        assertRefused(() -> binary.asUuid(UuidRepresentation.UNSPECIFIED));
        for (UuidRepresentation legacy : LEGACY) {
            assertRefused(() -> binary.asUuid(legacy));
        }
    }

    private static void assertLegacy(String hex, UuidRepresentation itsOwn) {
        BsonBinary binary = binary(3, hex);
        assertRefused(binary::asUuid);
        assertRefused(() -> binary.asUuid(UuidRepresentation.STANDARD));
        assertRefused(() -> binary.asUuid(UuidRepresentation.UNSPECIFIED));
        assertThat(binary.asUuid(itsOwn)).isEqualTo(VALUE);
    }

    @Test
    void explicitDecoding2JavaLegacy() {
        assertLegacy(JAVA, UuidRepresentation.JAVA_LEGACY);
    }

    @Test
    void explicitDecoding3CsharpLegacy() {
        assertLegacy(CSHARP, UuidRepresentation.C_SHARP_LEGACY);
    }

    @Test
    void explicitDecoding4PythonLegacy() {
        assertLegacy(STANDARD, UuidRepresentation.PYTHON_LEGACY);
    }

    // ---- implicit: the representation is the client's

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static MongoClient client(UuidRepresentation representation) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .uuidRepresentation(representation)
                .build());
    }

    private static MongoCollection<Document> things(MongoClient client, UuidRepresentation representation) {
        return client.getDatabase("uuid").getCollection("things" + representation);
    }

    private static BsonBinary inserted(UuidRepresentation representation) throws Exception {
        try (MongoClient client = client(representation)) {
            MongoCollection<Document> things = things(client, representation);
            await(things.drop());
            await(things.insertOne(new Document("_id", VALUE)));
            return await(things.withDocumentClass(BsonDocument.class).find().first())
                    .getBinary("_id");
        }
    }

    @Test
    void implicitEncoding1JavaLegacy() throws Exception {
        assertIs(inserted(UuidRepresentation.JAVA_LEGACY), 3, JAVA);
    }

    @Test
    void implicitEncoding2CsharpLegacy() throws Exception {
        assertIs(inserted(UuidRepresentation.C_SHARP_LEGACY), 3, CSHARP);
    }

    @Test
    void implicitEncoding3PythonLegacy() throws Exception {
        assertIs(inserted(UuidRepresentation.PYTHON_LEGACY), 3, STANDARD);
    }

    @Test
    void implicitEncoding4Standard() throws Exception {
        assertIs(inserted(UuidRepresentation.STANDARD), 4, STANDARD);
    }

    @Test
    void implicitEncoding5UnspecifiedIsRefused() {
        assertThatThrownBy(() -> inserted(UuidRepresentation.UNSPECIFIED))
                .satisfies(failure -> assertThat(failure instanceof ExecutionException ? failure.getCause() : failure)
                        .isInstanceOf(CodecConfigurationException.class)
                        .hasMessageContaining("uuidRepresentation"));
    }

    /** What a client of the representation finds where one binary of each kind was inserted. */
    private static Document found(UuidRepresentation representation, UuidRepresentation legacy) throws Exception {
        try (MongoClient client = client(representation)) {
            MongoCollection<Document> things = things(client, representation);
            await(things.drop());
            await(things.insertOne(new Document("standard", new BsonBinary(VALUE, UuidRepresentation.STANDARD))
                    .append("legacy", new BsonBinary(VALUE, legacy))));
            return await(things.find().first());
        }
    }

    private static Binary asBinary(UuidRepresentation representation) {
        BsonBinary binary = new BsonBinary(VALUE, representation);
        return new Binary(
                representation == UuidRepresentation.STANDARD
                        ? BsonBinarySubType.UUID_STANDARD
                        : BsonBinarySubType.UUID_LEGACY,
                binary.getData());
    }

    @Test
    void implicitDecoding1LegacyRepresentationsReadTheirOwn() throws Exception {
        for (UuidRepresentation legacy : LEGACY) {
            Document found = found(legacy, legacy);
            assertThat(found.get("standard")).isEqualTo(asBinary(UuidRepresentation.STANDARD));
            assertThat(found.get("legacy")).isEqualTo(VALUE);
        }
    }

    @Test
    void implicitDecoding2TheStandardRepresentationReadsSubtype4() throws Exception {
        Document found = found(UuidRepresentation.STANDARD, UuidRepresentation.PYTHON_LEGACY);
        assertThat(found.get("standard")).isEqualTo(VALUE);
        assertThat(found.get("legacy")).isEqualTo(asBinary(UuidRepresentation.PYTHON_LEGACY));
    }

    @Test
    void implicitDecoding3UnspecifiedReadsNeither() throws Exception {
        for (UuidRepresentation legacy : LEGACY) {
            Document found = found(UuidRepresentation.UNSPECIFIED, legacy);
            assertThat(found.get("standard")).isEqualTo(asBinary(UuidRepresentation.STANDARD));
            assertThat(found.get("legacy")).isEqualTo(asBinary(legacy));
        }
    }
}
