package dev.rotor.transport.iouring;

import dev.rotor.transport.netty.testing.LeakWatch;
import dev.rotor.transport.netty.testing.NettyUnderTest;
import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.TransportUnderTest;
import io.netty.channel.uring.IoUringIoHandler;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that a transport promises, on io_uring. */
@ExtendWith(LeakWatch.class)
class IoUringTransportTest extends AllContracts {

    @Override
    protected TransportUnderTest underTest() {
        return new NettyUnderTest(IoUringProvider::new, IoUringIoHandler::newFactory);
    }
}
