package dev.rotor.driver.core.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;

/** Documents as the wire protocol's own input and output read and write them. */
public final class WireBson {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private WireBson() {}

    /** The bytes that a document has in a command. */
    public static byte[] encode(BsonDocument document) {
        CommandWriter out = new CommandBuffers().begin();
        try {
            int start = out.getPosition();
            // An element before it, so that the document does not start where the body does.
            byte[] name = CommandWriter.name("value");
            out.putDocument(name, document, CODEC);
            int from = start + 1 + name.length;
            int to = out.getPosition();
            byte[] bytes = new byte[to];
            int at = 0;
            out.endBody();
            for (ByteBuffer buffer : out.finish()) {
                int part = Math.min(buffer.remaining(), to - at);
                buffer.duplicate().get(bytes, at, part);
                at += part;
            }
            return Arrays.copyOfRange(bytes, from, to);
        } finally {
            out.discard();
        }
    }

    /** Reads a document that fills its bytes, at an offset in a larger array as in a reply. */
    public static BsonDocument decode(byte[] bytes) {
        byte[] frame = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, frame, 3, bytes.length);
        FrameBsonInput input = new FrameBsonInput(frame, 3, bytes.length);
        try (BsonBinaryReader reader = new BsonBinaryReader(input)) {
            BsonDocument document =
                    CODEC.decode(reader, DecoderContext.builder().build());
            if (input.hasRemaining()) {
                throw new MalformedMessageException(input.getRemaining() + " bytes after the end of the document");
            }
            return document;
        }
    }
}
