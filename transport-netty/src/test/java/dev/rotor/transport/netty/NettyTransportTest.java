package dev.rotor.transport.netty;

import dev.rotor.transport.netty.testing.LeakWatch;
import dev.rotor.transport.netty.testing.NettyUnderTest;
import dev.rotor.transport.tck.AllContracts;
import dev.rotor.transport.tck.TransportUnderTest;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that a transport promises, on Netty's NIO. */
@ExtendWith(LeakWatch.class)
class NettyTransportTest extends AllContracts {

    @Override
    protected TransportUnderTest underTest() {
        return new NettyUnderTest(NettyNioProvider::new, NioIoHandler::newFactory);
    }
}
