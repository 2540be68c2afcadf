package dev.rotor.benchmarks.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One client's connection, served by a thread of its own: a request is read, and answered before the next one. */
final class FileConnection {

    /** Who counts what is uploaded. */
    interface Received {
        void documents(int count, long bytes);
    }

    private static final int MAX_MESSAGE_BYTES = 48_000_000;
    private static final int MORE_TO_COME = 1 << 1;
    /** How many documents are in a first batch whose size nobody has asked for. */
    private static final int FIRST_BATCH = 101;

    private final SocketChannel channel;
    private final StoredFile file;
    private final FileCursors cursors;
    private final long delayNanos;
    private final Received received;
    private final CannedReplies replies = new CannedReplies(false);
    private ByteBuffer in = ByteBuffer.allocate(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);

    FileConnection(SocketChannel channel, StoredFile file, FileCursors cursors, long delayNanos, Received received) {
        this.channel = channel;
        this.file = file;
        this.cursors = cursors;
        this.delayNanos = delayNanos;
        this.received = received;
    }

    /** Serves until the client goes away, which is an {@link EOFException}. */
    void run() throws IOException {
        while (true) {
            read();
            answer();
        }
    }

    private void read() throws IOException {
        in.clear().limit(CannedReplies.HEADER_LENGTH);
        fill();
        int length = in.getInt(0);
        if (length < CannedReplies.HEADER_LENGTH + 5 || length > MAX_MESSAGE_BYTES) {
            throw new ProtocolException("message of " + length + " bytes");
        }
        if (length > in.capacity()) {
            ByteBuffer larger = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            in = larger.put(in.flip());
        }
        in.limit(length);
        fill();
    }

    private void fill() throws IOException {
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException();
            }
        }
    }

    private void answer() throws IOException {
        int requestId = in.getInt(4);
        boolean legacy = in.getInt(12) == CannedReplies.OP_QUERY;
        CommandFields command = new CommandFields(in, legacy ? legacyBody() : body());
        if (!legacy && (in.getInt(CannedReplies.HEADER_LENGTH) & MORE_TO_COME) != 0) {
            return;
        }
        ByteBuffer[] special = chunks(command, requestId);
        String name = command.commandName();
        if (!name.equalsIgnoreCase("isMaster") && !name.equals("hello")) {
            delay();
        }
        if (special != null) {
            write(special);
        } else {
            byte[] reply = reply(command, name).bytes(legacy).clone();
            ByteBuffer out = ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
            write(out.putInt(CannedReplies.RESPONSE_TO_OFFSET, requestId));
        }
    }

    private CannedReplies.Reply reply(CommandFields command, String name) {
        String collection = command.text(name);
        if (name.equals("find") && collection != null && collection.endsWith(".files")) {
            return new CannedReplies.Reply(name, file.document());
        }
        if (name.equals("killCursors")) {
            return new CannedReplies.Reply(
                    name, new BsonBytes().float64("ok", 1).toBytes());
        }
        byte[] known = (name + '\0').getBytes(StandardCharsets.UTF_8);
        return replies.find(ByteBuffer.wrap(known), 0, known.length);
    }

    private ByteBuffer @Nullable [] chunks(CommandFields command, int requestId) {
        String name = command.commandName();
        String collection = command.text(name);
        if (name.equals("find") && collection != null && collection.endsWith(".chunks")) {
            int first = (int) command.number(0, "filter", "n", "$gte");
            int one = (int) command.number(-1, "filter", "n");
            int end = (int) Math.min(file.chunks(), 1 + command.number(file.chunks(), "filter", "n", "$lte"));
            return one >= 0
                    ? batch(requestId, "firstBatch", new FileCursors.Rest(one, one + 1), 1)
                    : batch(requestId, "firstBatch", new FileCursors.Rest(first, end), (int)
                            command.number(0, "batchSize"));
        }
        if (name.equals("getMore")) {
            FileCursors.Rest rest = cursors.remove(command.number(0, "getMore"));
            if (rest != null) {
                int wanted = (int) command.number(Integer.MAX_VALUE, "batchSize");
                return batch(requestId, "nextBatch", rest, wanted);
            }
        }
        return null;
    }

    private ByteBuffer[] batch(int requestId, String kind, FileCursors.Rest rest, int wanted) {
        int most = wanted > 0 ? wanted : FIRST_BATCH;
        int end = rest.next() + Math.min(most, StoredFile.fitting(rest.next(), rest.end()));
        long cursorId = end == rest.end() ? 0 : cursors.add(new FileCursors.Rest(end, rest.end()));
        return file.chunks(requestId, kind, rest.next(), end, cursorId);
    }

    /** Where the command begins; sequences of documents before or behind it are counted. */
    private int body() throws IOException {
        int body = -1;
        int at = CannedReplies.HEADER_LENGTH + 4;
        while (at < in.limit()) {
            int kind = in.get(at);
            int length = in.getInt(at + 1);
            if (length < 5 || length > in.limit() - at - 1) {
                throw new ProtocolException("section of " + length + " bytes");
            }
            if (kind == 0) {
                body = at + 1;
            } else {
                count(at + 1, length);
            }
            at += 1 + length;
        }
        if (body < 0) {
            throw new ProtocolException("no command in a message");
        }
        return body;
    }

    private void count(int section, int length) {
        int at = section + 4;
        while (in.get(at) != 0) {
            at++;
        }
        at++;
        int documents = 0;
        int bytes = section + length - at;
        while (at < section + length) {
            at += in.getInt(at);
            documents++;
        }
        received.documents(documents, bytes);
    }

    private int legacyBody() {
        int at = CannedReplies.HEADER_LENGTH + 4;
        while (in.get(at) != 0) {
            at++;
        }
        return at + 1 + 8;
    }

    private void delay() {
        long end = System.nanoTime() + delayNanos;
        for (long left = delayNanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void write(ByteBuffer... pieces) throws IOException {
        ByteBuffer last = pieces[pieces.length - 1];
        while (last.hasRemaining()) {
            long written = channel.write(pieces);
            if (written < 0) {
                throw new EOFException();
            }
        }
    }
}
