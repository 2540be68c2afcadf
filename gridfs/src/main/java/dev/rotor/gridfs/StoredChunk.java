package dev.rotor.gridfs;

import java.nio.ByteBuffer;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinarySubType;
import org.bson.BsonSerializationException;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;
import org.bson.io.ByteBufferBsonInput;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as it came from the server: a view of the reply's bytes, which are not copied.
 *
 * @param n where in the file it stands; -1 if the document does not say
 * @param data the bytes; {@code null} if the document has none
 */
record StoredChunk(long n, @Nullable ByteBuffer data) {

    private static final BsonValueCodec VALUES = new BsonValueCodec();
    private static final DecoderContext CONTEXT = DecoderContext.builder().build();
    /** What is before the bytes of a binary: their number and the subtype. */
    private static final int BINARY_HEADER = 5;

    /**
     * Reads what a document says.
     *
     * @throws BsonSerializationException if it is no document
     */
    static StoredChunk of(RawBsonDocument document) {
        try {
            return read(document);
        } catch (BsonSerializationException e) {
            throw e;
        } catch (RuntimeException e) {
            // The reader leaves it to the buffer to notice some of the lengths that cannot be.
            BsonSerializationException malformed = new BsonSerializationException("malformed BSON: " + e.getMessage());
            malformed.initCause(e);
            throw malformed;
        }
    }

    private static StoredChunk read(RawBsonDocument document) {
        long n = -1;
        ByteBuffer data = null;
        ByteBuf bytes = document.getByteBuffer();
        // A view of its own: the input moves the position of the other one.
        ByteBuffer all = bytes.asNIO().duplicate();
        try (BsonBinaryReader reader = new BsonBinaryReader(new ByteBufferBsonInput(bytes))) {
            reader.readStartDocument();
            for (BsonType type = reader.readBsonType();
                    type != BsonType.END_OF_DOCUMENT;
                    type = reader.readBsonType()) {
                String name = reader.readName();
                if (name.equals("n")) {
                    n = number(VALUES.decode(reader, CONTEXT));
                } else if (name.equals("data") && type == BsonType.BINARY) {
                    data = bytesOf(reader, all);
                } else {
                    reader.skipValue();
                }
            }
        }
        return new StoredChunk(n, data);
    }

    private static ByteBuffer bytesOf(BsonBinaryReader reader, ByteBuffer all) {
        if (reader.peekBinarySubType() == BsonBinarySubType.OLD_BINARY.getValue()) {
            // Tells its length twice. Nobody writes it any more, so let the reader do it.
            return ByteBuffer.wrap(reader.readBinaryData().getData());
        }
        int size = reader.peekBinarySize();
        int start = reader.getBsonInput().getPosition() + BINARY_HEADER;
        // Finds out first whether there are so many.
        reader.skipValue();
        return all.slice(start, size);
    }

    private static long number(BsonValue n) {
        return n.isNumber() && n.asNumber().doubleValue() == n.asNumber().longValue()
                ? n.asNumber().longValue()
                : -1;
    }
}
