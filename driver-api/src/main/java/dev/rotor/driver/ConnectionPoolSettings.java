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
        String conflict = OptionConflicts.ofPoolSizes(minSize, maxSize);
        if (conflict != null) {
            throw new IllegalArgumentException(conflict);
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

    /**
     * A builder that starts with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts with these settings.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxSize = maxSize;
        builder.minSize = minSize;
        builder.maxConnecting = maxConnecting;
        builder.maxIdleTime = maxIdleTime;
        builder.maxWaitTime = maxWaitTime;
        return builder;
    }

    /** Collects how connections are pooled. Not for use by several threads at once. */
    public static final class Builder {
        private int maxSize = DEFAULT.maxSize();
        private int minSize = DEFAULT.minSize();
        private int maxConnecting = DEFAULT.maxConnecting();
        private Duration maxIdleTime = DEFAULT.maxIdleTime();
        private Duration maxWaitTime = DEFAULT.maxWaitTime();

        private Builder() {}

        /**
         * Sets the most connections per server.
         *
         * @param maxSize 0 means no limit; default 100
         * @return this
         */
        public Builder maxSize(int maxSize) {
            this.maxSize = maxSize;
            return this;
        }

        /**
         * Sets how many connections are kept open per server.
         *
         * @param minSize default 0
         * @return this
         */
        public Builder minSize(int minSize) {
            this.minSize = minSize;
            return this;
        }

        /**
         * Sets the most connections being established at once per server.
         *
         * @param maxConnecting 1 or more; default 2
         * @return this
         */
        public Builder maxConnecting(int maxConnecting) {
            this.maxConnecting = maxConnecting;
            return this;
        }

        /**
         * Sets how long an unused connection is kept.
         *
         * @param maxIdleTime zero means for ever; default zero
         * @return this
         */
        public Builder maxIdleTime(Duration maxIdleTime) {
            this.maxIdleTime = Objects.requireNonNull(maxIdleTime, "maxIdleTime");
            return this;
        }

        /**
         * Sets how long an operation waits for a connection.
         *
         * @param maxWaitTime zero means for ever; default zero
         * @return this
         */
        public Builder maxWaitTime(Duration maxWaitTime) {
            this.maxWaitTime = Objects.requireNonNull(maxWaitTime, "maxWaitTime");
            return this;
        }

        /**
         * The settings.
         *
         * @return an immutable value
         * @throws IllegalArgumentException if a setting is out of range; the message names it
         */
        public ConnectionPoolSettings build() {
            return new ConnectionPoolSettings(maxSize, minSize, maxConnecting, maxIdleTime, maxWaitTime);
        }
    }
}
