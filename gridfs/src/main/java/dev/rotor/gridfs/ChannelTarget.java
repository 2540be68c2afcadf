package dev.rotor.gridfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes chunks to a channel, which takes as much of each at a time as it likes. */
final class ChannelTarget implements CompletionHandler<Integer, ChannelTarget.Write> {

    /** A chunk on its way. */
    record Write(ByteBuffer rest, CompletableFuture<Void> done) {}

    private final AsynchronousByteChannel channel;
    /** A channel may complete within the call, as often as it takes: that must not recurse. */
    private final Turns turns = new Turns();

    ChannelTarget(AsynchronousByteChannel channel) {
        this.channel = channel;
    }

    CompletionStage<Void> write(ByteBuffer chunk) {
        Write write = new Write(chunk, new CompletableFuture<>());
        goOn(write);
        return write.done;
    }

    private void goOn(Write write) {
        turns.run(() -> {
            try {
                channel.write(write.rest, write, this);
            } catch (Throwable e) {
                write.done.completeExceptionally(e);
            }
        });
    }

    @Override
    public void completed(Integer count, Write write) {
        if (!write.rest.hasRemaining()) {
            write.done.complete(null);
        } else if (count > 0) {
            goOn(write);
        } else {
            // Asking again and again would be waiting with a whole processor.
            failed(new IOException("The channel says that it has written no byte"), write);
        }
    }

    @Override
    public void failed(Throwable failure, Write write) {
        write.done.completeExceptionally(failure);
    }
}
