package dev.rotor.transport.epoll;

import dev.rotor.transport.netty.testing.LeakWatch;
import dev.rotor.transport.netty.testing.NettyUnderTest;
import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.TransportUnderTest;
import io.netty.channel.epoll.EpollIoHandler;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that a transport promises, on epoll. */
@ExtendWith(LeakWatch.class)
class EpollTransportTest extends AllContracts {

    @Override
    protected TransportUnderTest underTest() {
        return new NettyUnderTest(EpollProvider::new, EpollIoHandler::newFactory);
    }
}
