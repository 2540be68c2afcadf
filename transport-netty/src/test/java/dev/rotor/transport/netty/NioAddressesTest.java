package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.AddressesOverTransport;
import dev.rotor.transport.nio.NioTransportProvider;

/** The transport without Netty, by the same tests. */
class NioAddressesTest extends AddressesOverTransport {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
