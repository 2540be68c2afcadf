package dev.rotor.examples.recording;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a wire and the driver's listener: to the wire it is the listener. The other way round stands
 * {@link Recorder}, which to the driver is the wire.
 *
 * @param number tells the wires apart in the record
 * @param recording the record
 * @param listener the driver's
 */
record RecordedWire(long number, Recording recording, WireListener listener) implements WireListener {

    @Override
    public void onConnected(Wire wire) {
        recording.line(number, "is connected with " + wire.remoteAddress());
        listener.onConnected(new Recorder(wire));
    }

    /** The driver's own memory is what is filled: a copy on the way would be one too many. */
    @Override
    public byte[] allocate(int length) {
        return listener.allocate(length);
    }

    @Override
    public void onFrame(byte[] frame) {
        recording.line(number, "<- " + Recording.describe(ByteBuffer.wrap(frame)));
        listener.onFrame(frame);
    }

    @Override
    public void onSent(ByteBuffer[] buffers) {
        listener.onSent(buffers);
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        recording.line(number, "is closed" + (cause == null ? "" : ": " + cause.getMessage()));
        listener.onClosed(cause);
    }

    /** The driver's end of the wire. */
    private final class Recorder implements Wire {

        private final Wire wire;

        Recorder(Wire wire) {
            this.wire = wire;
        }

        /** Described before it is sent: afterwards the buffers are the wire's, or somebody else's already. */
        @Override
        public void send(ByteBuffer... buffers) {
            recording.line(number, "-> " + Recording.describe(buffers));
            wire.send(buffers);
        }

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
}
