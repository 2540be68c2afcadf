package dev.rotor.driver.core.cursor;

import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.wire.DocumentArray;
import dev.rotor.driver.core.wire.MalformedMessageException;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.BsonSerializationException;
import org.bson.codecs.Decoder;

/** The documents of a reply's {@code firstBatch} or {@code nextBatch}: bytes until each is asked for. */
public final class DocumentBatch<T> implements Batch<T> {

    private final ServerAddress server;
    private final ReplyEnvelope reply;
    private final DocumentArray documents;
    private final Decoder<T> decoder;

    /** Reads the batch of a reply that has one. */
    public DocumentBatch(ReplyEnvelope reply, Decoder<T> decoder, ServerAddress server) {
        this.server = server;
        this.reply = reply;
        this.documents = new DocumentArray(reply.frame(), reply.batchOffset());
        this.decoder = decoder;
    }

    /** How many documents the batch has in all; walks over their lengths. */
    public int size() {
        DocumentArray all = new DocumentArray(reply.frame(), reply.batchOffset());
        int size = 0;
        while (all.advance()) {
            size++;
        }
        return size;
    }

    @Override
    public long cursorId() {
        return reply.cursorId();
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

    private MongoProtocolException unreadable(BsonSerializationException e) {
        return new MongoProtocolException(
                server + " sent a batch with a document that cannot be read: " + e.getMessage(), e, server);
    }
}
