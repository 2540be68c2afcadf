package dev.rotor.benchmarks.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/**
 * The floor under every driver: one blocking socket that sends a request prepared beforehand and reads the reply
 * without looking at it. One write and one read, nothing allocated. Not thread-safe.
 */
public final class BareSocket implements AutoCloseable {

    private final SocketChannel channel;
    private final ByteBuffer find;
    private final ByteBuffer reply = ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Connects.
     *
     * @param server where the server is
     * @throws IOException if it cannot be reached
     */
    public BareSocket(InetSocketAddress server) throws IOException {
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        find = request(new BsonBytes()
                .string("find", "people")
                .beginDocument("filter")
                .int32("_id", 1)
                .end()
                .int32("limit", 1)
                .bool("singleBatch", true)
                .string("$db", "bench")
                .toBytes());
    }

    /**
     * Sends a find and waits for its reply.
     *
     * @return the reply's length in bytes
     * @throws IOException if the connection breaks
     */
    public int find() throws IOException {
        find.rewind();
        while (find.hasRemaining()) {
            channel.write(find);
        }
        reply.clear();
        do {
            if (channel.read(reply) < 0) {
                throw new EOFException("the server closed the connection");
            }
        } while (reply.position() < 4 || reply.position() < reply.getInt(0));
        return reply.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static ByteBuffer request(byte[] command) {
        int length = CannedReplies.HEADER_LENGTH + 5 + command.length;
        return ByteBuffer.allocateDirect(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(1)
                .putInt(0)
                .putInt(CannedReplies.OP_MSG)
                .putInt(0)
                .put((byte) 0)
                .put(command);
    }
}
