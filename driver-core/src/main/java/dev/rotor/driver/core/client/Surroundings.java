package dev.rotor.driver.core.client;

import dev.rotor.driver.core.conn.AddressResolver;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.topology.Randomness;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a client takes from the machine, apart from the network: in one place, so that a whole client can be run on
 * another time.
 *
 * @param clock the time
 * @param random chance
 * @param resolver finds hosts; {@code null} for that of the JDK
 * @param keys derives keys of passwords; {@code null} for threads of its own
 */
record Surroundings(Clock clock, Randomness random, @Nullable AddressResolver resolver, @Nullable Executor keys) {

    /** The machine's own. */
    static final Surroundings REAL = new Surroundings(Clock.system(), Randomness.threadLocal(), null, null);
}
