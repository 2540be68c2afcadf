package dev.rotor.gridfs;

import dev.rotor.driver.MongoCollection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What an upload has sent, its chunks and in the end the file, so that it can delete them. Where the file's id was made
 * for it, whatever has that id is its own. An id that the application chose may be that of another file, complete or on
 * its way: then each chunk's own id is kept, 12 bytes a chunk, and nothing else is deleted.
 */
final class SentDocuments {

    private static final int ID_BYTES = 12;
    /** How many chunks one command deletes, so that it stays small. */
    private static final int DELETE_AT_ONCE = 10_000;
    /** Most uploads have few chunks. */
    private static final int FIRST_IDS = 16;

    private final BsonValue filesId;
    private final boolean keepIds;
    /** Each as many as one command deletes; the last one may have fewer. */
    private final List<byte[]> blocks = new ArrayList<>();

    private long count;
    private @Nullable GridFsFile file;

    SentDocuments(BsonValue filesId, boolean idIsOurs) {
        this.filesId = filesId;
        this.keepIds = !idIsOurs;
    }

    boolean hasNoChunk() {
        return count == 0;
    }

    void add(ObjectId id) {
        if (keepIds) {
            int at = (int) (count % DELETE_AT_ONCE) * ID_BYTES;
            if (at == 0) {
                blocks.add(new byte[FIRST_IDS * ID_BYTES]);
            }
            int last = blocks.size() - 1;
            byte[] block = blocks.get(last);
            if (at == block.length) {
                block = Arrays.copyOf(block, Math.min(DELETE_AT_ONCE * ID_BYTES, 2 * at));
                blocks.set(last, block);
            }
            id.putToByteBuffer(ByteBuffer.wrap(block, at, ID_BYTES));
        }
        count++;
    }

    void add(GridFsFile sent) {
        file = sent;
    }

    /** The file was not stored. */
    void withoutFile() {
        file = null;
    }

    /** Deletes them, the file first; nothing is added any more. */
    CompletionStage<Void> delete(Supplier<MongoCollection<GridFsFile>> files, Supplier<MongoCollection<Chunk>> chunks) {
        return deleteFile(files).thenCompose(none -> deleteChunks(chunks));
    }

    /**
     * The document of the file may be there though storing it failed: its reply was lost, or it was not written as
     * safely as was asked for. The time tells it from that of another file which has the id.
     */
    private CompletionStage<Void> deleteFile(Supplier<MongoCollection<GridFsFile>> files) {
        if (file == null) {
            return CompletableFuture.completedFuture(null);
        }
        BsonDocument ours = new BsonDocument("_id", filesId)
                .append("uploadDate", Objects.requireNonNull(file.document().get("uploadDate")));
        return files.get().deleteOne(ours).thenAccept(deleted -> {});
    }

    private CompletionStage<Void> deleteChunks(Supplier<MongoCollection<Chunk>> chunks) {
        if (count > 0 && !keepIds) {
            return chunks.get().deleteMany(ofFile()).thenAccept(deleted -> {});
        }
        return deleteFrom(0, chunks);
    }

    private CompletionStage<Void> deleteFrom(int block, Supplier<MongoCollection<Chunk>> chunks) {
        if (block >= blocks.size()) {
            return CompletableFuture.completedFuture(null);
        }
        byte[] ids = blocks.get(block);
        int these = (int) Math.min(DELETE_AT_ONCE, count - (long) block * DELETE_AT_ONCE);
        BsonArray some = new BsonArray(these);
        for (int i = 0; i < these; i++) {
            some.add(new BsonObjectId(new ObjectId(ByteBuffer.wrap(ids, i * ID_BYTES, ID_BYTES))));
        }
        BsonDocument filter = ofFile().append("_id", new BsonDocument("$in", some));
        return chunks.get().deleteMany(filter).thenCompose(deleted -> deleteFrom(block + 1, chunks));
    }

    private BsonDocument ofFile() {
        return new BsonDocument("files_id", filesId);
    }
}
