package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.SocksOverTransport;
import dev.rotor.transport.nio.NioTransportProvider;

/** The transport without Netty, by the same tests. */
class NioSocksTest extends SocksOverTransport {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
