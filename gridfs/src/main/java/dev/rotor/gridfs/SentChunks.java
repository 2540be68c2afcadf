package dev.rotor.gridfs;

import dev.rotor.driver.MongoCollection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/**
 * The chunks that an upload has sent, so that it can delete them. Where the file's id was made for it, whatever has
 * that id is its own. An id that the application chose may be that of another file, complete or on its way: then each
 * chunk's own id is kept, and nothing else is deleted.
 */
final class SentChunks {

    private static final int ID_BYTES = 12;
    /** How many chunks one command deletes, so that it stays small. */
    private static final int DELETE_AT_ONCE = 10_000;

    private final BsonValue filesId;
    private final boolean keepIds;
    private byte[] ids = new byte[0];
    private int count;

    SentChunks(BsonValue filesId, boolean idIsOurs) {
        this.filesId = filesId;
        this.keepIds = !idIsOurs;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void add(ObjectId id) {
        if (keepIds) {
            if (ids.length < (count + 1) * ID_BYTES) {
                ids = Arrays.copyOf(ids, Math.max(16 * ID_BYTES, 2 * ids.length));
            }
            id.putToByteBuffer(ByteBuffer.wrap(ids, count * ID_BYTES, ID_BYTES));
        }
        count++;
    }

    /** Deletes them; nothing is added any more. */
    CompletionStage<Void> delete(Supplier<MongoCollection<Chunk>> chunks) {
        if (!keepIds) {
            return chunks.get().deleteMany(ofFile()).thenApply(deleted -> null);
        }
        return deleteFrom(0, chunks);
    }

    private CompletionStage<Void> deleteFrom(int from, Supplier<MongoCollection<Chunk>> chunks) {
        if (from >= count) {
            return CompletableFuture.completedFuture(null);
        }
        int to = Math.min(count, from + DELETE_AT_ONCE);
        BsonArray some = new BsonArray(to - from);
        for (int i = from; i < to; i++) {
            some.add(new BsonObjectId(new ObjectId(ByteBuffer.wrap(ids, i * ID_BYTES, ID_BYTES))));
        }
        BsonDocument these = ofFile().append("_id", new BsonDocument("$in", some));
        return chunks.get().deleteMany(these).thenCompose(deleted -> deleteFrom(to, chunks));
    }

    private BsonDocument ofFile() {
        return new BsonDocument("files_id", filesId);
    }
}
