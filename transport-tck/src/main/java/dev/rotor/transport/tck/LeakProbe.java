package dev.rotor.transport.tck;

import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A count that must not have grown when a transport has closed.
 *
 * @param name what is counted, for messages, such as "buffers of the pool"
 * @param count gives the count now; called on the test's thread
 */
public record LeakProbe(String name, LongSupplier count) {

    /** Checks that both are there. */
    public LeakProbe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(count, "count");
    }
}
