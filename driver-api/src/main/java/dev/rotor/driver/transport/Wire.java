package dev.rotor.driver.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One established, framed, optionally encrypted byte stream. Safe to call from any thread. */
public interface Wire {

    /**
     * The loop that this wire lives on.
     *
     * @return the loop
     */
    EventLoop loop();

    /**
     * Sends the buffers' remaining bytes in order, as one gathering write where the operating system allows. A call
     * from any thread may write to the socket at once; what the socket does not take follows from the loop. Messages
     * sent by one thread keep their order, and bytes of two calls never mix.
     *
     * <p>The buffers belong to the transport until it gives them back with {@link WireListener#onSent}, which may
     * happen before this method returns. When the wire closes before all was sent, they are never given back and the
     * caller must forget them. Never throws for a closed wire: {@link WireListener#onClosed} tells.
     *
     * @param buffers what to send; heap or direct; positions are advanced
     */
    void send(ByteBuffer... buffers);

    /**
     * Changes the largest message that will be received, from the next message on.
     *
     * @param bytes the limit, header included; at least 16
     */
    void maxFrameBytes(int bytes);

    /**
     * Turns reading on or off, for back-pressure. On from the start; a message being received is finished first. While
     * it is off, a peer that closes is not noticed, except by what is sent.
     *
     * @param on whether to read
     */
    void readInterest(boolean on);

    /**
     * The local address.
     *
     * @return the address, or {@code null} when unknown, as for Unix domain sockets
     */
    @Nullable
    SocketAddress localAddress();

    /**
     * The peer's address.
     *
     * @return the one of the request's addresses that answered
     */
    SocketAddress remoteAddress();

    /**
     * The TLS session.
     *
     * @return the session, or {@code null} on a plain-text wire
     */
    @Nullable
    SSLSession tlsSession();

    /**
     * Closes in order: what was sent before goes out first, for as long as the transport's write timeout allows, then
     * the stream ends. No message is delivered any more. The listener hears {@link WireListener#onClosed} with
     * {@code null}, also when the orderly way fails. Repeated calls do nothing.
     */
    void close();

    /**
     * Closes at once and drops what was not sent. The listener hears {@link WireListener#onClosed} with {@code null}.
     */
    void abort();
}
