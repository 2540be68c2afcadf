package dev.rotor.examples.recording;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Both ends of a wire at once: to the transport behind it is the listener, to the driver it is the wire. */
final class RecordedWire implements WireListener, Wire {

    private final Tape tape;
    private final WireListener listener;
    /** The commands that have not been answered, by the numbers of their messages. */
    private final Map<Integer, String> asked = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init") // the listener's first call, unless it is the last
    private volatile Wire wire;

    RecordedWire(Tape tape, WireListener listener) {
        this.tape = tape;
        this.listener = listener;
    }

    // ---- what the transport behind calls

    @Override
    public void onConnected(Wire connected) {
        wire = connected;
        listener.onConnected(this);
    }

    // snippet: frames
    /** The driver's own memory is what is filled: a copy on the way would be one too many. */
    @Override
    public byte[] allocate(int length) {
        return listener.allocate(length);
    }

    @Override
    public void onFrame(byte[] frame) {
        String command = asked.remove(Tape.answers(frame));
        if (command != null) {
            tape.add(command, frame);
        }
        listener.onFrame(frame);
    }
    // end

    @Override
    public void onSent(ByteBuffer[] buffers) {
        listener.onSent(buffers);
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        listener.onClosed(cause);
    }

    // ---- what the driver calls

    // snippet: send
    /** Looked at before it is sent: afterwards the buffers are the wire's, or somebody else's already. */
    @Override
    public void send(ByteBuffer... buffers) {
        byte[] start = Tape.start(buffers);
        String command = Tape.command(start);
        if (command != null) {
            asked.put(Tape.number(start), command);
        }
        wire.send(buffers);
    }
    // end

    @Override
    public EventLoop loop() {
        return wire.loop();
    }

    @Override
    public void maxFrameBytes(int bytes) {
        wire.maxFrameBytes(bytes);
    }

    @Override
    public void readInterest(boolean on) {
        wire.readInterest(on);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return wire.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return wire.remoteAddress();
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return wire.tlsSession();
    }

    @Override
    public void close() {
        wire.close();
    }

    @Override
    public void abort() {
        wire.abort();
    }
}
