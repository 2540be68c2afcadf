package dev.rotor.benchmarks.server;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. Requests are answered in the order in which they came; both buffers are allocated once. A
 * request that is larger than the input buffer is answered from its first bytes, after the rest was read and dropped.
 */
final class CannedConnection {

    /** Who sends replies that are not to be sent at once. */
    interface Later {
        void reply(CannedConnection connection, byte[] reply, int responseTo, long delayNanos);
    }

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_MESSAGE_BYTES = 48_000_000;
    private static final int MORE_TO_COME = 1 << 1;
    private static final int EXHAUST_ALLOWED = 1 << 16;
    private static final long AWAIT_NANOS = 10_000_000_000L;

    private final SocketChannel channel;
    private final Link link;
    private final CannedReplies replies;
    private final long delayNanos;
    private final Later later;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer out;

    /** How much of a large request has still to be read and dropped. */
    private int skip;

    CannedConnection(SocketChannel channel, Link link, CannedReplies replies, long delayNanos, Later later) {
        this.channel = channel;
        this.link = link;
        this.replies = replies;
        out = ByteBuffer.allocateDirect(BUFFER_BYTES + replies.findBytes()).order(ByteOrder.LITTLE_ENDIAN);
        this.delayNanos = delayNanos;
        this.later = later;
    }

    /** Reads what has come, answers it, and sets the key's interest to what is to be waited for next. */
    void ready(SelectionKey key) throws IOException {
        boolean full;
        do {
            if (key.isReadable() && link.read(in) < 0) {
                close();
                return;
            }
            full = !in.hasRemaining();
            answer();
            send(key);
            // The selector does not know what a link has read and the buffer had no room for.
        } while (full);
    }

    /** Sends a reply whose delay has passed. */
    void reply(byte[] reply, int responseTo, SelectionKey key) throws IOException {
        put(reply, responseTo);
        send(key);
    }

    @Nullable
    SelectionKey key(Selector selector) {
        return channel.keyFor(selector);
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: the client went away, or does now.
        }
    }

    private void answer() throws IOException {
        in.flip();
        while (dropped() && in.remaining() >= CannedReplies.HEADER_LENGTH) {
            int at = in.position();
            int length = in.getInt(at);
            if (length < CannedReplies.HEADER_LENGTH + 5 || length > MAX_MESSAGE_BYTES) {
                throw new ProtocolException("message of " + length + " bytes");
            }
            int here = Math.min(length, in.remaining());
            if (here < Math.min(length, BUFFER_BYTES)) {
                break;
            }
            request(at, at + here);
            in.position(at + here);
            skip = length - here;
        }
        in.compact();
    }

    private boolean dropped() {
        int drop = Math.min(skip, in.remaining());
        in.position(in.position() + drop);
        skip -= drop;
        return skip == 0;
    }

    private void request(int at, int end) throws IOException {
        int requestId = in.getInt(at + 4);
        int opCode = in.getInt(at + 12);
        int flags = in.getInt(at + CannedReplies.HEADER_LENGTH);
        int body = at + CannedReplies.HEADER_LENGTH + 4;
        boolean legacy = opCode == CannedReplies.OP_QUERY;
        if (legacy) {
            while (body < end && in.get(body) != 0) {
                body++;
            }
            body += 1 + 8;
        } else if (opCode == CannedReplies.OP_MSG) {
            while (body < end && in.get(body) != 0) {
                body += 1 + sectionLength(body, end);
            }
            body += 1;
        } else {
            throw new ProtocolException("opcode " + opCode);
        }
        if (body + 5 >= end) {
            throw new ProtocolException("no command document in the first " + (end - at) + " bytes of a message");
        }
        if (!legacy && (flags & MORE_TO_COME) != 0) {
            return;
        }
        // A document begins with its length; then come the type and the name of the first element.
        byte[] reply = replies.find(in, body + 5, end).bytes(legacy);
        // Only a monitor's awaitable hello allows exhaust: with nothing ever changing, it is answered at the end of its
        // wait.
        long delay = !legacy && (flags & EXHAUST_ALLOWED) != 0 ? AWAIT_NANOS : delayNanos;
        if (delay > 0) {
            later.reply(this, reply, requestId, delay);
        } else {
            put(reply, requestId);
        }
    }

    private int sectionLength(int at, int end) throws IOException {
        int length = at + 5 <= end ? in.getInt(at + 1) : 0;
        if (length < 4 || length > end - at - 1) {
            throw new ProtocolException("document sequence of " + length + " bytes before the command document");
        }
        return length;
    }

    private void put(byte[] reply, int responseTo) throws IOException {
        if (out.remaining() < reply.length) {
            throw new ProtocolException("the client sends requests and does not read the replies");
        }
        int at = out.position();
        out.put(reply);
        out.putInt(at + CannedReplies.RESPONSE_TO_OFFSET, responseTo);
    }

    private void send(SelectionKey key) throws IOException {
        boolean sent = link.write(out.flip());
        out.compact();
        int interest = sent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }
}
