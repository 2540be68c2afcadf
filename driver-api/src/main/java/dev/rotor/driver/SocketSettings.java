package dev.rotor.driver;

import dev.rotor.driver.transport.TcpOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * How sockets are opened and used.
 *
 * @param connectTimeout how long connecting to a server may take, TLS handshake included; also how long a monitor waits
 *     for an answer; zero means for ever; default 10 s
 * @param socketTimeout how long an application's operation waits for bytes to go out or come in; not for monitors; zero
 *     means for ever; default zero; {@link MongoClientSettings#timeout} serves better
 * @param tcp options of TCP sockets
 */
public record SocketSettings(Duration connectTimeout, Duration socketTimeout, TcpOptions tcp) {

    /** The specification's defaults. */
    public static final SocketSettings DEFAULT =
            new SocketSettings(Duration.ofSeconds(10), Duration.ZERO, TcpOptions.DEFAULT);

    public SocketSettings {
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(socketTimeout, "socketTimeout");
        Objects.requireNonNull(tcp, "tcp");
        if (connectTimeout.isNegative()) {
            throw new IllegalArgumentException("connectTimeout must not be negative: " + connectTimeout);
        }
        if (socketTimeout.isNegative()) {
            throw new IllegalArgumentException("socketTimeout must not be negative: " + socketTimeout);
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
        builder.connectTimeout = connectTimeout;
        builder.socketTimeout = socketTimeout;
        builder.tcp = tcp;
        return builder;
    }

    /** Collects how sockets are opened and used. Not for use by several threads at once. */
    public static final class Builder {
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration socketTimeout = Duration.ZERO;
        private TcpOptions tcp = TcpOptions.DEFAULT;

        private Builder() {}

        /**
         * Sets how long connecting to a server may take, TLS handshake included.
         *
         * @param connectTimeout zero means for ever; default 10 s
         * @return this
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Objects.requireNonNull(connectTimeout, "connectTimeout");
            return this;
        }

        /**
         * Sets how long an application's operation waits for bytes to go out or come in.
         *
         * @param socketTimeout zero means for ever; default zero
         * @return this
         */
        public Builder socketTimeout(Duration socketTimeout) {
            this.socketTimeout = Objects.requireNonNull(socketTimeout, "socketTimeout");
            return this;
        }

        /**
         * Sets the options of TCP sockets.
         *
         * @param tcp default {@link TcpOptions#DEFAULT}
         * @return this
         */
        public Builder tcp(TcpOptions tcp) {
            this.tcp = Objects.requireNonNull(tcp, "tcp");
            return this;
        }

        /**
         * The settings.
         *
         * @return an immutable value
         * @throws IllegalArgumentException if a setting is out of range; the message names it
         * @throws MongoConfigurationException if settings contradict each other
         */
        public SocketSettings build() {
            return new SocketSettings(connectTimeout, socketTimeout, tcp);
        }
    }
}
