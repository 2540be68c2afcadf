package dev.rotor.gridfs;

import org.bson.BsonBinary;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A document of the chunks collection.
 *
 * @param id its id; {@code null} in one that was read, where nobody asks for it
 * @param filesId the file's id; {@code null} in one that was read, where it is known anyway
 * @param n where in the file it stands; -1 if the document does not say
 * @param data the bytes; {@code null} if the document has none
 */
@SuppressWarnings("ArrayRecordComponent") // Moved from reply to user, never compared.
record Chunk(@Nullable ObjectId id, @Nullable BsonValue filesId, long n, byte @Nullable [] data) {

    /** Without a tree of values between the bytes and the record. */
    static final class ChunkCodec implements Codec<Chunk> {

        private static final BsonValueCodec VALUES = new BsonValueCodec();

        @Override
        public Class<Chunk> getEncoderClass() {
            return Chunk.class;
        }

        @Override
        public void encode(BsonWriter writer, Chunk chunk, EncoderContext context) {
            ObjectId id = chunk.id;
            BsonValue filesId = chunk.filesId;
            byte[] data = chunk.data;
            if (id == null || filesId == null || data == null) {
                throw new BsonInvalidOperationException("a chunk to be stored needs an id, a file and data");
            }
            writer.writeStartDocument();
            writer.writeObjectId("_id", id);
            writer.writeName("files_id");
            VALUES.encode(writer, filesId, context);
            writer.writeInt32("n", Math.toIntExact(chunk.n));
            writer.writeBinaryData("data", new BsonBinary(data));
            writer.writeEndDocument();
        }

        @Override
        public Chunk decode(BsonReader reader, DecoderContext context) {
            long n = -1;
            byte[] data = null;
            reader.readStartDocument();
            for (BsonType type = reader.readBsonType();
                    type != BsonType.END_OF_DOCUMENT;
                    type = reader.readBsonType()) {
                String name = reader.readName();
                if (name.equals("n")) {
                    n = number(VALUES.decode(reader, context));
                } else if (name.equals("data") && type == BsonType.BINARY) {
                    data = reader.readBinaryData().getData();
                } else {
                    reader.skipValue();
                }
            }
            reader.readEndDocument();
            return new Chunk(null, null, n, data);
        }

        private static long number(BsonValue n) {
            return n.isNumber() && n.asNumber().doubleValue() == n.asNumber().longValue()
                    ? n.asNumber().longValue()
                    : -1;
        }
    }
}
