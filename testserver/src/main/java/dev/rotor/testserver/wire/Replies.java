package dev.rotor.testserver.wire;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.bson.BsonWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The bytes of replies. */
public final class Replies {

    private static final int OP_REPLY = 1;
    private static final int QUERY_FAILURE = 2;
    private static final int AWAIT_CAPABLE = 8;

    private Replies() {}

    /**
     * An OP_MSG with one body.
     *
     * @param moreToCome whether another reply follows unasked
     * @param checksum whether to end with a checksum
     */
    public static byte[] opMsg(int requestId, int responseTo, boolean moreToCome, boolean checksum, Document body) {
        BsonWriter out = new BsonWriter();
        out.int32(0);
        out.int32(requestId);
        out.int32(responseTo);
        out.int32(OpMsg.OPCODE);
        out.int32((moreToCome ? OpMsg.MORE_TO_COME : 0) | (checksum ? OpMsg.CHECKSUM_PRESENT : 0));
        out.int8(0);
        out.document(body);
        if (checksum) {
            out.int32At(0, out.position() + 4);
            out.int32(Crc32c.of(out.toBytes(), out.position()));
        } else {
            out.int32At(0, out.position());
        }
        return out.toBytes();
    }

    /** A message in an OP_COMPRESSED. */
    public static byte[] compressed(byte[] message, Compression how) {
        byte[] packed = how.compress(Arrays.copyOfRange(message, 16, message.length));
        return ByteBuffer.allocate(25 + packed.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(25 + packed.length)
                .put(message, 4, 8)
                .putInt(MessageReader.OP_COMPRESSED)
                .put(message, 12, 4)
                .putInt(message.length - 16)
                .put((byte) how.id())
                .put(packed)
                .array();
    }

    /** An OP_REPLY with one document; {@code failed} sets the flag of a query that was refused. */
    public static byte[] opReply(int requestId, int responseTo, boolean failed, Document document) {
        BsonWriter out = new BsonWriter();
        out.int32(0);
        out.int32(requestId);
        out.int32(responseTo);
        out.int32(OP_REPLY);
        out.int32(AWAIT_CAPABLE | (failed ? QUERY_FAILURE : 0));
        out.int64(0);
        out.int32(0);
        out.int32(1);
        out.document(document);
        out.int32At(0, out.position());
        return out.toBytes();
    }
}
