package dev.rotor.driver.core.fake;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * A wire message as a test sees it; made and parsed by means of its own, so that it does not share the mistakes of what
 * it tests.
 *
 * @param requestId of the header
 * @param responseTo of the header
 * @param opCode of the header
 * @param flags of the OP_MSG
 * @param body the command
 * @param sequences OP_MSG's document sequences by identifier
 */
public record FakeMessage(
        int requestId,
        int responseTo,
        int opCode,
        int flags,
        BsonDocument body,
        Map<String, List<BsonDocument>> sequences) {

    /** OP_REPLY. */
    public static final int OP_REPLY = 1;
    /** OP_MSG. */
    public static final int OP_MSG = 2013;
    /** The flag that promises another message. */
    public static final int MORE_TO_COME = 1 << 1;

    /** The reply to a message. */
    public static byte[] reply(FakeMessage request, BsonDocument body) {
        return opMsg(request.requestId, 0, body);
    }

    /** The reply to a message, as JSON. */
    public static byte[] reply(FakeMessage request, String json) {
        return reply(request, BsonDocument.parse(json));
    }

    /** The reply to a message that is well-framed, but has no BSON in a document inside it. */
    public static byte[] replyMalformedInside(FakeMessage request) {
        byte[] reply = reply(request, "{ok: 1, inside: {x: 1}}");
        // Both documents' terminating zeros, the number and the name come after the type, which becomes none.
        reply[reply.length - 9] = 0x60;
        return reply;
    }

    /** An OP_MSG reply with one body. */
    public static byte[] opMsg(int responseTo, int flags, BsonDocument body) {
        byte[] bson = bytes(body);
        return header(21 + bson.length, 77, responseTo, OP_MSG)
                .putInt(flags)
                .put((byte) 0)
                .put(bson)
                .array();
    }

    /** An OP_REPLY with one document. */
    public static byte[] opReply(int responseTo, BsonDocument body) {
        byte[] bson = bytes(body);
        return header(36 + bson.length, 77, responseTo, OP_REPLY)
                .putInt(8)
                .putLong(0)
                .putInt(0)
                .putInt(1)
                .put(bson)
                .array();
    }

    /** A little-endian buffer over a new array of this length, with the header written. */
    public static ByteBuffer header(int length, int requestId, int responseTo, int opCode) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(requestId)
                .putInt(responseTo)
                .putInt(opCode);
    }

    /** A document's bytes. */
    public static byte[] bytes(BsonDocument document) {
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        byte[] bytes = new byte[raw.getByteLength()];
        System.arraycopy(raw.getBackingArray(), raw.getByteOffset(), bytes, 0, bytes.length);
        return bytes;
    }

    /** Parses what was sent; fails on anything that is not exactly right. */
    public static FakeMessage parse(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        require(in.getInt() == message.length, "declared length is not the message's");
        int requestId = in.getInt();
        int responseTo = in.getInt();
        int opCode = in.getInt();
        int flags = in.getInt();
        Map<String, List<BsonDocument>> sequences = new LinkedHashMap<>();
        require(opCode == OP_MSG, "unexpected opCode " + opCode);
        int end = (flags & 1) != 0 ? message.length - 4 : message.length;
        BsonDocument body = null;
        while (in.position() < end) {
            byte kind = in.get();
            if (kind == 0) {
                require(body == null, "two bodies");
                body = document(in);
            } else {
                require(kind == 1, "unknown section kind " + kind);
                int start = in.position();
                int size = in.getInt();
                String identifier = cString(in);
                List<BsonDocument> documents = new ArrayList<>();
                while (in.position() < start + size) {
                    documents.add(document(in));
                }
                require(in.position() == start + size, "sequence length");
                require(sequences.put(identifier, documents) == null, "identifier twice");
            }
        }
        if (body == null) {
            throw new IllegalArgumentException("no body");
        }
        return new FakeMessage(requestId, responseTo, opCode, flags, body, sequences);
    }

    /** The command's name: the body's first key. */
    public String commandName() {
        return body.getFirstKey();
    }

    private static BsonDocument document(ByteBuffer in) {
        int length = in.getInt(in.position());
        byte[] bytes = new byte[length];
        in.get(bytes);
        require(bytes[length - 1] == 0, "document without terminating zero");
        return new BsonDocumentCodec()
                .decode(
                        new org.bson.BsonBinaryReader(ByteBuffer.wrap(bytes)),
                        org.bson.codecs.DecoderContext.builder().build());
    }

    private static String cString(ByteBuffer in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte b = in.get(); b != 0; b = in.get()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new IllegalArgumentException(what);
        }
    }
}
