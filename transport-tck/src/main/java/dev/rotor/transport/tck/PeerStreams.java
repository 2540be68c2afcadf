package dev.rotor.transport.tck;

import java.io.IOException;
import java.net.Socket;

/** What a peer's bytes go through on their way to its socket. */
@FunctionalInterface
interface PeerStreams {

    /** Nothing. */
    PeerStreams PLAIN = socket -> socket;

    /**
     * The socket to talk through.
     *
     * @param accepted as it was accepted
     * @return that one, or one around it which closes it too
     */
    Socket of(Socket accepted) throws IOException;
}
