package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.DriverOverTransport;

class NettyDriverTest extends DriverOverTransport {
    @Override
    protected TransportProvider provider() {
        return new NettyNioProvider();
    }
}
