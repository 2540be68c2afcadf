package dev.rotor.driver;

import java.time.Duration;
import java.util.Objects;

/**
 * How the connections to each server are pooled, as the Connection Monitoring and Pooling specification defines it.
 *
 * @param maxSize most connections per server, {@code maxPoolSize}; 0 means no limit; default 100
 * @param minSize connections kept open per server, {@code minPoolSize}; default 0
 * @param maxConnecting most connections being established at once per server; default 2
 * @param maxIdleTime how long an unused connection is kept; zero means for ever; default zero
 * @param maxWaitTime how long an operation waits for a connection, {@code waitQueueTimeoutMS}; zero means for ever;
 *     default zero
 */
public record ConnectionPoolSettings(
        int maxSize, int minSize, int maxConnecting, Duration maxIdleTime, Duration maxWaitTime) {

    /** The specification's defaults. */
    public static final ConnectionPoolSettings DEFAULT =
            new ConnectionPoolSettings(100, 0, 2, Duration.ZERO, Duration.ZERO);

    /**
     * Checks the components.
     *
     * @param maxSize most connections per server; 0 means no limit
     * @param minSize connections kept open per server
     * @param maxConnecting most connections being established at once
     * @param maxIdleTime how long an unused connection is kept
     * @param maxWaitTime how long an operation waits for a connection
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public ConnectionPoolSettings {
        Objects.requireNonNull(maxIdleTime, "maxIdleTime");
        Objects.requireNonNull(maxWaitTime, "maxWaitTime");
        if (maxSize < 0) {
            throw new IllegalArgumentException("maxPoolSize must not be negative: " + maxSize);
        }
        if (minSize < 0) {
            throw new IllegalArgumentException("minPoolSize must not be negative: " + minSize);
        }
        if (maxSize > 0 && minSize > maxSize) {
            throw new IllegalArgumentException(
                    "minPoolSize " + minSize + " must not be greater than maxPoolSize " + maxSize);
        }
        if (maxConnecting < 1) {
            throw new IllegalArgumentException("maxConnecting must be at least 1: " + maxConnecting);
        }
        if (maxIdleTime.isNegative()) {
            throw new IllegalArgumentException("maxIdleTime must not be negative: " + maxIdleTime);
        }
        if (maxWaitTime.isNegative()) {
            throw new IllegalArgumentException("waitQueueTimeout must not be negative: " + maxWaitTime);
        }
    }
}
