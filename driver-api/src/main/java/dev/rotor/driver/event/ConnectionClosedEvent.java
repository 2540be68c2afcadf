package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection left its pool. Its socket may be closed a moment later.
 *
 * @param server the pool's server
 * @param connectionId the driver's number for the connection, from 1 in each pool
 * @param reason why
 * @param error with {@link Reason#ERROR}, what went wrong where that is known; otherwise {@code null}
 */
public record ConnectionClosedEvent(ServerAddress server, long connectionId, Reason reason, @Nullable Throwable error) {

    /** Checks the components. */
    public ConnectionClosedEvent {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(reason, "reason");
    }

    /** Why a connection was closed. */
    public enum Reason {
        /** The pool was cleared after this connection had been made. */
        STALE("stale"),
        /** It was not used for longer than {@code maxIdleTime}. */
        IDLE("idle"),
        /** It could not be established, or it broke. */
        ERROR("error"),
        /** The pool was closed. */
        POOL_CLOSED("poolClosed");

        private final String specificationName;

        Reason(String specificationName) {
            this.specificationName = specificationName;
        }

        /**
         * The reason as the specification writes it.
         *
         * @return for example {@code "poolClosed"}
         */
        public String specificationName() {
            return specificationName;
        }
    }
}
