package dev.rotor.transport.tck;

/** What a transport may be unable to do. */
public enum TransportFeature {
    /** Connects to Unix domain sockets, where the operating system has them. */
    UNIX_DOMAIN_SOCKETS,

    /** Goes on sending, during an orderly close, to a peer that has ended its own side of the stream. */
    HALF_CLOSE,

    /** Makes its loops' threads with the thread factory of the settings, one thread per loop. */
    THREAD_FACTORY,

    /** Calls {@code onFrame} on the wire's loop only, never inside a send. */
    FRAMES_ON_THE_LOOP,

    /** Encrypts wires. */
    TLS
}
