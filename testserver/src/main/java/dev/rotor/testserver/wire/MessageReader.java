package dev.rotor.testserver.wire;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.bson.BsonException;
import dev.rotor.testserver.bson.BsonReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the messages of a client from a stream. No length is trusted: it is checked before memory is taken for it. */
public final class MessageReader {

    /** What hello reports as {@code maxMessageSizeBytes}: longer messages end the connection. */
    public static final int MAX_MESSAGE_BYTES = 48_000_000;

    private static final int HEADER = 16;
    /** Original opcode, uncompressed size, compressor id. */
    private static final int COMPRESSED_HEADER = 9;

    static final int OP_COMPRESSED = 2012;

    private MessageReader() {}

    /**
     * Waits for the next message.
     *
     * @throws EOFException if the client has closed the connection
     * @throws WireException if what comes is no message that the server takes
     */
    public static Message read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new EOFException(header.length == 0 ? "closed by the client" : "closed within a message");
        }
        if (header[0] == 22 && header[1] == 3 && header[5] == 1) {
            throw new WireException("a TLS handshake came to a port for plain text");
        }
        int length = int32(header, 0);
        if (length < HEADER || length > MAX_MESSAGE_BYTES) {
            throw new WireException("a message says that it has " + length + " bytes");
        }
        byte[] body = in.readNBytes(length - HEADER);
        if (body.length < length - HEADER) {
            throw new EOFException("closed within a message");
        }
        return decode(header, body);
    }

    /** Decodes a message from its header of 16 bytes and the rest. */
    static Message decode(byte[] header, byte[] body) {
        return int32(header, 12) == OP_COMPRESSED ? compressed(header, body) : plain(header, body, Packing.NONE);
    }

    /** The header of the message inside, checksum included, is that of the outside but for its length and opcode. */
    private static Message compressed(byte[] header, byte[] body) {
        if (body.length < COMPRESSED_HEADER) {
            throw new WireException("a compressed message ends too early");
        }
        int size = int32(body, 4);
        if (size < 0 || size > MAX_MESSAGE_BYTES - HEADER) {
            throw new WireException("a message says that it has " + size + " bytes uncompressed");
        }
        Compression how = Compression.ofId(body[8] & 0xff);
        if (how == null) {
            throw new WireException("a message has the unknown compressor " + (body[8] & 0xff));
        }
        byte[] plain = how.decompress(Arrays.copyOfRange(body, COMPRESSED_HEADER, body.length), size);
        byte[] plainHeader = header.clone();
        putInt32(plainHeader, 0, HEADER + size);
        System.arraycopy(body, 0, plainHeader, 12, 4);
        return plain(plainHeader, plain, new Packing(how, body.length, size));
    }

    private static Message plain(byte[] header, byte[] body, Packing packing) {
        int requestId = int32(header, 4);
        int opcode = int32(header, 12);
        try {
            return switch (opcode) {
                case OpMsg.OPCODE -> opMsg(requestId, header, body, packing);
                case OpQuery.OPCODE -> opQuery(requestId, body, packing);
                default -> throw new WireException("unsupported opcode " + opcode);
            };
        } catch (BsonException e) {
            throw new WireException("a message holds no BSON: " + e.getMessage());
        }
    }

    private static OpMsg opMsg(int requestId, byte[] header, byte[] body, Packing packing) {
        int flags = int32(body, 0);
        int known = OpMsg.CHECKSUM_PRESENT | OpMsg.MORE_TO_COME;
        if ((flags & OpMsg.REQUIRED_BITS & ~known) != 0) {
            throw new WireException("unknown required flags in " + Integer.toHexString(flags));
        }
        boolean checksum = (flags & OpMsg.CHECKSUM_PRESENT) != 0;
        int end = body.length;
        if (checksum) {
            end -= 4;
            verifyChecksum(header, body, end);
        }
        return new OpMsg(
                requestId,
                (flags & OpMsg.MORE_TO_COME) != 0,
                (flags & OpMsg.EXHAUST_ALLOWED) != 0,
                checksum,
                sections(body, end),
                packing);
    }

    private static void verifyChecksum(byte[] header, byte[] body, int end) {
        if (end < 5) {
            throw new WireException("a message has no place for its checksum");
        }
        byte[] whole = new byte[HEADER + end];
        System.arraycopy(header, 0, whole, 0, HEADER);
        System.arraycopy(body, 0, whole, HEADER, end);
        if (Crc32c.of(whole, whole.length) != int32(body, end)) {
            throw new WireException("OP_MSG checksum does not match contents");
        }
    }

    /** The sections may come in any order; there is one body. */
    private static Document sections(byte[] bytes, int end) {
        Document body = null;
        Document sequences = new Document();
        int at = 4;
        while (at < end) {
            int kind = bytes[at++];
            if (kind == 0) {
                if (body != null) {
                    throw new WireException("a message has two bodies");
                }
                BsonReader reader = new BsonReader(bytes, at, end);
                body = reader.readDocument();
                at = reader.position();
            } else if (kind == 1) {
                at = sequence(bytes, at, end, sequences);
            } else {
                throw new WireException("a section has the unknown kind " + kind);
            }
        }
        if (body == null || body.isEmpty()) {
            throw new WireException("a message has no command");
        }
        for (String name : sequences.keySet()) {
            if (body.containsKey(name)) {
                throw new WireException("'" + name + "' stands in the body and in a document sequence");
            }
        }
        body.putAll(sequences);
        return body;
    }

    private static int sequence(byte[] bytes, int start, int end, Document into) {
        int size = end - start < 4 ? -1 : int32(bytes, start);
        if (size < 5 || size > end - start) {
            throw new WireException("a document sequence says that it has " + size + " bytes");
        }
        int sequenceEnd = start + size;
        int nameEnd = start + 4;
        while (nameEnd < sequenceEnd && bytes[nameEnd] != 0) {
            nameEnd++;
        }
        if (nameEnd == sequenceEnd) {
            throw new WireException("the name of a document sequence does not end");
        }
        String name = new String(bytes, start + 4, nameEnd - start - 4, StandardCharsets.UTF_8);
        List<Document> documents = new ArrayList<>();
        BsonReader reader = new BsonReader(bytes, nameEnd + 1, sequenceEnd);
        while (reader.position() < sequenceEnd) {
            documents.add(reader.readDocument());
        }
        if (into.put(name, documents) != null) {
            throw new WireException("two document sequences are named '" + name + "'");
        }
        return sequenceEnd;
    }

    private static OpQuery opQuery(int requestId, byte[] body, Packing packing) {
        int nameEnd = 4;
        while (nameEnd < body.length && body[nameEnd] != 0) {
            nameEnd++;
        }
        int documentAt = nameEnd + 1 + 8;
        if (documentAt > body.length) {
            throw new WireException("a query ends too early");
        }
        String collection = new String(body, 4, nameEnd - 4, StandardCharsets.UTF_8);
        Document query = new BsonReader(body, documentAt, body.length).readDocument();
        return new OpQuery(requestId, collection, query, packing);
    }

    private static void putInt32(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> (8 * i));
        }
    }

    private static int int32(byte[] bytes, int at) {
        if (at + 4 > bytes.length) {
            throw new WireException("a message ends too early");
        }
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }
}
