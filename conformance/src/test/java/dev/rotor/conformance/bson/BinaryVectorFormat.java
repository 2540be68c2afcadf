package dev.rotor.conformance.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import dev.rotor.conformance.SpecificationCases.Case;
import dev.rotor.driver.core.wire.WireBson;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bson.BinaryVector;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.Float32BinaryVector;
import org.bson.Int8BinaryVector;
import org.bson.PackedBitBinaryVector;

/**
 * The tests of vectors in binary subtype 9.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/bson-binary-vector/bson-binary-vector.md">BSON
 *     Binary Subtype 9 - Vector</a>
 */
public final class BinaryVectorFormat implements Format {

    private static final int INT8 = 0x03;
    private static final int PACKED_BIT = 0x10;
    private static final int FLOAT32 = 0x27;

    /** For the service loader. */
    public BinaryVectorFormat() {}

    @Override
    public String name() {
        return "BSON binary vectors";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        return SpecificationCases.cases(
                options, "bson-binary-vector/tests", file -> file.containsKey("test_key"), BinaryVectorFormat::cases);
    }

    private static List<Case> cases(BsonDocument file) {
        String key = file.getString("test_key").getValue();
        List<Case> cases = new ArrayList<>();
        for (BsonValue value : file.getArray("tests")) {
            BsonDocument test = value.asDocument();
            cases.add(new Case(
                    test.getString("description").getValue(),
                    test.getBoolean("valid").getValue() ? () -> valid(key, test) : () -> invalid(key, test)));
        }
        return cases;
    }

    private static void valid(String key, BsonDocument test) {
        String canonical = test.getString("canonical_bson").getValue();
        BinaryVector vector = vector(test);
        assertThat(HexFormat.of().withUpperCase().formatHex(encode(key, vector)))
                .isEqualTo(canonical);
        assertThat(decode(key, canonical)).isEqualTo(vector);
    }

    private static void invalid(String key, BsonDocument test) {
        boolean checked = false;
        if (test.isArray("vector")) {
            assertThatThrownBy(() -> encode(key, vector(test))).isInstanceOf(RuntimeException.class);
            checked = true;
        }
        if (test.isString("canonical_bson")) {
            assertThatThrownBy(
                            () -> decode(key, test.getString("canonical_bson").getValue()))
                    .isInstanceOf(RuntimeException.class);
            checked = true;
        }
        assertThat(checked).as("the case says what is invalid").isTrue();
    }

    private static byte[] encode(String key, BinaryVector vector) {
        return WireBson.encode(new BsonDocument(key, new BsonBinary(vector)));
    }

    private static BinaryVector decode(String key, String hex) {
        return WireBson.decode(HexFormat.of().parseHex(hex)).getBinary(key).asVector();
    }

    private static BinaryVector vector(BsonDocument test) {
        int type = Integer.decode(test.getString("dtype_hex").getValue());
        int padding = test.getNumber("padding", new BsonInt32(0)).intValue();
        List<BsonValue> numbers = test.getArray("vector").getValues();
        if (type == PACKED_BIT) {
            if (padding < Byte.MIN_VALUE || padding > Byte.MAX_VALUE) {
                throw new IllegalArgumentException("padding " + padding + " is not a byte");
            }
            PackedBitBinaryVector vector = BinaryVector.packedBitVector(bytes(numbers, 0, 255), (byte) padding);
            return vector;
        }
        if (padding != 0) {
            // The types of other vectors have no place for it.
            throw new IllegalArgumentException("only vectors of bits have padding");
        }
        if (type == INT8) {
            Int8BinaryVector vector = BinaryVector.int8Vector(bytes(numbers, Byte.MIN_VALUE, Byte.MAX_VALUE));
            return vector;
        }
        if (type != FLOAT32) {
            throw new AssertionError("unknown type of vector " + type);
        }
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers.get(i).asNumber().doubleValue();
        }
        Float32BinaryVector vector = BinaryVector.floatVector(floats);
        return vector;
    }

    /** The Java types take nothing else: numbers outside of the range, and fractions, cannot even be said. */
    private static byte[] bytes(List<BsonValue> numbers, int least, int most) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            double number = numbers.get(i).asNumber().doubleValue();
            if (number < least || number > most || number != Math.rint(number)) {
                throw new IllegalArgumentException(number + " is not a whole number from " + least + " to " + most);
            }
            bytes[i] = (byte) (int) number;
        }
        return bytes;
    }
}
