package dev.rotor.testserver.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes are those of the BSON specification's examples and corpus, not those of another codec. */
class BsonCodecTest {

    private static final UUID ID = UUID.fromString("73ffd264-44b3-4c69-90e8-e7d1dfc035d4");

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static Stream<Arguments> goldenBytes() {
        return Stream.of(
                Arguments.of("10000000 01 6100 000000000000F83F 00", 1.5),
                Arguments.of("0E000000 02 6100 02000000 6200 00", "b"),
                Arguments.of("0D000000 03 6100 05000000 00 00", new Document()),
                Arguments.of("14000000 04 6100 0C000000 10 3000 0A000000 00 00", List.of(10)),
                Arguments.of("0F000000 05 6100 02000000 00 FFFF 00", new BinData(new byte[] {-1, -1})),
                Arguments.of(
                        "13000000 05 6100 06000000 02 02000000 FFFF 00", new Binary((byte) 2, new byte[] {-1, -1})),
                Arguments.of("0F000000 05 6100 02000000 80 FFFF 00", new Binary((byte) 0x80, new byte[] {-1, -1})),
                Arguments.of("1D000000 05 6100 10000000 04 73FFD26444B34C6990E8E7D1DFC035D4 00", ID),
                Arguments.of("1D000000 05 6100 10000000 03 694CB34464D2FF73D435C0DFD1E7E890 00", new LegacyUUID(ID)),
                Arguments.of("08000000 06 6100 00", Undefined.INSTANCE),
                Arguments.of("14000000 07 6100 56E1FC72E0C917E9C4714161 00", new ObjectId("56e1fc72e0c917e9c4714161")),
                Arguments.of("09000000 08 6100 01 00", true),
                Arguments.of("10000000 09 6100 C5D8D6CC3B010000 00", Instant.parse("2012-12-24T12:15:30.501Z")),
                Arguments.of("08000000 0A 6100 00", null),
                Arguments.of(
                        "1A000000 0C 6100 02000000 6200 56E1FC72E0C917E9C4714161 00",
                        new DbPointer("b", new ObjectId("56e1fc72e0c917e9c4714161"))),
                Arguments.of("0E000000 0D 6100 02000000 6200 00", new BsonJavaScript("b")),
                Arguments.of("0E000000 0E 6100 02000000 6200 00", new Symbol("b")),
                Arguments.of(
                        "16000000 0F 6100 0E000000 01000000 00 05000000 00 00", new CodeWithScope("", new Document())),
                Arguments.of("0C000000 10 6900 FFFFFF7F 00", Integer.MAX_VALUE),
                Arguments.of("10000000 11 6100 2A00000015CD5B07 00", new BsonTimestamp(123456789L << 32 | 42)),
                Arguments.of("10000000 12 6100 00000000000000 80 00", Long.MIN_VALUE),
                Arguments.of(
                        "18000000 13 6400 0000000000000000 0000000000003CB0 00",
                        new Decimal128(0L, 0xB03C000000000000L)),
                Arguments.of("08000000 7F 6100 00", MaxKey.getInstance()),
                Arguments.of("08000000 FF 6100 00", MinKey.getInstance()));
    }

    @ParameterizedTest
    @MethodSource("goldenBytes")
    void everyTypeIsReadAndWritten(String hex, @Nullable Object value) {
        Document read = BsonReader.read(bytes(hex));
        assertThat(read.values()).containsExactly(value);
        assertThat(BsonWriter.write(read)).isEqualTo(bytes(hex));
    }

    @Test
    void aRegularExpressionKeepsPatternAndOptions() {
        byte[] golden = bytes("0F000000 0B 6100 61626300 696D00 00".replace("0F000000", "0F000000"));
        assertThat(BsonWriter.write(BsonReader.read(golden))).isEqualTo(golden);
    }

    @Test
    void nanAndNegativeZeroKeepTheirBits() {
        for (String hex : List.of("10000000 01 6400 120000000000F87F 00", "10000000 01 6400 0000000000000080 00")) {
            assertThat(BsonWriter.write(BsonReader.read(bytes(hex)))).isEqualTo(bytes(hex));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "04000000 00",
                "06000000 00",
                "FFFFFF7F 00",
                "FFFFFFFF 00",
                "0C000000 02 6100 FFFFFFFF 00",
                "0C000000 02 6100 00000000 00",
                "0D000000 02 6100 02000000 62 62 00",
                "09000000 08 6100 02 00",
                "08000000 20 6100 00",
                "0C000000 05 6100 FFFFFFFF 00 00",
                "12000000 05 6100 06000000 02 03000000 FFFF 00",
                "07000000 10 61 00"
            })
    void hostileBytesAreRefused(String hex) {
        assertThatThrownBy(() -> BsonReader.read(bytes(hex))).isInstanceOf(BsonException.class);
    }

    @Test
    void aDocumentThatOutgrowsItsArrayAtAnyPlaceIsWrittenWhole() {
        for (int length = 400; length < 600; length++) {
            Document document = new Document("first", "x".repeat(length)).append("second", List.of("y".repeat(700)));
            assertThat(BsonReader.read(BsonWriter.write(document))).isEqualTo(document);
        }
    }

    @Test
    void documentsNestedTooDeepAreRefusedWithoutExhaustingTheStack() {
        Document inner = new Document();
        for (int i = 0; i < 1000; i++) {
            inner = new Document("a", inner);
        }
        byte[] deep = BsonWriter.write(inner);
        assertThatThrownBy(() -> BsonReader.read(deep))
                .isInstanceOf(BsonException.class)
                .hasMessageContaining("nested");
    }
}
