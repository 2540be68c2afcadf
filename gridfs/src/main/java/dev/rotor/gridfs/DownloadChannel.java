package dev.rotor.gridfs;

import dev.rotor.gridfs.internal.Stages;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadPendingException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reader as a channel, from which is read only. */
final class DownloadChannel implements AsynchronousByteChannel {

    private final DownloadReader reader;
    private final AtomicBoolean reading = new AtomicBoolean();

    DownloadChannel(DownloadReader reader) {
        this.reader = reader;
    }

    @Override
    public Future<Integer> read(ByteBuffer target) {
        return start(target);
    }

    private CompletableFuture<Integer> start(ByteBuffer target) {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("the buffer is read-only");
        }
        if (!reading.compareAndSet(false, true)) {
            throw new ReadPendingException();
        }
        // Made by the driver's own future, so that it too refuses to be waited for on an event loop.
        CompletableFuture<Integer> asked = reader.read(target).toCompletableFuture();
        CompletableFuture<Integer> result = asked.newIncompleteFuture();
        asked.whenComplete((count, failure) -> {
            reading.set(false);
            if (failure == null) {
                result.complete(count);
            } else {
                result.completeExceptionally(isOpen() ? Stages.unwrap(failure) : new ClosedChannelException());
            }
        });
        return result;
    }

    @Override
    public <A> void read(ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
        start(target).whenComplete((count, failure) -> {
            if (failure == null) {
                handler.completed(count, attachment);
            } else {
                handler.failed(failure, attachment);
            }
        });
    }

    @Override
    public <A> void write(ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
        throw new NonWritableChannelException();
    }

    @Override
    public Future<Integer> write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return reader.isOpen();
    }

    @Override
    public void close() {
        reader.close();
    }
}
