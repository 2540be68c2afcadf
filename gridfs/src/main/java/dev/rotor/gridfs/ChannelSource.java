package dev.rotor.gridfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.util.Objects;

/** Reads a channel that its owner closes. */
final class ChannelSource implements ContentSource {

    private static final CompletionHandler<Integer, Reply> TO_REPLY = new CompletionHandler<>() {
        @Override
        public void completed(Integer count, Reply reply) {
            if (count == 0) {
                // Asking again and again would be waiting with a whole processor.
                reply.failed(new IOException("The channel says that it has read no byte"));
            } else {
                reply.read(count);
            }
        }

        @Override
        public void failed(Throwable why, Reply reply) {
            reply.failed(why);
        }
    };

    private final AsynchronousByteChannel channel;

    ChannelSource(AsynchronousByteChannel channel) {
        this.channel = Objects.requireNonNull(channel, "source");
    }

    @Override
    public void read(ByteBuffer target, Reply reply) {
        channel.read(target, reply, TO_REPLY);
    }

    @Override
    public long total() {
        return -1;
    }

    @Override
    public void close() {
        // It belongs to whoever opened it.
    }
}
