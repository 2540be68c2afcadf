package dev.rotor.gridfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An upload for those who write by blocking. For one thread at a time. */
final class UploadOutputStream extends OutputStream {

    /** What single bytes and small pieces are gathered in, so that each of them does not cost a turn of the upload. */
    private final byte[] small = new byte[8 * 1024];

    private final GridFsUpload upload;
    private final Blocking blocking;
    private int gathered;
    private boolean closed;

    UploadOutputStream(GridFsUpload upload, CompletableFuture<Void> never) {
        this.upload = upload;
        this.blocking = new Blocking(never);
    }

    @Override
    public void write(int b) throws IOException {
        checkOpen();
        if (gathered == small.length) {
            writeGathered();
        }
        small[gathered++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        checkOpen();
        if (length > small.length - gathered) {
            writeGathered();
        }
        if (length >= small.length) {
            await(upload.write(ByteBuffer.wrap(source, offset, length)));
        } else {
            System.arraycopy(source, offset, small, gathered, length);
            gathered += length;
        }
    }

    /** Hands everything to the upload, which sends it when there is enough for a chunk. */
    @Override
    public void flush() throws IOException {
        if (!closed) {
            blocking.refuseOnLoop();
            writeGathered();
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        blocking.refuseOnLoop();
        if (!upload.isClosed()) {
            writeGathered();
        }
        closed = true;
        try {
            // Also where it has ended already: it may have failed without anybody having heard of it.
            await(upload.closeAsync());
        } catch (IOException e) {
            if (Blocking.isAborted(e)) {
                return;
            }
            throw e;
        }
        if (gathered > 0) {
            throw new IOException("The upload has ended; the last " + gathered + " bytes are not part of the file");
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("The stream is closed");
        }
        blocking.refuseOnLoop();
    }

    private void writeGathered() throws IOException {
        if (gathered > 0) {
            try {
                await(upload.write(ByteBuffer.wrap(small, 0, gathered)));
            } catch (InterruptedIOException e) {
                // The upload is being aborted.
                gathered = 0;
                throw e;
            } catch (IOException e) {
                // Where the upload goes on, they were not accepted, and the next try writes them.
                if (upload.isClosed()) {
                    gathered = 0;
                }
                throw e;
            }
            gathered = 0;
        }
    }

    private void await(CompletionStage<?> stage) throws IOException {
        try {
            Blocking.await(stage);
        } catch (InterruptedIOException e) {
            // The upload still has the caller's array in hand, and nobody would go on with it.
            upload.abort().whenComplete((none, failure) -> {});
            throw e;
        }
    }
}
