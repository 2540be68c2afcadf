package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.cursor.Batch;
import dev.rotor.driver.core.cursor.DocumentBatch;
import java.nio.charset.StandardCharsets;
import org.bson.BsonDocument;

/** Changes of one round trip. Whatever is given to the user moves the stream's position. */
final class ChangeBatch<T> implements Batch<T> {

    private static final byte[] ID = "_id".getBytes(StandardCharsets.US_ASCII);

    private final DocumentBatch<T> changes;
    private final ChangeStreamPosition position;
    private final ServerAddress server;
    private final Runnable close;

    /**
     * Makes a batch.
     *
     * @param close ends the stream, for want of a token
     */
    ChangeBatch(DocumentBatch<T> changes, ChangeStreamPosition position, ServerAddress server, Runnable close) {
        this.changes = changes;
        this.position = position;
        this.server = server;
        this.close = close;
    }

    @Override
    public long cursorId() {
        return changes.cursorId();
    }

    @Override
    public boolean advance() {
        return changes.advance();
    }

    @Override
    public T read() {
        BsonDocument token = changes.innerDocument(ID);
        if (token == null) {
            close.run();
            throw new MongoException(
                    "Cannot provide resume functionality when the resume token is missing: a stage of the pipeline has"
                            + " taken _id out of a change",
                    null,
                    -1,
                    server);
        }
        // Decoded first: a change that nobody gets must not be behind the token.
        T change = changes.read();
        BsonDocument ofBatch = changes.hasMore() ? null : changes.postBatchResumeToken();
        position.returned(ofBatch == null ? token : ofBatch);
        return change;
    }
}
