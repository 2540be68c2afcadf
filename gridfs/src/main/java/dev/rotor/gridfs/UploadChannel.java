package dev.rotor.gridfs;

import dev.rotor.gridfs.internal.Stages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.WritePendingException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An upload as a channel that is written only. */
final class UploadChannel implements AsynchronousByteChannel {

    private final UploadStream upload;
    private final Blocking blocking;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    UploadChannel(UploadStream upload, CompletableFuture<Void> never) {
        this.upload = upload;
        this.blocking = new Blocking(never);
    }

    @Override
    public <A extends @Nullable Object> void write(
            ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
        Objects.requireNonNull(handler, "handler");
        begin(source).whenComplete((count, failure) -> {
            if (failure == null) {
                handler.completed(count, attachment);
            } else {
                handler.failed(Stages.unwrap(failure), attachment);
            }
        });
    }

    @Override
    public Future<Integer> write(ByteBuffer source) {
        return begin(source);
    }

    private CompletableFuture<Integer> begin(ByteBuffer source) {
        int count = source.remaining();
        if (!writing.compareAndSet(false, true)) {
            throw new WritePendingException();
        }
        if (upload.isClosed()) {
            writing.set(false);
            return CompletableFuture.failedFuture(new ClosedChannelException());
        }
        return upload.write(source)
                .whenComplete((none, failure) -> writing.set(false))
                .thenApply(none -> count)
                .toCompletableFuture();
    }

    @Override
    public <A extends @Nullable Object> void read(
            ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
        throw new NonReadableChannelException();
    }

    @Override
    public Future<Integer> read(ByteBuffer target) {
        throw new NonReadableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !upload.isClosed();
    }

    @Override
    public void close() throws IOException {
        if (closed.get()) {
            return;
        }
        blocking.refuseOnLoop();
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            // Also where it has ended already: it may have failed without anybody having heard of it.
            Blocking.await(upload.closeAsync());
        } catch (IOException e) {
            if (!Blocking.isAborted(e)) {
                throw e;
            }
        }
    }
}
