package dev.rotor.testserver;

import java.time.Duration;

/**
 * Faults of the connections of one member, as seen by clients. They hold for present and future connections until
 * changed.
 */
public interface ConnectionFaults {

    /** Closes every open connection, between whatever bytes are being sent. */
    void closeConnections();

    /**
     * Closes each connection once so many more bytes have been sent on it, counted from now or from its beginning: in
     * the midst of a reply as a rule.
     *
     * @param bytes at least 0; negative: never
     */
    void cutAfterBytes(long bytes);

    /** Holds each reply back for so long; zero: not at all. */
    void delayReplies(Duration delay);

    /** Executes commands, but sends no reply: the connection stays open in silence. */
    void dropReplies(boolean drop);

    /** Reads no more from connections, and so executes nothing, while true: a host that hangs. */
    void freeze(boolean frozen);

    /** Accepts connections and closes them at once while true. */
    void refuseConnections(boolean refuse);

    /** No fault any more. */
    void clear();
}
