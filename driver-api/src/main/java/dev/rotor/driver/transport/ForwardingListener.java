package dev.rotor.driver.transport;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Between a wire and its listener: hands every call on to the listener, {@link #allocate} too, so that the memory that
 * is filled stays the listener's own. A subclass that has a word in what the listener says to the wire overrides
 * {@link #onConnected} and hands on a {@link ForwardingWire}.
 */
public abstract class ForwardingListener implements WireListener {

    private final WireListener listener;

    /**
     * For subclasses.
     *
     * @param listener where calls go
     */
    protected ForwardingListener(WireListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void onConnected(Wire wire) {
        listener.onConnected(wire);
    }

    @Override
    public byte[] allocate(int length) {
        return listener.allocate(length);
    }

    @Override
    public void onFrame(byte[] frame) {
        listener.onFrame(frame);
    }

    @Override
    public void onSent(ByteBuffer[] buffers) {
        listener.onSent(buffers);
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        listener.onClosed(cause);
    }
}
