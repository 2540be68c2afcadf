package dev.rotor.driver.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a proxy is told before it passes bytes on. No I/O happens here: the transport sends what {@link #advance}
 * returns, reads what the proxy answers, and comes back with it, until the handshake {@link #isDone}. Confined to one
 * thread at a time.
 */
public interface ProxyHandshake {

    /**
     * Goes on. Called first with an empty buffer, then with each piece that the proxy has sent, however small.
     *
     * @param received what the proxy has sent; all of it is taken
     * @return what to send to the proxy now; empty when more of its answer has to come first, and when the handshake is
     *     done
     * @throws IOException if the proxy refuses, or says what no proxy says. Its other addresses are not tried then; the
     *     message says why, with neither user name nor password in it
     */
    ByteBuffer advance(ByteBuffer received) throws IOException;

    /**
     * Whether the proxy passes on what comes next.
     *
     * @return {@code true} once the server is connected
     */
    boolean isDone();

    /**
     * What the proxy has to answer next, for the message when it does not.
     *
     * @return for example {@code "the proxy's answer to the request to connect"}
     */
    String awaited();
}
