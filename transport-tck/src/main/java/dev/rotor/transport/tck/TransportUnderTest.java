package dev.rotor.transport.tck;

import dev.rotor.driver.transport.TransportProvider;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transport's author tells the kit. Only {@link #provider} has to be answered; the rest has the answers of a
 * transport that can do everything, so that whatever it cannot do is said, and seen as skipped.
 */
@FunctionalInterface
public interface TransportUnderTest {

    /**
     * The provider under test. Where it is not available on this machine, the tests are skipped with its reason.
     *
     * @return the provider; may be a new one each time
     */
    TransportProvider provider();

    /**
     * What the transport can do beyond what each must. What is missing here is not tested.
     *
     * @return the features; all by default
     */
    default Set<TransportFeature> features() {
        return EnumSet.allOf(TransportFeature.class);
    }

    /**
     * What else must not be left behind when a transport has closed, beside the threads and sockets that the kit looks
     * at itself: memory of a pool of its own, for example. Read before a transport is opened and after it has closed,
     * in every test.
     *
     * @return the probes; none by default
     */
    default List<LeakProbe> leakProbes() {
        return List.of();
    }

    /**
     * Memory that is kept for later, such as that of an allocator's pool. How much of it is kept may vary; it must stop
     * growing when a thousand connects and closes are followed by further thousands. Without a pool, a thousand of them
     * must leave no direct buffer of the JDK's at all.
     *
     * @return the probes; none by default
     */
    default List<LeakProbe> pooledMemory() {
        return List.of();
    }

    /**
     * Starts event loops of the framework whose loops the transport can share. A transport that shares none must still
     * refuse whatever it is given, in words, which is tested of all.
     *
     * @param loops how many, at least one
     * @return the loops, which the kit ends; {@code null} by default, for a transport that shares none
     */
    default @Nullable ForeignLoops foreignLoops(int loops) {
        return null;
    }

    /**
     * How many wires are open at once in the tests of many wires. Each takes two open files, since both ends are in
     * this process.
     *
     * @return the number, at least 10; 2,000 by default
     */
    default int manyWires() {
        return 2000;
    }

    /**
     * How long a test waits for what must happen before it fails.
     *
     * @return the time; a minute by default
     */
    default Duration patience() {
        return Duration.ofMinutes(1);
    }
}
