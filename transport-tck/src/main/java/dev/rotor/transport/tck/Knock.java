package dev.rotor.transport.tck;

import dev.rotor.driver.transport.ProxyHandshake;
import dev.rotor.driver.transport.ProxySpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A proxy that exists in tests only: the client says whom it wants, the proxy {@code "who is it?"}, the client a number
 * of bytes, and the proxy {@code "come in"}, or something else to refuse.
 */
final class Knock implements ProxySpec {

    static final String QUESTION = "who is it?";
    static final String WELCOME = "come in";

    private final int answerBytes;

    /** How many bytes each handshake was given at a time. */
    final List<Integer> pieces = new ArrayList<>();

    Knock() {
        this(3);
    }

    /** A proxy that wants an answer of that many bytes. */
    Knock(int answerBytes) {
        this.answerBytes = answerBytes;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String name() {
        return "door.example:7";
    }

    @Override
    public ProxyHandshake newHandshake(String host, int port) {
        return new Handshake(host + ":" + port);
    }

    private final class Handshake implements ProxyHandshake {

        private final String server;
        private final StringBuilder heard = new StringBuilder();
        private boolean begun;
        private boolean asked;
        private boolean done;

        Handshake(String server) {
            this.server = server;
        }

        @Override
        public ByteBuffer advance(ByteBuffer received) throws IOException {
            if (!begun) {
                begun = true;
                return ByteBuffer.wrap(bytes(server));
            }
            pieces.add(received.remaining());
            while (received.hasRemaining()) {
                heard.append((char) received.get());
            }
            String wanted = asked ? WELCOME : QUESTION;
            if (!wanted.startsWith(heard.toString())) {
                throw new IOException("it says \"" + heard + "\"");
            }
            if (heard.length() < wanted.length()) {
                return ByteBuffer.allocate(0);
            }
            heard.setLength(0);
            done = asked;
            asked = true;
            return ByteBuffer.allocate(done ? 0 : answerBytes);
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public String awaited() {
            return asked ? "a welcome" : "a question";
        }
    }
}
