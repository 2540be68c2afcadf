package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.NettyUnderTest;
import dev.rotor.transport.tck.ForeignLoops;
import dev.rotor.transport.tck.ForeignLoopsContract;
import dev.rotor.transport.tck.TransportUnderTest;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The kit on a transport with a fault. Run by {@link KitFindsSharingFaultsTest} alone, so its name is not a test's. */
class FaultyForeignLoops extends ForeignLoopsContract {

    /** What the next run is about; one run at a time. */
    static volatile FaultySharing.@Nullable Fault fault;

    @Override
    protected TransportUnderTest underTest() {
        return new TransportUnderTest() {
            @Override
            public TransportProvider provider() {
                return new FaultySharing(fault);
            }

            @Override
            public ForeignLoops foreignLoops(int loops) {
                return new NettyUnderTest(this::provider, NioIoHandler::newFactory).foreignLoops(loops);
            }

            @Override
            public Duration patience() {
                // What never comes is waited for in vain; without a fault nothing is, however busy the machine.
                return fault == null ? Duration.ofMinutes(1) : Duration.ofSeconds(3);
            }
        };
    }
}
