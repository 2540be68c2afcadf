package dev.rotor.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The file that every find finds: its document, and replies with batches of its chunks. */
final class StoredFile {

    /** The default of the GridFS specification. */
    static final int CHUNK_BYTES = 255 * 1024;

    private static final int MAX_REPLY_BYTES = 16 * 1024 * 1024;
    /** What a chunk's document needs besides its data: four fields, with their types and names. */
    private static final int CHUNK_OVERHEAD = 80;

    private static final long ID_HIGH = 0x65f1a2b3c4d5e6f7L;
    private static final int ID_LOW = 0x08192a3b;

    private final long length;
    private final ByteBuffer data = ByteBuffer.allocateDirect(CHUNK_BYTES);

    StoredFile(long length) {
        this.length = length;
        byte[] random = new byte[CHUNK_BYTES];
        new Random(length).nextBytes(random);
        data.put(random).flip();
    }

    /** How many chunks there are. */
    int chunks() {
        return (int) ((length + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    /** The reply to a find of the file's document. */
    byte[] document() {
        return new BsonBytes()
                .beginDocument("cursor")
                .beginArray("firstBatch")
                .beginDocument("0")
                .objectId("_id", ID_HIGH, ID_LOW)
                .int64("length", length)
                .int32("chunkSize", CHUNK_BYTES)
                .dateTime("uploadDate", 1_767_225_600_000L)
                .string("filename", "large.bin")
                .end()
                .end()
                .int64("id", 0)
                .string("ns", "bench.fs.files")
                .end()
                .float64("ok", 1)
                .toBytes();
    }

    /** How many chunks from {@code first} on, before {@code end}, a reply has room for. */
    static int fitting(int first, int end) {
        return Math.min(end - first, MAX_REPLY_BYTES / (CHUNK_BYTES + CHUNK_OVERHEAD));
    }

    /**
     * A whole message with the chunks {@code first} until before {@code end}, to be written in one go.
     *
     * @param batch {@code firstBatch} or {@code nextBatch}
     * @param cursorId 0 if these are the last ones
     */
    ByteBuffer[] chunks(int responseTo, String batch, int first, int end, long cursorId) {
        int[] starts = new int[end - first];
        int[] sizes = new int[end - first];
        ByteBuffer text =
                ByteBuffer.allocate(1024 + (end - first) * 2 * CHUNK_OVERHEAD).order(ByteOrder.LITTLE_ENDIAN);
        text.putInt(0)
                .putInt(1)
                .putInt(responseTo)
                .putInt(CannedReplies.OP_MSG)
                .putInt(0)
                .put((byte) 0);
        int reply = text.position();
        element(text.putInt(0), 0x03, "cursor");
        int cursor = text.position();
        element(text.putInt(0), 0x04, batch);
        int array = text.position();
        text.putInt(0);
        int inserted = 0;
        for (int n = first; n < end; n++) {
            element(text, 0x03, Integer.toString(n - first));
            int chunk = text.position();
            element(text.putInt(0), 0x07, "_id");
            text.putLong(ID_HIGH).putInt(n);
            element(text, 0x07, "files_id");
            text.order(ByteOrder.BIG_ENDIAN).putLong(ID_HIGH).putInt(ID_LOW).order(ByteOrder.LITTLE_ENDIAN);
            element(text, 0x10, "n");
            text.putInt(n);
            element(text, 0x05, "data");
            int size = (int) Math.min(CHUNK_BYTES, length - (long) n * CHUNK_BYTES);
            text.putInt(size).put((byte) 0);
            starts[n - first] = text.position();
            sizes[n - first] = size;
            text.put((byte) 0);
            text.putInt(chunk, text.position() - chunk + size);
            inserted += size;
        }
        text.put((byte) 0);
        text.putInt(array, text.position() - array + inserted);
        element(text, 0x12, "id");
        text.putLong(cursorId);
        element(text, 0x02, "ns");
        byte[] namespace = "bench.fs.chunks\0".getBytes(StandardCharsets.UTF_8);
        text.putInt(namespace.length).put(namespace).put((byte) 0);
        text.putInt(cursor, text.position() - cursor + inserted);
        element(text, 0x01, "ok");
        text.putDouble(1).put((byte) 0);
        text.putInt(reply, text.position() - reply + inserted);
        text.putInt(0, text.position() + inserted);
        text.flip();
        return woven(text, starts, sizes);
    }

    /** The data between the pieces of text where it belongs. */
    private ByteBuffer[] woven(ByteBuffer text, int[] starts, int[] sizes) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            pieces.add(text.slice(at, starts[i] - at));
            pieces.add(data.slice(0, sizes[i]));
            at = starts[i];
        }
        pieces.add(text.slice(at, text.limit() - at));
        return pieces.toArray(new ByteBuffer[0]);
    }

    private static void element(ByteBuffer text, int type, String name) {
        text.put((byte) type).put(name.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
    }
}
