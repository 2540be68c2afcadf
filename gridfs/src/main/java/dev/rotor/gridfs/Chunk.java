package dev.rotor.gridfs;

import org.bson.BsonBinary;
import org.bson.BsonReader;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.types.ObjectId;

/**
 * A document of the chunks collection, to be stored. One that was read is a {@link StoredChunk}.
 *
 * @param id its id
 * @param filesId the file's id
 * @param n where in the file it stands
 * @param data the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Moved from user to server, never compared.
record Chunk(ObjectId id, BsonValue filesId, long n, byte[] data) {

    /** What a chunk costs besides its bytes, in memory and on the wire: it matters where chunks are tiny. */
    private static final int OVERHEAD = 128;

    /** What a chunk of this size costs in all. */
    static long cost(int chunkSize) {
        return (long) chunkSize + OVERHEAD;
    }

    /** Without a tree of values between the record and the bytes. */
    static final class ChunkCodec implements Codec<Chunk> {

        private static final BsonValueCodec VALUES = new BsonValueCodec();

        @Override
        public Class<Chunk> getEncoderClass() {
            return Chunk.class;
        }

        @Override
        public void encode(BsonWriter writer, Chunk chunk, EncoderContext context) {
            writer.writeStartDocument();
            writer.writeObjectId("_id", chunk.id);
            writer.writeName("files_id");
            VALUES.encode(writer, chunk.filesId, context);
            writer.writeInt32("n", Math.toIntExact(chunk.n));
            writer.writeBinaryData("data", new BsonBinary(chunk.data));
            writer.writeEndDocument();
        }

        @Override
        public Chunk decode(BsonReader reader, DecoderContext context) {
            throw new UnsupportedOperationException("chunks are read without being copied: see StoredChunk");
        }
    }
}
