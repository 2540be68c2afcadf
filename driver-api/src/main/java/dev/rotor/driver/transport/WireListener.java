package dev.rotor.driver.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of everything that happens on one wire. Calls never overlap. They come on the wire's loop, except that a
 * transport which does its I/O on the calling thread may call {@link #onFrame} and {@link #onSent} inside
 * {@link Wire#send} before it returns; implementations are correct either way. Nothing it throws may break the loop:
 * the transport closes the wire with it as the cause.
 */
public interface WireListener {

    /**
     * The wire is established: TCP connected and, where asked for, TLS handshake done.
     *
     * @param wire the wire
     */
    void onConnected(Wire wire);

    /**
     * Gives memory for the next message. The transport has read its length and checked it to be at least 16 and at most
     * {@link Wire#maxFrameBytes}.
     *
     * @param length the message's length in bytes, header included
     * @return an array of exactly {@code length} bytes; the transport fills it from the start and forgets it after
     *     {@link #onFrame}
     */
    default byte[] allocate(int length) {
        return new byte[length];
    }

    /**
     * One whole message has arrived.
     *
     * @param frame the array that {@link #allocate} gave, filled
     */
    void onFrame(byte[] frame);

    /**
     * The buffers of one {@link Wire#send} have been handed to the operating system, or to the TLS engine, and are the
     * caller's again. Buffers come back in the order in which their messages went out. A send from inside another call
     * of this listener may lead to this call nested in that one; a send from inside this call never does.
     *
     * @param buffers the array that was given to {@code send}
     */
    void onSent(ByteBuffer[] buffers);

    /**
     * The wire is gone, or was never established. The last call that the listener hears. It is heard in any case: where
     * the transport's limit for closing has passed while a sender was still inside {@link Wire#send}, perhaps held up
     * by this listener in {@link #onSent}, on that sender's thread.
     *
     * @param cause why; {@code null} when this side asked for it. An {@link java.io.EOFException} when the peer ended
     *     the stream, a {@link FrameException} when it sent a length out of range, a {@link ConnectFailedException}
     *     when no address answered, an {@link javax.net.ssl.SSLException} when encryption failed
     */
    void onClosed(@Nullable Throwable cause);
}
