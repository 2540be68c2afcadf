package dev.rotor.driver.core.cursor;

import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.RawBatch;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.wire.DocumentArray;
import dev.rotor.driver.core.wire.MalformedMessageException;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonSerializationException;
import org.bson.codecs.Decoder;
import org.bson.codecs.DecoderContext;
import org.jspecify.annotations.Nullable;

/** The documents of a reply's {@code firstBatch} or {@code nextBatch}: bytes until each is asked for. */
public class DocumentBatch<T> implements Batch<T> {

    /** Stands for "do not decode" where a query has its decoder. */
    private static final Decoder<RawBatch> UNDECODED = new Decoder<>() {
        @Override
        public RawBatch decode(BsonReader reader, DecoderContext context) {
            throw new UnsupportedOperationException("a raw batch is not read from one document");
        }
    };

    private final ServerAddress server;
    private final ReplyEnvelope reply;
    private final DocumentArray documents;
    private final Decoder<T> decoder;

    DocumentBatch(ReplyEnvelope reply, Decoder<T> decoder, ServerAddress server) {
        this.server = server;
        this.reply = reply;
        this.documents = new DocumentArray(reply.frame(), reply.batchOffset());
        this.decoder = decoder;
    }

    /** Reads the batch of a reply that has one. */
    @SuppressWarnings("unchecked") // That decoder's T is RawBatch.
    public static <T> DocumentBatch<T> of(ReplyEnvelope reply, Decoder<T> decoder, ServerAddress server) {
        return decoder == UNDECODED
                ? (DocumentBatch<T>) new UndecodedBatch(reply, server)
                : new DocumentBatch<>(reply, decoder, server);
    }

    /** What a query has for a decoder when it is to give batches as they came. */
    public static Decoder<RawBatch> undecoded() {
        return UNDECODED;
    }

    /** How many documents the batch has in all; walks over their lengths. */
    public final int size() {
        DocumentArray all = new DocumentArray(reply.frame(), reply.batchOffset());
        int size = 0;
        while (all.advance()) {
            size++;
        }
        return size;
    }

    @Override
    public final long cursorId() {
        return reply.cursorId();
    }

    /** Whether there is a result behind the current one. */
    public boolean hasMore() {
        return documents.hasMore();
    }

    /**
     * The {@code postBatchResumeToken} of the reply, or {@code null}.
     *
     * @throws MongoProtocolException if it is no BSON
     */
    public final @Nullable BsonDocument postBatchResumeToken() {
        int offset = reply.postBatchResumeTokenOffset();
        try {
            return offset < 0 ? null : reply.document(offset);
        } catch (MalformedMessageException e) {
            throw new MongoProtocolException(
                    server + " sent a batch with a postBatchResumeToken that cannot be read: " + e.getMessage(),
                    e,
                    server);
        }
    }

    /** A document in the current result, at the top of it; {@code null} when there is none of that name. */
    public final @Nullable BsonDocument innerDocument(byte[] name) {
        int offset = reply.innerDocument(documents.documentOffset(), name);
        return offset < 0 ? null : reply.document(offset);
    }

    @Override
    public boolean advance() {
        try {
            return documents.advance();
        } catch (MalformedMessageException e) {
            throw unreadable(e);
        }
    }

    @Override
    public T read() {
        try {
            return reply.decodeDocument(documents.documentOffset(), decoder);
        } catch (BsonSerializationException e) {
            throw unreadable(e);
        }
    }

    final MongoProtocolException unreadable(BsonSerializationException e) {
        return new MongoProtocolException(
                server + " sent a batch with a document that cannot be read: " + e.getMessage(), e, server);
    }
}
