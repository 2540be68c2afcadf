package dev.rotor.driver.core.wire;

import org.bson.BsonBinaryReader;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Walks an array of documents in a reply, one document at a time, and decodes those that are asked for. Not
 * thread-safe. Every length is checked before it is used.
 */
public final class DocumentArray {

    private final byte[] frame;
    private final int end;
    private int next;
    private int document = -1;
    private int documentEnd = -1;

    /** One reader for all documents: it can begin a new one after a complete one, not after a decoder threw. */
    private @Nullable BsonBinaryReader reader;

    private @Nullable FrameBsonInput input;

    /**
     * Stands before the first document.
     *
     * @param frame the reply's bytes
     * @param arrayOffset where the array starts: its length prefix
     * @throws MalformedMessageException if there is no array
     */
    public DocumentArray(byte[] frame, int arrayOffset) {
        this.frame = frame;
        this.end = BsonElements.documentEnd(frame, arrayOffset, frame.length) - 1;
        this.next = arrayOffset + 4;
    }

    /**
     * Moves to the next document.
     *
     * @return whether there is one
     * @throws MalformedMessageException if the next element is not a document or does not fit into the array
     */
    public boolean advance() {
        if (next >= end) {
            document = -1;
            return false;
        }
        int type = frame[next] & 0xFF;
        if (type != BsonElements.DOCUMENT) {
            throw new MalformedMessageException("an array with BSON type " + type + " where documents were expected");
        }
        int start = BsonElements.nameEnd(frame, next + 1, end) + 1;
        documentEnd = BsonElements.documentEnd(frame, start, end);
        document = start;
        next = documentEnd;
        return true;
    }

    /** Whether {@link #advance} would find something; it may still be malformed. */
    public boolean hasMore() {
        return next < end;
    }

    /** Where the present document starts; only after {@link #advance} returned {@code true}. */
    public int documentOffset() {
        return document;
    }

    /** The present document's length in bytes. */
    public int documentLength() {
        return documentEnd - document;
    }

    /** How many bytes from the next document to the end of the array. */
    public int remainingBytes() {
        return Math.max(0, end - next);
    }

    /**
     * The present document, decoded. A {@link org.bson.RawBsonDocument} is a view of the frame.
     *
     * @throws org.bson.BsonSerializationException if the bytes are not BSON; whatever else the decoder throws. The walk
     *     may go on after that.
     */
    public <T> T decode(Decoder<T> decoder) {
        if (document < 0) {
            throw new IllegalStateException("there is no present document");
        }
        T view = ReplyEnvelope.rawView(frame, document, documentLength(), decoder);
        if (view != null) {
            return view;
        }
        BsonBinaryReader present = reader;
        FrameBsonInput slice = input;
        if (present == null || slice == null) {
            slice = new FrameBsonInput(frame, document, documentLength());
            present = new BsonBinaryReader(slice);
            input = slice;
        } else {
            slice.slice(document, documentLength());
            // After a document the reader is done; asking for the next type makes it begin another one.
            present.readBsonType();
        }
        // Forgotten while the decoder runs: what it leaves behind when it throws is of no use.
        reader = null;
        T decoded;
        try {
            decoded = decoder.decode(present, ReplyEnvelope.DECODER_CONTEXT);
        } catch (StackOverflowError e) {
            throw ReplyEnvelope.tooDeep();
        }
        // A decoder that did not read to the end leaves the reader in the middle.
        reader = slice.hasRemaining() ? null : present;
        return decoded;
    }
}
