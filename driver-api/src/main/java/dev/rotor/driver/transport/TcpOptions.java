package dev.rotor.driver.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * Socket options of a TCP wire; ignored for Unix domain sockets. Options that a platform lacks are skipped.
 *
 * @param noDelay whether to send small messages at once (TCP_NODELAY)
 * @param keepAlive whether to probe idle connections (SO_KEEPALIVE)
 * @param keepAliveIdle idle time before the first probe; whole seconds; zero leaves the system's
 * @param keepAliveInterval time between probes; whole seconds; zero leaves the system's
 * @param keepAliveCount unanswered probes before the connection is given up; 0 leaves the system's
 * @param sendBufferBytes size of the socket's send buffer; 0 leaves the system's
 * @param receiveBufferBytes size of the socket's receive buffer; 0 leaves the system's
 */
public record TcpOptions(
        boolean noDelay,
        boolean keepAlive,
        Duration keepAliveIdle,
        Duration keepAliveInterval,
        int keepAliveCount,
        int sendBufferBytes,
        int receiveBufferBytes) {

    /** What a MongoDB driver wants: no delay, keep-alive after 120 s, every 10 s, 9 times; system buffers. */
    public static final TcpOptions DEFAULT =
            new TcpOptions(true, true, Duration.ofSeconds(120), Duration.ofSeconds(10), 9, 0, 0);

    public TcpOptions {
        Objects.requireNonNull(keepAliveIdle, "keepAliveIdle");
        Objects.requireNonNull(keepAliveInterval, "keepAliveInterval");
        if (keepAliveIdle.isNegative() || keepAliveInterval.isNegative()) {
            throw new IllegalArgumentException("keep-alive times must not be negative");
        }
        if (keepAliveCount < 0 || sendBufferBytes < 0 || receiveBufferBytes < 0) {
            throw new IllegalArgumentException("counts and buffer sizes must not be negative");
        }
    }
}
