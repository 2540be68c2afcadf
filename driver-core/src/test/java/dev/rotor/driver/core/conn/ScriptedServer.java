package dev.rotor.driver.core.conn;

import dev.rotor.driver.core.fake.FakeMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A server on a real socket that takes one connection and answers each message by the next line of its script. */
final class ScriptedServer implements AutoCloseable {

    /** What to send when a message has come. */
    @FunctionalInterface
    interface Answer {
        byte[] apply(FakeMessage message);
    }

    private final ServerSocket listening;
    private final Deque<Answer> script;

    /** A server that answers hello, then by the script, then ends the stream. */
    ScriptedServer(Answer... script) throws IOException {
        this.script = new ArrayDeque<>(List.of(script));
        this.script.addFirst(hello -> FakeMessage.reply(hello, Rig.HELLO_REPLY));
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        try (Socket socket = listening.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (!script.isEmpty()) {
                FakeMessage message = FakeMessage.parse(read(in));
                out.write(script.removeFirst().apply(message));
                out.flush();
            }
        } catch (IOException e) {
            // The client hung up, as it should after what some scripts send, or the test is over.
            script.clear();
        }
    }

    private static byte[] read(DataInputStream in) throws IOException {
        byte[] length = new byte[4];
        in.readFully(length);
        int size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] message = new byte[size];
        System.arraycopy(length, 0, message, 0, 4);
        in.readFully(message, 4, size - 4);
        return message;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
