package dev.rotor.gridfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredChunkTest {

    private static final byte[] DATA = {1, 2, 3, 4, 5};

    /** Amid other bytes, as it lies in a reply. */
    private static RawBsonDocument reply(BsonDocument document, byte[] frame, int offset) {
        byte[] bytes = new RawBsonDocument(document, new BsonDocumentCodec())
                .getByteBuffer()
                .array();
        int length =
                ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(0);
        System.arraycopy(bytes, 0, frame, offset, length);
        return new RawBsonDocument(frame, offset, length);
    }

    private static StoredChunk read(BsonDocument document) {
        return StoredChunk.of(reply(document, new byte[500], 77));
    }

    private static BsonDocument chunk(BsonValue n, BsonValue data) {
        return new BsonDocument("_id", new BsonObjectId())
                .append("files_id", new BsonString("file"))
                .append("n", n)
                .append("data", data)
                .append("more", new BsonDocument("data", new BsonInt32(1)));
    }

    private static byte[] bytes(StoredChunk chunk) {
        ByteBuffer data = Objects.requireNonNull(chunk.data()).duplicate();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    @Test
    void itsDataIsAViewOfTheReply() {
        byte[] frame = new byte[500];

        StoredChunk chunk = StoredChunk.of(reply(chunk(new BsonInt32(3), new BsonBinary(DATA)), frame, 77));

        assertThat(chunk.n()).isEqualTo(3);
        assertThat(bytes(chunk)).isEqualTo(DATA);
        ByteBuffer data = Objects.requireNonNull(chunk.data());
        assertThat(data.arrayOffset()).isGreaterThan(77);
        assertThat(data.array()).isSameAs(frame);
        assertThat(data.capacity()).as("and nothing beside it").isEqualTo(DATA.length);
    }

    @Test
    void binariesOfTheOldSubtypeAreReadToo() {
        assertThat(bytes(read(chunk(new BsonInt32(0), new BsonBinary(BsonBinarySubType.OLD_BINARY, DATA)))))
                .isEqualTo(DATA);
        assertThat(bytes(read(chunk(new BsonInt32(0), new BsonBinary(BsonBinarySubType.USER_DEFINED, DATA)))))
                .isEqualTo(DATA);
    }

    @Test
    void anyWholeNumberSaysWhereItStands() {
        BsonBinary data = new BsonBinary(DATA);

        assertThat(read(chunk(new BsonInt64(1L << 40), data)).n()).isEqualTo(1L << 40);
        assertThat(read(chunk(new BsonDouble(7), data)).n()).isEqualTo(7);
        assertThat(read(chunk(new BsonDouble(7.5), data)).n()).isEqualTo(-1);
        assertThat(read(chunk(new BsonString("7"), data)).n()).isEqualTo(-1);
    }

    @Test
    void whatIsNoBinaryIsNoData() {
        assertThat(read(chunk(new BsonInt32(1), new BsonString("text"))).data()).isNull();
        assertThat(read(new BsonDocument()).data()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 6, 1000, Integer.MAX_VALUE})
    void aLengthThatDoesNotFitIsRefused(int length) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        out.writeInt32(0);
        out.writeByte(5);
        out.writeCString("data");
        out.writeInt32(length);
        out.writeByte(0);
        out.writeBytes(DATA);
        out.writeByte(0);
        out.writeInt32(0, out.getPosition());
        byte[] bytes = out.toByteArray();

        assertThatExceptionOfType(BsonSerializationException.class)
                .isThrownBy(() -> StoredChunk.of(new RawBsonDocument(bytes, 0, bytes.length)));
    }
}
