package dev.rotor.conformance.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.core.wire.WireBson;
import org.bson.BinaryVector;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/** The prose tests of the BSON Corpus and of the BSON Binary Subtype 9 - Vector specifications. */
class BsonProseTest {

    @Test
    void corpus1NullBytesAreRefusedInNamesAndInRegularExpressions() {
        assertRefused(new BsonDocument("a\0b", new BsonInt32(1)));
        assertRefused(new BsonDocument("sub", new BsonDocument("a\0b", new BsonInt32(1))));
        assertRefused(value(() -> new BsonRegularExpression("a\0b", "i")));
        assertRefused(value(() -> new BsonRegularExpression("a", "i\0m")));
    }

    private interface Value {
        BsonValue make();
    }

    /** A document that holds a value; made within the assertion, since the value may be refused already. */
    private static BsonDocument value(Value value) {
        try {
            return new BsonDocument("x", value.make());
        } catch (RuntimeException refused) {
            return new BsonDocument("refused\0already", new BsonInt32(1));
        }
    }

    private static void assertRefused(BsonDocument document) {
        assertThatThrownBy(() -> WireBson.encode(document)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void vector1IgnoredBitsThatAreSetArePreservedWhenEncoded() {
        BinaryVector vector = BinaryVector.packedBitVector(new byte[] {(byte) 0xFF}, (byte) 7);
        assertThat(new BsonBinary(vector).getData()).containsExactly(0x10, 7, 0xFF);
    }

    @Test
    void vector2IgnoredBitsThatAreSetArePreservedWhenDecoded() {
        BsonBinary binary = new BsonBinary(BsonBinarySubType.VECTOR, new byte[] {0x10, 7, (byte) 0xFF});
        assertThat(binary.asVector()).isEqualTo(BinaryVector.packedBitVector(new byte[] {(byte) 0xFF}, (byte) 7));
    }

    @Test
    void vector3VectorsAreComparedWithTheirIgnoredBits() {
        BsonBinary clear = new BsonBinary(BsonBinarySubType.VECTOR, new byte[] {0x10, 7, (byte) 0x80});
        BsonBinary set = new BsonBinary(BsonBinarySubType.VECTOR, new byte[] {0x10, 7, (byte) 0xFF});
        BinaryVector made = BinaryVector.packedBitVector(new byte[] {(byte) 0x80}, (byte) 7);
        assertThat(clear).isNotEqualTo(set).isEqualTo(new BsonBinary(made));
        assertThat(clear.asVector()).isNotEqualTo(set.asVector()).isEqualTo(made);
    }
}
