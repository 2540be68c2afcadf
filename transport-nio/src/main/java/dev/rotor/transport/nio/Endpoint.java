package dev.rotor.transport.nio;

import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** What a loop keeps and tells of its sockets' readiness: an attempt to connect, or a wire. Called on the loop only. */
interface Endpoint {

    /**
     * The socket is ready for something that was asked for.
     *
     * @param key the socket's key, attached to this
     */
    void ready(SelectionKey key);

    /** The transport closes: end in order. */
    void shutDown();

    /**
     * End at once.
     *
     * @param cause why, or {@code null} when this side asked for it
     */
    void terminate(@Nullable Throwable cause);
}
