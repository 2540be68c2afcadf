package dev.rotor.driver.core.cursor;

import dev.rotor.driver.RawBatch;
import dev.rotor.driver.core.wire.DocumentArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.bson.RawBsonDocument;

/** The array of documents in a reply, as users see it who want no decoding. */
final class ReplyBatch implements RawBatch {

    private final byte[] frame;
    private final int arrayOffset;
    private final int documentCount;
    private final int documentBytes;

    /**
     * A view of an array.
     *
     * @throws dev.rotor.driver.core.wire.MalformedMessageException if it holds anything but documents
     */
    ReplyBatch(byte[] frame, int arrayOffset) {
        this.frame = frame;
        this.arrayOffset = arrayOffset;
        DocumentArray documents = documents();
        int count = 0;
        int bytes = 0;
        while (documents.advance()) {
            count++;
            bytes += documents.documentLength();
        }
        this.documentCount = count;
        this.documentBytes = bytes;
    }

    private DocumentArray documents() {
        return new DocumentArray(frame, arrayOffset);
    }

    @Override
    public int documentCount() {
        return documentCount;
    }

    @Override
    public ByteBuffer bytes() {
        DocumentArray documents = documents();
        if (documentCount == 1) {
            documents.advance();
            return view(documents.documentOffset(), documents.documentLength());
        }
        byte[] joined = new byte[documentBytes];
        int at = 0;
        while (documents.advance()) {
            System.arraycopy(frame, documents.documentOffset(), joined, at, documents.documentLength());
            at += documents.documentLength();
        }
        return readOnly(ByteBuffer.wrap(joined));
    }

    @Override
    public ByteBuffer bsonArray() {
        return view(
                arrayOffset,
                ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(arrayOffset));
    }

    private ByteBuffer view(int offset, int length) {
        return readOnly(ByteBuffer.wrap(frame, offset, length).slice());
    }

    private static ByteBuffer readOnly(ByteBuffer buffer) {
        return buffer.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Iterator<RawBsonDocument> iterator() {
        return new Documents(frame, documents());
    }

    private static final class Documents implements Iterator<RawBsonDocument> {
        private final byte[] frame;
        private final DocumentArray documents;

        Documents(byte[] frame, DocumentArray documents) {
            this.frame = frame;
            this.documents = documents;
        }

        @Override
        public boolean hasNext() {
            return documents.hasMore();
        }

        @Override
        public RawBsonDocument next() {
            if (!documents.advance()) {
                throw new NoSuchElementException();
            }
            return new RawBsonDocument(frame, documents.documentOffset(), documents.documentLength());
        }
    }

    @Override
    public String toString() {
        return "RawBatch{" + documentCount + " documents, " + documentBytes + " bytes}";
    }
}
