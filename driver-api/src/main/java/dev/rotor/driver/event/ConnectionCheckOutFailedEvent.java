package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * An operation got no connection.
 *
 * @param server the pool's server
 * @param reason why
 * @param duration the time since the {@link ConnectionCheckOutStartedEvent}
 * @param error what the operation is told
 */
public record ConnectionCheckOutFailedEvent(ServerAddress server, Reason reason, Duration duration, Throwable error) {

    /** Checks the components. */
    public ConnectionCheckOutFailedEvent {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(error, "error");
    }

    /** Why no connection was given out. */
    public enum Reason {
        /** The pool was closed. */
        POOL_CLOSED("poolClosed"),
        /** None became available in time. */
        TIMEOUT("timeout"),
        /**
         * Establishing one failed, the pool was cleared or is paused, or the operation was given up while it waited.
         */
        CONNECTION_ERROR("connectionError");

        private final String specificationName;

        Reason(String specificationName) {
            this.specificationName = specificationName;
        }

        /**
         * The reason as the specification writes it.
         *
         * @return for example {@code "connectionError"}
         */
        public String specificationName() {
            return specificationName;
        }
    }
}
