package dev.rotor.transport.epoll;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.AddressesOverTransport;

class EpollAddressesTest extends AddressesOverTransport {
    @Override
    protected TransportProvider provider() {
        return new EpollProvider();
    }
}
