package dev.rotor.gridfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A reader for threads that may wait. */
final class DownloadInputStream extends InputStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DownloadReader reader;
    private final Blocking blocking;
    private ByteBuffer chunk = NOTHING;

    /** A read that a thread began to wait for: the next one waits for the same. */
    private @Nullable CompletionStage<ByteBuffer> asked;

    DownloadInputStream(DownloadReader reader, Blocking blocking) {
        this.reader = reader;
        this.blocking = blocking;
    }

    /** Whether there is something in the chunk; waits for the next one where the present one is used up. */
    private boolean more() throws IOException {
        checkOpen();
        if (!chunk.hasRemaining()) {
            chunk = NOTHING;
            blocking.refuseOnLoop();
            CompletionStage<ByteBuffer> next = asked == null ? reader.readChunk() : asked;
            asked = next;
            try {
                chunk = Blocking.await(next);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                asked = null;
                throw e;
            }
            asked = null;
        }
        return chunk.hasRemaining();
    }

    private void checkOpen() throws IOException {
        if (!reader.isOpen()) {
            throw new IOException("the stream is closed");
        }
    }

    @Override
    public int read() throws IOException {
        return more() ? chunk.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, chunk.remaining());
        chunk.get(target, offset, count);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        checkOpen();
        if (count <= 0) {
            return 0;
        }
        if (asked != null) {
            // The reader is at it; where it will stand is known when that is done.
            more();
        }
        int here = (int) Math.min(count, chunk.remaining());
        chunk.position(chunk.position() + here);
        if (here == count) {
            return count;
        }
        chunk = NOTHING;
        blocking.refuseOnLoop();
        long position = reader.tell();
        long further = Math.min(count - here, Math.max(0, Blocking.await(reader.length()) - position));
        reader.seek(position + further);
        return here + further;
    }

    @Override
    public int available() throws IOException {
        checkOpen();
        return chunk.remaining();
    }

    @Override
    public long transferTo(OutputStream to) throws IOException {
        long count = 0;
        while (more()) {
            int piece = chunk.remaining();
            to.write(chunk.array(), chunk.arrayOffset() + chunk.position(), piece);
            chunk = NOTHING;
            count += piece;
        }
        return count;
    }

    @Override
    public void close() {
        chunk = NOTHING;
        reader.close();
    }
}
