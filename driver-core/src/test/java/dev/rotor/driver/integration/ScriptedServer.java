package dev.rotor.driver.integration;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;

/** A standalone on a real socket that answers hello by itself and everything else as its script says. */
final class ScriptedServer implements AutoCloseable {

    static final String EMPTY = "{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch: []}}";

    /** Answers one message. */
    @FunctionalInterface
    interface Script {
        /**
         * Answers on the connection's thread.
         *
         * @param name the command
         * @param requestId what a proper reply answers
         * @return the bytes to send; none, or fewer than they claim to be, to end the connection after them
         */
        byte[] answer(String name, int requestId);
    }

    private static final byte[] HELLO = bson("{ok: 1, helloOk: true, isWritablePrimary: true, minWireVersion: 0,"
            + " maxWireVersion: 21, maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000,"
            + " maxWriteBatchSize: 100000, logicalSessionTimeoutMinutes: 30}");

    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Script script;

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "scripted-acceptor");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    String uri() {
        return "mongodb://127.0.0.1:" + listening.getLocalPort() + "/?transport=nio";
    }

    String hostAndPort() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    void script(Script changed) {
        script = changed;
    }

    static byte[] bson(String json) {
        RawBsonDocument raw = new RawBsonDocument(BsonDocument.parse(json), new BsonDocumentCodec());
        byte[] bytes = new byte[raw.getByteLength()];
        System.arraycopy(raw.getBackingArray(), raw.getByteOffset(), bytes, 0, bytes.length);
        return bytes;
    }

    /** A proper reply. */
    static byte[] reply(int requestId, byte[] body) {
        int length = 21 + body.length;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(1)
                .putInt(requestId)
                .putInt(2013)
                .putInt(0)
                .put((byte) 0)
                .put(body)
                .array();
    }

    /** A reply whose header claims a length that it does not have. */
    static byte[] replyClaiming(int length, int requestId, byte[] body) {
        byte[] bytes = reply(requestId, body);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
        return bytes;
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // The test is over.
            close();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                byte[] message = new byte[Integer.reverseBytes(in.readInt()) - 4];
                in.readFully(message);
                ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
                int requestId = buffer.getInt(0);
                byte[] answer = answer(buffer, requestId);
                if (answer.length == 0) {
                    return;
                }
                out.write(answer);
                out.flush();
                if (answer.length < Integer.reverseBytes(ByteBuffer.wrap(answer).getInt(0))) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client has gone, or the test is over.
            sockets.remove(socket);
        }
    }

    private byte[] answer(ByteBuffer message, int requestId) throws IOException {
        int opCode = message.getInt(8);
        if (opCode == 2004) {
            return opReply(requestId);
        }
        String name = commandName(message);
        if (name.equals("hello") || name.equals("isMaster")) {
            return reply(requestId, HELLO);
        }
        return script.answer(name, requestId);
    }

    private static String commandName(ByteBuffer message) {
        int start = 17;
        BsonBinaryReader reader = new BsonBinaryReader(message.slice(start, message.getInt(start)));
        return new BsonDocumentCodec()
                .decode(reader, DecoderContext.builder().build())
                .getFirstKey();
    }

    private static byte[] opReply(int requestId) {
        int length = 36 + HELLO.length;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(1)
                .putInt(requestId)
                .putInt(1)
                .putInt(8)
                .putLong(0)
                .putInt(0)
                .putInt(1)
                .put(HELLO)
                .array();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : new ArrayList<>(sockets)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
