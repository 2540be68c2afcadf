package dev.rotor.driver.core.cursor;

import dev.rotor.driver.core.wire.DocumentArray;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.codecs.Decoder;

/** The documents of a reply's {@code firstBatch} or {@code nextBatch}: bytes until each is asked for. */
public final class DocumentBatch<T> implements Batch<T> {

    private final ReplyEnvelope reply;
    private final DocumentArray documents;
    private final Decoder<T> decoder;

    /** Reads the batch of a reply that has one. */
    public DocumentBatch(ReplyEnvelope reply, Decoder<T> decoder) {
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
        return documents.advance();
    }

    @Override
    public T read() {
        return reply.decodeDocument(documents.documentOffset(), decoder);
    }
}
