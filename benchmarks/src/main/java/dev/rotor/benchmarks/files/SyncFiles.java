package dev.rotor.benchmarks.files;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The official driver whose calls block: streams of {@code java.io}. */
final class SyncFiles implements FileSubject {

    private final MongoClient client;
    private final GridFSBucket bucket;

    SyncFiles(String uri) {
        client = MongoClients.create(uri);
        bucket = GridFSBuckets.create(client.getDatabase(DATABASE));
    }

    @Override
    public void upload(long length) {
        bucket.uploadFromStream("large.bin", new PieceStream(new Pieces(length)));
    }

    @Override
    public long download() {
        Counting counting = new Counting();
        bucket.downloadToStream("large.bin", counting);
        return counting.bytes;
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class PieceStream extends InputStream {

        private final Pieces pieces;
        private ByteBuffer piece = ByteBuffer.allocate(0);

        PieceStream(Pieces pieces) {
            this.pieces = pieces;
        }

        @Override
        public int read() {
            return advance() ? piece.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!advance()) {
                return -1;
            }
            int size = Math.min(length, piece.remaining());
            piece.get(to, offset, size);
            return size;
        }

        private boolean advance() {
            if (!piece.hasRemaining() && pieces.hasNext()) {
                piece = pieces.next();
            }
            return piece.hasRemaining();
        }
    }

    private static final class Counting extends OutputStream {

        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes += length;
        }
    }
}
