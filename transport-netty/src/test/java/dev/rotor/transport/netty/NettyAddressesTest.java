package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.AddressesOverTransport;

class NettyAddressesTest extends AddressesOverTransport {
    @Override
    protected TransportProvider provider() {
        return new NettyNioProvider();
    }
}
