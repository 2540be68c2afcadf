package dev.rotor.conformance.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import dev.rotor.conformance.SpecificationCases.Case;
import dev.rotor.driver.core.wire.WireBson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.ByteBufNIO;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.io.ByteBufferBsonInput;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;

/**
 * The BSON corpus: bytes, extended JSON and documents turned into each other, with the codecs of
 * {@code org.mongodb:bson} over its own buffers and over those of the driver's wire protocol.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/bson-corpus/bson-corpus.md">BSON
 *     Corpus</a>
 */
public final class BsonCorpusFormat implements Format {

    private static final String DECIMAL128 = "0x13";
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    /** For the service loader. */
    public BsonCorpusFormat() {}

    @Override
    public String name() {
        return "BSON corpus";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        return SpecificationCases.cases(
                options, "bson-corpus/tests", file -> file.containsKey("bson_type"), BsonCorpusFormat::cases);
    }

    private static List<Case> cases(BsonDocument file) {
        List<Case> cases = new ArrayList<>();
        String type = file.getString("bson_type").getValue();
        for (BsonDocument test : documents(file, "valid")) {
            cases.add(new Case(description("valid", test), () -> valid(test)));
        }
        for (BsonDocument test : documents(file, "decodeErrors")) {
            cases.add(new Case(description("decodeErrors", test), () -> decodeError(test)));
        }
        for (BsonDocument test : documents(file, "parseErrors")) {
            cases.add(new Case(description("parseErrors", test), () -> parseError(type, test)));
        }
        return cases;
    }

    private static List<BsonDocument> documents(BsonDocument file, String name) {
        return file.getArray(name, new BsonArray()).stream()
                .map(BsonValue::asDocument)
                .toList();
    }

    private static String description(String kind, BsonDocument test) {
        return kind + ": " + test.getString("description").getValue();
    }

    // ---- valid

    private static void valid(BsonDocument test) {
        byte[] canonical = bytes(test, "canonical_bson");
        Json canonicalJson = Json.parse(text(test, "canonical_extjson"));
        boolean lossy = test.getBoolean("lossy", BsonBoolean.FALSE).getValue();

        BsonDocument document = decode(canonical);
        assertEncodesAs(document, canonical);
        assertThat(Json.parse(document.toJson(CANONICAL))).isEqualTo(canonicalJson);

        BsonDocument parsed = BsonDocument.parse(text(test, "canonical_extjson"));
        assertThat(Json.parse(parsed.toJson(CANONICAL))).isEqualTo(canonicalJson);
        if (!lossy) {
            assertEncodesAs(parsed, canonical);
        }
        if (test.containsKey("degenerate_bson")) {
            assertEncodesAs(decode(bytes(test, "degenerate_bson")), canonical);
        }
        if (test.containsKey("degenerate_extjson")) {
            BsonDocument degenerate = BsonDocument.parse(text(test, "degenerate_extjson"));
            assertThat(Json.parse(degenerate.toJson(CANONICAL))).isEqualTo(canonicalJson);
            if (!lossy) {
                assertEncodesAs(degenerate, canonical);
            }
        }
        if (test.containsKey("relaxed_extjson")) {
            Json relaxed = Json.parse(text(test, "relaxed_extjson"));
            assertThat(Json.parse(document.toJson(RELAXED))).isEqualTo(relaxed);
            BsonDocument fromRelaxed = BsonDocument.parse(text(test, "relaxed_extjson"));
            assertThat(Json.parse(fromRelaxed.toJson(RELAXED))).isEqualTo(relaxed);
        }
        if (test.containsKey("converted_bson")) {
            // Deprecated types are kept, not converted; what they may be converted to is as valid as anything else.
            assertEncodesAs(decode(bytes(test, "converted_bson")), bytes(test, "converted_bson"));
        }
        if (test.containsKey("converted_extjson")) {
            Json converted = Json.parse(text(test, "converted_extjson"));
            assertThat(Json.parse(
                            BsonDocument.parse(text(test, "converted_extjson")).toJson(CANONICAL)))
                    .isEqualTo(converted);
        }
    }

    /** What the library and the wire protocol's input read, which must be the same. */
    private static BsonDocument decode(byte[] bytes) {
        BsonDocument document = decodeWithLibrary(bytes);
        BsonDocument ofWire = WireBson.decode(bytes);
        // Compared as bytes, since a NaN does not equal itself.
        assertThat(hex(encodeWithLibrary(ofWire))).isEqualTo(hex(encodeWithLibrary(document)));
        return document;
    }

    private static void assertEncodesAs(BsonDocument document, byte[] expected) {
        assertThat(hex(encodeWithLibrary(document))).as("bson").isEqualTo(hex(expected));
        assertThat(hex(WireBson.encode(document))).as("wire").isEqualTo(hex(expected));
    }

    private static BsonDocument decodeWithLibrary(byte[] bytes) {
        ByteBufferBsonInput input = new ByteBufferBsonInput(new ByteBufNIO(ByteBuffer.wrap(bytes)));
        try (BsonBinaryReader reader = new BsonBinaryReader(input)) {
            BsonDocument document =
                    CODEC.decode(reader, DecoderContext.builder().build());
            if (input.hasRemaining()) {
                throw new IllegalArgumentException("bytes after the end of the document");
            }
            return document;
        }
    }

    private static byte[] encodeWithLibrary(BsonDocument document) {
        try (BasicOutputBuffer output = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(output)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return Arrays.copyOf(output.getInternalBuffer(), output.getSize());
        }
    }

    // ---- errors

    private static void decodeError(BsonDocument test) {
        byte[] bytes = bytes(test, "bson");
        // What counts is what a reply goes through. The library alone reads some of these, as its own tests say.
        assertThatThrownBy(() -> WireBson.decode(bytes)).isInstanceOf(RuntimeException.class);
    }

    private static void parseError(String type, BsonDocument test) {
        String string = text(test, "string");
        if (type.equals(DECIMAL128)) {
            assertThatThrownBy(() -> Decimal128.parse(string)).isInstanceOf(RuntimeException.class);
            return;
        }
        // Otherwise the case would be about JSON, not about extended JSON.
        assertThatCode(() -> Json.parse(string)).doesNotThrowAnyException();
        if (Json.parse(string).hasLegacyForm()) {
            throw new CaseSkippedException("org.mongodb:bson goes on reading what earlier versions of extended JSON"
                    + " wrote, such as {\"$date\": 42}; to be run again when it has a strict mode");
        }
        assertThatThrownBy(() -> WireBson.encode(BsonDocument.parse(string))).isInstanceOf(RuntimeException.class);
    }

    private static String text(BsonDocument test, String name) {
        return test.getString(name).getValue();
    }

    private static byte[] bytes(BsonDocument test, String name) {
        return HexFormat.of().parseHex(text(test, name));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
