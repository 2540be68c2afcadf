package dev.rotor.transport.netty;

import org.jspecify.annotations.Nullable;

/** What a loop keeps: an attempt to connect, or a wire. Called on the loop only. */
interface Endpoint {

    /** The transport closes: end in order. */
    void shutDown();

    /**
     * End at once.
     *
     * @param cause why, or {@code null} when this side asked for it
     */
    void terminate(@Nullable Throwable cause);
}
