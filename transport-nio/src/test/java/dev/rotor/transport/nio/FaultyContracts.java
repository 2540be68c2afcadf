package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.TransportUnderTest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The kit on a transport with a fault. Run by {@link KitFindsFaultsTest} alone, so its name is not a test's. */
class FaultyContracts extends AllContracts {

    /** What the next run is about; one run at a time. */
    static volatile @Nullable FaultyProvider provider;

    @Override
    protected TransportUnderTest underTest() {
        return new TransportUnderTest() {
            @Override
            public TransportProvider provider() {
                return faulty();
            }

            @Override
            public Duration patience() {
                // What never comes is waited for in vain; without a fault nothing is, however busy the machine.
                return faulty().fault() == null ? Duration.ofMinutes(1) : Duration.ofMillis(500);
            }
        };
    }

    private static FaultyProvider faulty() {
        return Objects.requireNonNull(provider);
    }
}
