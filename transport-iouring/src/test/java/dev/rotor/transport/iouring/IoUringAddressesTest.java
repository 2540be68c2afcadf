package dev.rotor.transport.iouring;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.AddressesOverTransport;

class IoUringAddressesTest extends AddressesOverTransport {
    @Override
    protected TransportProvider provider() {
        return new IoUringProvider();
    }
}
