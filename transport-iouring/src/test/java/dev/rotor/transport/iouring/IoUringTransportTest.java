package dev.rotor.transport.iouring;

import dev.rotor.transport.netty.testing.LeakWatch;
import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.TransportUnderTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that a transport promises, on io_uring. */
@ExtendWith(LeakWatch.class)
class IoUringTransportTest extends AllContracts {

    @Override
    protected TransportUnderTest underTest() {
        return IoUringProvider::new;
    }
}
