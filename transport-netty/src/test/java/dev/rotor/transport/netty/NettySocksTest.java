package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.SocksOverTransport;

class NettySocksTest extends SocksOverTransport {
    @Override
    protected TransportProvider provider() {
        return new NettyNioProvider();
    }
}
